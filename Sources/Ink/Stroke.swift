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
  /// The pen's width in page units, always in `widths`.
  public var width: Double { didSet { width = Self.usable(width) } }

  /// The widths that a stroke or an eraser can have: from one step of a coordinate to the page's longer side.
  ///
  /// The same widths can be saved in every stroke file and in the window's journal.
  public static let widths = (1 / Point.stepsPerUnit)...Page.longerSide
  /// The width of a new page's pen: about a tenth of a digit drawn at half the page's height.
  public static let usualWidth = 40.0

  /// Makes a stroke from its samples.
  public init(_ samples: [Sample] = [], width: Double = Self.usualWidth) {
    self.samples = samples
    self.width = Self.usable(width)
  }

  /// The usable width nearest to a number; the usual width where it is not a number.
  public static func usable(_ width: Double) -> Double {
    width.isNaN ? usualWidth : min(max(width, widths.lowerBound), widths.upperBound)
  }

  /// The smallest box that holds all samples, the pen's width not counted; nil without samples.
  public var bounds: Box? { Box(around: samples.lazy.map(\.point)) }
}
