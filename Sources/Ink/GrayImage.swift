// Pictures in memory.

/// A picture of grey levels: 0 black, 255 white, row after row from the top.
public struct GrayImage: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// Number of rows.
  public let height: Int
  /// The levels, `width * height` of them.
  public var pixels: [UInt8]

  /// Creates a picture of one level.
  ///
  /// - Parameters:
  ///   - width: pixels in a row.
  ///   - height: number of rows.
  ///   - level: the level of all pixels.
  public init(width: Int, height: Int, level: UInt8 = 255) {
    precondition(width >= 0 && height >= 0, "a picture's sides cannot be negative")
    self.width = width
    self.height = height
    self.pixels = [UInt8](repeating: level, count: width * height)
  }

  /// Creates a picture from its levels.
  ///
  /// - Parameters:
  ///   - width: pixels in a row.
  ///   - height: number of rows.
  ///   - pixels: exactly `width * height` levels.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width >= 0 && height >= 0 && pixels.count == width * height, "levels must fill the picture")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The level at a column and a row.
  ///
  /// - Parameters:
  ///   - x: the column.
  ///   - y: the row.
  @inlinable
  public subscript(x: Int, y: Int) -> UInt8 {
    get { pixels[y * width + x] }
    set { pixels[y * width + x] = newValue }
  }
}
