/// A rectangle of whole pixels; its right and bottom edges are not part of it.
public struct Rectangle: Sendable, Hashable {
  /// The left edge.
  public var x: Int
  /// The top edge.
  public var y: Int
  /// The number of columns.
  public var width: Int
  /// The number of rows.
  public var height: Int

  /// Makes a rectangle from its top left corner and its sides.
  @inlinable
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Makes a rectangle from its columns and rows.
  @inlinable
  public init(columns: Range<Int>, rows: Range<Int>) {
    self.init(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }

  /// A rectangle without a pixel.
  public static let empty = Rectangle(x: 0, y: 0, width: 0, height: 0)

  /// The column after the last one.
  @inlinable
  public var right: Int { x + width }
  /// The row below the last one.
  @inlinable
  public var bottom: Int { y + height }
  /// The columns.
  @inlinable
  public var columns: Range<Int> { x..<right }
  /// The rows.
  @inlinable
  public var rows: Range<Int> { y..<bottom }
  /// Whether there is no pixel in it.
  @inlinable
  public var isEmpty: Bool { width <= 0 || height <= 0 }

  /// The pixels in both rectangles.
  @inlinable
  public func intersection(_ other: Rectangle) -> Rectangle {
    let left = max(x, other.x)
    let top = max(y, other.y)
    let width = min(right, other.right) - left
    let height = min(bottom, other.bottom) - top
    return width > 0 && height > 0 ? Rectangle(x: left, y: top, width: width, height: height) : .empty
  }

  /// The smallest rectangle that holds both.
  @inlinable
  public func union(_ other: Rectangle) -> Rectangle {
    if isEmpty { return other }
    if other.isEmpty { return self }
    let left = min(x, other.x)
    let top = min(y, other.y)
    return Rectangle(
      x: left, y: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
  }

  /// Whether the two have a pixel in common.
  @inlinable
  public func overlaps(_ other: Rectangle) -> Bool {
    max(x, other.x) < min(right, other.right) && max(y, other.y) < min(bottom, other.bottom)
  }

  /// Whether every pixel of the other is in this one.
  public func contains(_ other: Rectangle) -> Bool {
    other.isEmpty || (x <= other.x && y <= other.y && right >= other.right && bottom >= other.bottom)
  }
}
