// A line of writing on a page with guide lines.

/// A line on which a person writes: the baseline and the height of the capitals.
public struct GuideLine: Sendable, Hashable {
  /// The position of the baseline, in the units of the page or picture; y goes down.
  public var baseline: Double
  /// The height of capitals and digits above the baseline.
  public var height: Double

  /// Creates a guide line.
  ///
  /// - Parameters:
  ///   - baseline: the position of the baseline.
  ///   - height: the height of capitals and digits, more than 0.
  public init(baseline: Double, height: Double) {
    self.baseline = baseline
    self.height = max(height, 1e-6)
  }

  /// The guide line in another unit.
  ///
  /// - Parameter factor: the factor of all lengths.
  /// - Returns: the scaled guide line.
  public func scaled(by factor: Double) -> GuideLine {
    GuideLine(baseline: baseline * factor, height: height * factor)
  }

  /// The middle of the space between the descenders' ends and the capitals' tops.
  var middle: Double { baseline - 0.35 * height }
}
