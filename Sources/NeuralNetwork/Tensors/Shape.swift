/// How many values a layer reads or gives, and how they are arranged.
///
/// In memory the channel runs fastest: row by row, pixel by pixel, channel by channel. A plain vector is a picture of
/// one pixel with many channels.
public struct Shape: Sendable, Hashable, CustomStringConvertible {
  /// Rows.
  public let height: Int
  /// Pixels in a row.
  public let width: Int
  /// Values in a pixel.
  public let channels: Int

  /// Makes the shape of a picture.
  ///
  /// - Parameters:
  ///   - height: Rows.
  ///   - width: Pixels in a row.
  ///   - channels: Values in a pixel.
  public init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// Makes the shape of a vector.
  ///
  /// - Parameter count: The number of values.
  public init(vector count: Int) { self.init(height: 1, width: 1, channels: count) }

  /// The number of values.
  public var count: Int { height * width * channels }

  /// Whether there is only one pixel.
  public var isVector: Bool { height == 1 && width == 1 }

  /// For example `28×28×32`, or `100` for a vector.
  public var description: String { isVector ? "\(channels)" : "\(height)×\(width)×\(channels)" }

  /// A pixel for each window that lies wholly inside, or nil where none does.
  func windows(size: KernelSize, stride: Int, channels: Int) -> Shape? {
    guard height >= size.height, width >= size.width else { return nil }
    return Shape(
      height: (height - size.height) / stride + 1, width: (width - size.width) / stride + 1,
      channels: channels)
  }
}
