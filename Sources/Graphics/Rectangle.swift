// Where things stand in a picture: whole pixels, so that what was damaged is exactly what is repaired.

/// A rectangle of whole pixels.
package struct Rectangle: Sendable, Hashable {
  /// The left edge.
  package var x: Int
  /// The top edge.
  package var y: Int
  /// Pixels from the left edge to the right one.
  package var width: Int
  /// Pixels from the top edge to the bottom one.
  package var height: Int

  /// Makes a rectangle from its corner and its sides.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// No pixels at all.
  package static let empty = Rectangle(x: 0, y: 0, width: 0, height: 0)

  /// The column behind the last one.
  package var right: Int { x + width }
  /// The row below the last one.
  package var bottom: Int { y + height }
  /// The column in the middle, to half a pixel.
  package var centerX: Double { Double(x) + Double(width) / 2 }
  /// The row in the middle, to half a pixel.
  package var centerY: Double { Double(y) + Double(height) / 2 }
  /// Whether it holds no pixel.
  package var isEmpty: Bool { width <= 0 || height <= 0 }

  /// The pixels that both have.
  package func intersection(_ other: Rectangle) -> Rectangle {
    let left = max(x, other.x)
    let top = max(y, other.y)
    let width = min(right, other.right) - left
    let height = min(bottom, other.bottom) - top
    return width > 0 && height > 0 ? Rectangle(x: left, y: top, width: width, height: height) : .empty
  }

  /// The smallest rectangle around both.
  package func union(_ other: Rectangle) -> Rectangle {
    if isEmpty { return other }
    if other.isEmpty { return self }
    let left = min(x, other.x)
    let top = min(y, other.y)
    return Rectangle(
      x: left, y: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
  }

  /// Whether every pixel of the other is one of this.
  package func contains(_ other: Rectangle) -> Bool {
    other.isEmpty || (x <= other.x && y <= other.y && right >= other.right && bottom >= other.bottom)
  }

  /// Whether the place is inside.
  package func contains(x: Double, y: Double) -> Bool {
    x >= Double(self.x) && y >= Double(self.y) && x < Double(right) && y < Double(bottom)
  }

  /// The rectangle with every side moved inwards.
  package func inset(_ distance: Int) -> Rectangle { inset(x: distance, y: distance) }

  /// The rectangle with its sides moved inwards.
  package func inset(x dx: Int, y dy: Int) -> Rectangle {
    Rectangle(x: x + dx, y: y + dy, width: max(0, width - 2 * dx), height: max(0, height - 2 * dy))
  }

  /// The rectangle moved.
  package func moved(x dx: Int, y dy: Int) -> Rectangle {
    Rectangle(x: x + dx, y: y + dy, width: width, height: height)
  }

  /// What is left of it without another that lies inside: the parts above, below, left and right.
  package func around(_ inner: Rectangle) -> [Rectangle] {
    if inner.isEmpty { return [self] }
    return [
      Rectangle(x: x, y: y, width: width, height: inner.y - y),
      Rectangle(x: x, y: inner.bottom, width: width, height: bottom - inner.bottom),
      Rectangle(x: x, y: inner.y, width: inner.x - x, height: inner.height),
      Rectangle(x: inner.right, y: inner.y, width: right - inner.right, height: inner.height),
    ].filter { !$0.isEmpty }
  }
}
