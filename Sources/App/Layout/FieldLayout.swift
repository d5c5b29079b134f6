// The measured text of a text field: caret, selection, and the character under the pointer.

package import Basics
import Graphics

/// A text field's positions in pixels.
package struct FieldLayout: Sendable, Equatable {
  /// The field with its border.
  package let area: Rectangle
  /// The visible part of the text.
  package let inner: Rectangle
  /// The left edge of the text; it moves left so that the caret stays visible.
  package let start: Double
  /// The distance of the caret from the start.
  package let caretOffset: Double
  /// The distance of the selection from the start.
  package let selectionOffset: Double
  /// The width of the selection; 0 where nothing is selected.
  package let selectionWidth: Double
  /// The middle of each character.
  private let middles: [Double]

  init(_ field: TextField, in area: Rectangle, layout: Layout, measuring renderer: TextRenderer) {
    let size = layout.textSize
    self.area = area
    inner = area.inset(x: Int(clamping: Double(layout.gap) * 0.6), y: layout.hairline)
    caretOffset = renderer.width(of: field.beforeCaret, size: size)
    start = Double(inner.x) + min(0, Double(inner.width) - 2 - caretOffset)
    selectionOffset = renderer.width(
      of: String(field.characters[..<field.selection.lowerBound]), size: size)
    selectionWidth = renderer.width(of: field.selected, size: size)
    var right = start
    middles = field.characters.map { character in
      let width = renderer.width(of: String(character), size: size)
      defer { right += width }
      return right + width / 2
    }
  }

  /// The index of the character before which a click at a column puts the caret.
  func caret(atX x: Int) -> Int { middles.firstIndex { Double(x) < $0 } ?? middles.count }
}
