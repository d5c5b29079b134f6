// The pointer's position with everything that the layout has there.

package import Ink
package import X11

/// Where the pointer is, in terms of the page, the controls and the overlay.
package struct PointerPosition: Sendable, Equatable {
  /// The centre of the pointer's pixel in page units; it may lie outside the page.
  package var point = Point(x: 0, y: 0)
  /// The control under the pointer, whether or not an overlay covers it.
  package var control: Control?
  /// Whether the pointer is over the page, whether or not an overlay covers it.
  package var isOnPage = false
  /// Whether the pointer is over the overlay.
  package var isOnOverlay = false
  /// The row of the overlay under the pointer: a model's index, or a matching file's.
  package var row: Int?
  /// The button of the overlay under the pointer.
  package var button: OverlayButton?
  /// The character of the overlay's text field before which a click puts the caret.
  package var caret: Int?
  /// The symbol of the answer under the pointer.
  package var symbol: Int?
  /// The symbol on whose ink the pointer is; of a doubted symbol, in whose box.
  package var pageSymbol: Int?
  /// The position on the pen's slider, 0…1; it may lie outside.
  package var sliderPosition = 0.0
  /// Whether the primary button is held down.
  package var isPrimaryHeld = false
  /// Whether the eraser end of a stylus touches the page.
  package var isEraser = false
  /// The pressure of a pen, 0…1; nil for devices that report none.
  package var pressure: Double?
  /// The server's time.
  package var time: ServerTime = 0

  /// Makes a position over nothing.
  package init() {}
}
