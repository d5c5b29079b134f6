// Strokes of the pen.

import Basics

/// One line from pen-down to pen-up: positions and times of the pen.
public struct Stroke: Sendable, Equatable {
  /// The position of the pen at a time.
  public struct Sample: Sendable, Equatable {
    /// The position.
    public var point: Point
    /// The time in units of 0.1 ms, or `noTime`.
    ///
    /// Four bytes keep a sample small.
    private var ticks: Int32

    private static let noTime = Int32.min
    private static let ticksPerSecond = 10_000.0

    /// Seconds since the drawing's first sample, or nil if the source has no times.
    ///
    /// It is rounded to 0.1 ms and limited to 59 hours.
    public var time: Double? {
      get { ticks == Self.noTime ? nil : Double(ticks) / Self.ticksPerSecond }
      set { ticks = Self.ticks(newValue) }
    }

    /// Creates a sample.
    ///
    /// - Parameters:
    ///   - point: the position.
    ///   - time: seconds since the drawing's first sample.
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
  /// The width in page units, always in `widths`.
  public var width: Double { didSet { width = Self.usable(width) } }

  /// The widths that a stroke or an eraser can have: from one step of a coordinate to the page's longer side.
  public static let widths = (1 / Point.stepsPerUnit)...Page.longerSide
  /// The width of a new page's pen: about a tenth of the height of a digit on half the page's height.
  public static let usualWidth = 40.0

  /// Creates a stroke.
  ///
  /// - Parameters:
  ///   - samples: the samples in the order they were drawn.
  ///   - width: the width; it is limited to `widths`.
  public init(_ samples: [Sample] = [], width: Double = Self.usualWidth) {
    self.samples = samples
    self.width = Self.usable(width)
  }

  /// Limits a width to `widths`.
  ///
  /// - Parameter width: a width.
  /// - Returns: the nearest usable width; `usualWidth` for NaN.
  public static func usable(_ width: Double) -> Double {
    width.isNaN ? usualWidth : min(max(width, widths.lowerBound), widths.upperBound)
  }

  /// The smallest box around all samples, without the stroke's width; nil without samples.
  public var bounds: Box? { Box(around: samples.lazy.map(\.point)) }
}
