// Pictures in memory, as jobs of kernels describe them: lines of pixels of channels, with or without a border.

/// A function applied to each value.
@frozen public enum ActivationKind: Sendable, Hashable {
  /// x where positive, else slope·x.
  case rectify(slope: Float)
  /// 1 / (1 + e^-x).
  case sigmoid
  /// The hyperbolic tangent.
  case tanh
}

/// The size of a picture.
@frozen public struct Extent: Sendable, Hashable {
  /// Lines.
  public var lines: Int
  /// Pixels in a line.
  public var pixels: Int
  /// Values in a pixel.
  public var channels: Int

  /// Makes a size.
  @inlinable public init(lines: Int, pixels: Int, channels: Int) {
    self.lines = lines
    self.pixels = pixels
    self.channels = channels
  }
}

/// Windows of a pooling layer over one picture.
@frozen public struct Windows {
  /// The picture, or in the backward pass its gradient.
  public var inside: UnsafeMutablePointer<Float>
  /// From line to line of the picture.
  public var insideStride: Int
  /// One value a window and channel.
  public var outside: UnsafeMutablePointer<Float>
  /// From line to line of windows.
  public var outsideStride: Int
  /// The number of windows, and the channels.
  public var extent: Extent
  /// Lines of a window.
  public var height: Int
  /// Pixels in a line of a window.
  public var width: Int
  /// Pixels from a window to the next, across and down.
  public var stride: Int

  /// Makes a job.
  @inlinable public init(
    inside: UnsafeMutablePointer<Float>, insideStride: Int,
    outside: UnsafeMutablePointer<Float>, outsideStride: Int,
    extent: Extent, height: Int, width: Int, stride: Int
  ) {
    self.inside = inside
    self.insideStride = insideStride
    self.outside = outside
    self.outsideStride = outsideStride
    self.extent = extent
    self.height = height
    self.width = width
    self.stride = stride
  }
}
