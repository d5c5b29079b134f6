// A text field in pixels: its box, its text moved so that the caret is seen, its selection.

import Basics
import Graphics

extension View {
  func marks(of field: TextField, in area: Rectangle) -> [DrawCommand] {
    let size = layout.textSize
    let pad = Double(layout.gap) * 0.6
    let inner = area.inset(x: Int(clamping: pad), y: layout.hairline)
    let before = lettering.width(of: field.beforeCaret, size: size)
    // The text moves left as soon as the caret would leave the box.
    let shift = min(0, Double(inner.width) - 2 - before)
    let start = Double(inner.x) + shift
    let baseline = (area.centerY + lettering.capitalHeight(size: size) / 2).rounded()
    var marks: [DrawCommand] = []
    if !field.selection.isEmpty {
      let from = lettering.width(of: String(field.characters[..<field.selection.lowerBound]), size: size)
      let width = lettering.width(of: field.selected, size: size)
      marks.append(
        .fill(
          Rectangle(
            x: Int(clamping: start + from), y: area.y + layout.hairline + 1,
            width: Int(clamping: width.rounded(.up)),
            height: area.height - 2 * layout.hairline - 2),
          theme.accent.faded(0.28)))
    }
    marks.append(.text(field.text, Spot(start, baseline), size: size, theme.text))
    marks.append(
      .fill(
        Rectangle(
          x: Int(clamping: start + before), y: area.y + area.height / 6,
          width: max(1, Int(clamping: 1.3 * layout.scale)),
          height: area.height * 2 / 3),
        theme.accent))
    return [
      .box(area, radius: layout.radius * 0.7, theme.paper),
      .frame(area, radius: layout.radius * 0.7, width: Double(layout.hairline), theme.accent),
      .within(inner, marks),
    ]
  }

  /// Before which character of a field a column of the window lies.
  func caret(in field: TextField, area: Rectangle, at x: Int) -> Int {
    let size = layout.textSize
    let inner = area.inset(x: Int(clamping: Double(layout.gap) * 0.6), y: 0)
    let before = lettering.width(of: field.beforeCaret, size: size)
    let start = Double(inner.x) + min(0, Double(inner.width) - 2 - before)
    var right = start
    for (index, character) in field.characters.enumerated() {
      let width = lettering.width(of: String(character), size: size)
      if Double(x) < right + width / 2 { return index }
      right += width
    }
    return field.characters.count
  }
}
