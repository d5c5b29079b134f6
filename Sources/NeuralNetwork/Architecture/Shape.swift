/// How many values stand at a place of a network, and how they are arranged.
///
/// In memory the channel runs fastest: row by row, pixel by pixel, channel by channel. A plain vector is a
/// picture of one pixel with many channels.
public struct Shape: Sendable, Hashable, CustomStringConvertible {
  /// Rows.
  public let height: Int
  /// Pixels in a row.
  public let width: Int
  /// Values in a pixel.
  public let channels: Int

  /// A picture.
  public init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// A vector.
  public init(vector count: Int) { self.init(height: 1, width: 1, channels: count) }

  /// How many values it holds.
  public var count: Int { height * width * channels }

  /// Whether there is but one pixel.
  public var isVector: Bool { height == 1 && width == 1 }

  /// For example `28×28×32`, or `100` for a vector.
  public var description: String { isVector ? "\(channels)" : "\(height)×\(width)×\(channels)" }
}
