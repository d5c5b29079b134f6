// Rectangles as the layout of a window or an image needs them.

package import Basics

extension Rectangle {
  /// The column in the middle, to half a pixel.
  package var centerX: Double { Double(x) + Double(width) / 2 }
  /// The row in the middle, to half a pixel.
  package var centerY: Double { Double(y) + Double(height) / 2 }

  /// Whether the point is inside.
  package func contains(x: Double, y: Double) -> Bool {
    x >= Double(self.x) && y >= Double(self.y) && x < Double(right) && y < Double(bottom)
  }

  /// The rectangle with every side moved inwards.
  package func inset(_ distance: Int) -> Rectangle { inset(x: distance, y: distance) }

  /// The rectangle with its vertical sides moved inwards by `dx` and its horizontal sides by `dy`.
  package func inset(x dx: Int, y dy: Int) -> Rectangle {
    Rectangle(x: x + dx, y: y + dy, width: max(0, width - 2 * dx), height: max(0, height - 2 * dy))
  }

  /// The rectangle moved.
  package func moved(x dx: Int, y dy: Int) -> Rectangle {
    Rectangle(x: x + dx, y: y + dy, width: width, height: height)
  }

  /// The rectangle of the same columns with other rows.
  package func strip(y: Int, height: Int) -> Rectangle { Rectangle(x: x, y: y, width: width, height: height) }
  /// The rectangle of the same rows with other columns.
  package func column(x: Int, width: Int) -> Rectangle { Rectangle(x: x, y: y, width: width, height: height) }

  /// The rectangle without another one inside it: the parts above, below, left and right.
  package func subtracting(_ inner: Rectangle) -> [Rectangle] {
    if inner.isEmpty { return [self] }
    return [
      Rectangle(x: x, y: y, width: width, height: inner.y - y),
      Rectangle(x: x, y: inner.bottom, width: width, height: bottom - inner.bottom),
      Rectangle(x: x, y: inner.y, width: inner.x - x, height: inner.height),
      Rectangle(x: inner.right, y: inner.y, width: right - inner.right, height: inner.height),
    ].filter { !$0.isEmpty }
  }
}
