// Pictures in memory as kernels see them: lines of pixels of channels, perhaps with a border between lines.

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

  /// A size.
  @inlinable public init(lines: Int, pixels: Int, channels: Int) {
    self.lines = lines
    self.pixels = pixels
    self.channels = channels
  }
}

/// Windows of a pooling layer over one picture.
@frozen public struct Windows {
  /// The picture, or on the way back its gradient.
  public var inside: UnsafeMutablePointer<Float>
  /// From line to line of the picture.
  public var insideStride: Int
  /// One value a window and channel.
  public var outside: UnsafeMutablePointer<Float>
  /// From line to line of windows.
  public var outsideStride: Int
  /// How many windows, and channels.
  public var extent: Extent
  /// Lines of a window.
  public var height: Int
  /// Pixels in a line of a window.
  public var width: Int
  /// Pixels from a window to the next, both ways.
  public var stride: Int

  /// Windows over a picture.
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
