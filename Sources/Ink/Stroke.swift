import Basics

/// One pen-down to pen-up: where the pen was, and when.
public struct Stroke: Sendable, Equatable {
  /// Where the pen was at a moment.
  public struct Sample: Sendable, Equatable {
    /// The place, in page units.
    public var point: Point
    /// Ten-thousandths of a second, or `noTime`: times of days fit, and a sample stays small.
    private var ticks: Int32

    private static let noTime = Int32.min
    private static let ticksPerSecond = 10_000.0

    /// Seconds since the drawing's first sample, or nil where the source kept no time.
    ///
    /// Kept to 0.1 ms; beyond 59 hours it stands still.
    public var time: Double? {
      get { ticks == Self.noTime ? nil : Double(ticks) / Self.ticksPerSecond }
      set { ticks = Self.ticks(newValue) }
    }

    /// Makes a sample.
    public init(_ point: Point, time: Double? = nil) {
      self.point = point
      ticks = Self.ticks(time)
    }

    private static func ticks(_ time: Double?) -> Int32 {
      guard let time, !time.isNaN else { return noTime }
      return Int32(
        clamping: min(max((time * ticksPerSecond).rounded(), Double(-Int32.max)), Double(Int32.max)))
    }
  }

  /// The samples in the order they were drawn.
  public var samples: [Sample]
  /// The pen's width in page units, always one of `widths`.
  public var width: Double {
    didSet { width = Self.bounded(width) }
  }

  /// The width of a new page's pen: about a tenth of a digit drawn at half the page's height.
  public static let usualWidth = 40.0

  /// The widths that a pen can have: from the smallest step of a coordinate to the page's longer side.
  public static let widths = 1 / Point.stepsPerUnit...Page.longerSide

  /// Makes a stroke from its samples; a width out of bounds becomes the nearest that is in.
  public init(_ samples: [Sample] = [], width: Double = Self.usualWidth) {
    self.samples = samples
    self.width = Self.bounded(width)
  }

  private static func bounded(_ width: Double) -> Double {
    width.isNaN ? usualWidth : min(max(width, widths.lowerBound), widths.upperBound)
  }

  /// The smallest box that holds all samples, the pen's width not counted; nil without samples.
  public var bounds: Box? { Box(around: samples.lazy.map(\.point)) }
}
