// Rectangles of whole pixels.

/// An upright rectangle of whole pixels, its right and bottom edges not included.
public struct PixelBox: Sendable, Hashable {
  /// The columns.
  public var columns: Range<Int>
  /// The rows.
  public var rows: Range<Int>

  /// A box without pixels.
  public static let empty = PixelBox(columns: 0..<0, rows: 0..<0)

  /// Creates a box.
  ///
  /// - Parameters:
  ///   - columns: the columns.
  ///   - rows: the rows.
  public init(columns: Range<Int>, rows: Range<Int>) {
    self.columns = columns
    self.rows = rows
  }

  /// The number of columns.
  public var width: Int { columns.count }
  /// The number of rows.
  public var height: Int { rows.count }
  /// Whether it contains no pixels.
  public var isEmpty: Bool { columns.isEmpty || rows.isEmpty }

  /// The pixels in both boxes.
  ///
  /// - Parameter other: the other box.
  /// - Returns: the intersection.
  public func clamped(to other: PixelBox) -> PixelBox {
    PixelBox(columns: columns.clamped(to: other.columns), rows: rows.clamped(to: other.rows))
  }

  /// The smallest box that contains both.
  ///
  /// - Parameter other: the other box.
  /// - Returns: the union.
  public func union(_ other: PixelBox) -> PixelBox {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return PixelBox(
      columns: min(
        columns.lowerBound, other.columns.lowerBound)..<max(columns.upperBound, other.columns.upperBound),
      rows: min(rows.lowerBound, other.rows.lowerBound)..<max(rows.upperBound, other.rows.upperBound))
  }

  /// Whether both contain a common pixel.
  ///
  /// - Parameter other: the other box.
  /// - Returns: whether they overlap.
  public func overlaps(_ other: PixelBox) -> Bool {
    columns.overlaps(other.columns) && rows.overlaps(other.rows)
  }
}
