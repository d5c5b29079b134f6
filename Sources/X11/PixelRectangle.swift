/// An upright rectangle of whole pixels.
package struct PixelRectangle: Sendable, Hashable {
  /// The left edge.
  package var x: Int
  /// The top edge.
  package var y: Int
  /// Columns.
  package var width: Int
  /// Rows.
  package var height: Int

  /// Makes a rectangle.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The part of it that lies in a picture of that size; its width or height is zero if none does.
  package func clipped(width limitX: Int, height limitY: Int) -> PixelRectangle {
    let left = min(max(x, 0), limitX)
    let top = min(max(y, 0), limitY)
    let right = min(max(x + width, left), limitX)
    let bottom = min(max(y + height, top), limitY)
    return PixelRectangle(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// Whether it holds no pixel.
  package var isEmpty: Bool { width <= 0 || height <= 0 }
}
