// The view of a text field: its box, its text, the selection and the caret.

import Basics
import Graphics

extension View {
  func marks(of text: TextField, _ field: FieldLayout) -> [DrawCommand] {
    let (area, size) = (field.area, layout.textSize)
    var marks: [DrawCommand] = []
    if !text.selection.isEmpty {
      let selection = area.inset(x: 0, y: layout.hairline + 1).column(
        x: Int(clamping: field.start + field.selectionOffset),
        width: Int(clamping: field.selectionWidth.rounded(.up)))
      marks.append(.fill(selection, theme.accent.faded(0.28)))
    }
    marks.append(
      .text(text.text, PicturePoint(field.start, baseline(in: area, size: size)), size: size, theme.text))
    let caret = Rectangle(
      x: Int(clamping: field.start + field.caretOffset), y: area.y + area.height / 6,
      width: max(1, Int(clamping: 1.3 * layout.scale)), height: area.height * 2 / 3)
    marks.append(.fill(caret, theme.accent))
    return card(area, theme.paper, border: theme.accent, radius: layout.radius * 0.7)
      + [.within(field.inner, marks)]
  }
}
