/// One pen-down to pen-up: where the pen was, and when.
public struct Stroke: Sendable, Equatable {
  /// Where the pen was at a moment.
  public struct Sample: Sendable, Equatable {
    /// The place, in page units.
    public var point: Point
    /// Seconds since the drawing's first sample, or nil where the source kept no time.
    public var time: Double?

    /// Makes a sample.
    public init(_ point: Point, time: Double? = nil) {
      self.point = point
      self.time = time
    }
  }

  /// The samples in the order they were drawn.
  public var samples: [Sample]
  /// The pen's width in page units.
  public var width: Double

  /// The width of a new page's pen: about a tenth of a digit drawn at half the page's height.
  public static let usualWidth = 40.0

  /// Makes a stroke from its samples.
  public init(_ samples: [Sample] = [], width: Double = Self.usualWidth) {
    self.samples = samples
    self.width = width
  }
}
