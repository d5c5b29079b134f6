// The rows of the overlays.

package import Basics
import Graphics
import Ink

/// The text field, the rows and the buttons of the overlay that opens files.
package struct FileRows: Sendable, Equatable {
  /// The text field.
  package let field: Rectangle
  /// The area of the rows.
  package let list: Rectangle
  /// Number of visible rows.
  package let count: Int
  /// The index of the first visible file; the chosen file is visible.
  package let first: Int
  private let step: Int
  private let total: Int
  private let buttons: [OverlayButton: Rectangle]

  init(_ layout: Layout, showing chosen: Int?, of total: Int) {
    let inner = layout.desk.inset(layout.gap * 3 / 2)
    let height = Int(clamping: (layout.textSize * 2.1).rounded())
    step = Int(clamping: (layout.textSize * 1.9).rounded())
    field = inner.strip(y: inner.y, height: height)
    let top = field.bottom + layout.gap
    // Both buttons have the width of the longest word in the languages of the window.
    let width = min((inner.width - layout.gap) / 2, Int(clamping: layout.textSize * 6.5))
    let y = inner.bottom - height
    let right = inner.right - width
    buttons = [
      .open: Rectangle(x: right, y: y, width: width, height: height),
      .cancel: Rectangle(x: right - layout.gap - width, y: y, width: width, height: height),
    ]
    list = inner.strip(y: top, height: max(0, y - layout.gap - top))
    count = max(1, list.height / max(1, step))
    first = min(max(0, (chosen ?? 0) - count + 1), max(0, total - count))
    self.total = total
  }

  /// The rectangle of a button.
  package subscript(button: OverlayButton) -> Rectangle { buttons[button] ?? .empty }

  /// The button at a position.
  func button(atX x: Double, y: Double) -> OverlayButton? {
    OverlayButton.allCases.first { self[$0].contains(x: x, y: y) }
  }

  /// The rectangle of a visible row.
  package func row(_ index: Int) -> Rectangle { list.strip(y: list.y + index * step, height: step) }

  /// The index of the file at a position.
  func file(atX x: Double, y: Double) -> Int? {
    (0..<count).first { row($0).contains(x: x, y: y) }.map { first + $0 }.flatMap { $0 < total ? $0 : nil }
  }
}

/// The rows of an overlay with a line below them.
package struct ListRows: Sendable, Equatable {
  /// The whole overlay.
  package let area: Rectangle
  /// The line below the rows.
  package var foot: Rectangle { row(count).inset(x: footMargin, y: 0) }
  /// Number of rows.
  package let count: Int
  private let step: Int
  private let pad: Int
  private let footMargin: Int

  /// The rows of what a symbol may be, below or above it on the page.
  init(_ layout: Layout, _ choice: SymbolChoice, pageUnit: Double) {
    pad = max(2, layout.gap / 2)
    footMargin = pad
    count = choice.candidates.count
    step = Int(clamping: (layout.textSize * 1.9).rounded())
    let width = min(layout.page.width, Int(clamping: layout.textSize * 13))
    let height = min(layout.page.height, (count + 1) * step + 2 * pad)
    let box = choice.box.scaled(by: 1 / pageUnit)
    let (top, bottom) = (Int(clamping: box.y), Int(clamping: box.bottom.rounded(.up)))
    let x = layout.page.x + min(max(0, Int(clamping: box.x) - pad), layout.page.width - width)
    let below = bottom + layout.gap
    let y = below + height <= layout.page.height ? below : max(0, top - layout.gap - height)
    area = Rectangle(
      x: x, y: layout.page.y + min(y, layout.page.height - height), width: width, height: height)
  }

  /// The rows of the models.
  init(_ layout: Layout, modelCount: Int) {
    // Below the answer, or over the inspection; there at least as wide as the control of the model.
    let isBelow = layout.inside.isEmpty && !layout.bars.isEmpty
    let top =
      isBelow
      ? layout.certainty.bottom + layout.gap / 2 : layout.inside.isEmpty ? layout.answer.y : layout.inside.y
    let bottom = layout.inside.isEmpty ? layout.input.y - layout.gap / 2 : layout.inside.bottom
    let width = layout.inside.isEmpty ? layout.panel.width : max(layout[.model].width, layout.panel.width / 2)
    let available = Rectangle(x: layout.panel.x, y: top, width: width, height: bottom - top)
    let preferred = Int(clamping: (layout.textSize * 2).rounded())
    pad = layout.gap / 2
    footMargin = layout.gap
    count = modelCount
    step = max(1, min(preferred, (available.height - 2 * pad) / max(1, count + 1)))
    let height = min(available.height, (count + 1) * step + 2 * pad)
    area = available.strip(y: isBelow ? available.y : available.bottom - height, height: height)
  }

  /// The rectangle of a row.
  package func row(_ index: Int) -> Rectangle {
    let inner = area.inset(pad)
    return inner.strip(y: inner.y + index * step, height: step)
  }

  /// The index of the row at a position.
  func index(atX x: Double, y: Double) -> Int? { (0..<count).first { row($0).contains(x: x, y: y) } }
}
