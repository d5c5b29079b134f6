// Ink as pixels.

public import Basics

/// How much of each pixel is covered by ink: 0 none, 255 all of it, row after row from the top.
public struct Coverage: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// Number of rows.
  public let height: Int
  /// The levels, `width * height` of them.
  public var levels: [UInt8]

  /// Creates a coverage without ink.
  ///
  /// - Parameters:
  ///   - width: pixels in a row.
  ///   - height: number of rows.
  public init(width: Int, height: Int) {
    precondition(width >= 0 && height >= 0, "sides cannot be negative")
    self.width = width
    self.height = height
    levels = [UInt8](repeating: 0, count: width * height)
  }

  /// The level at a column and a row.
  ///
  /// - Parameters:
  ///   - x: the column.
  ///   - y: the row.
  @inlinable
  public subscript(x: Int, y: Int) -> UInt8 {
    get { levels[y * width + x] }
    set { levels[y * width + x] = newValue }
  }

  /// All pixels.
  public var box: Rectangle { Rectangle(columns: 0..<width, rows: 0..<height) }

  /// The picture of this ink, black on white paper.
  public var image: GrayImage { GrayImage(width: width, height: height, pixels: levels.map { 255 - $0 }) }
}
