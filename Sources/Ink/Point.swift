// Points on the page.

import Basics

/// A point on the page, in page units: 0 to 1024 on the page's longer side, y downwards.
///
/// Coordinates are rounded to 1/256 of a unit and stored as integers, so that ink can be moved and compared
/// exactly. A sample of a stroke takes twelve bytes.
public struct Point: Sendable, Hashable {
  // Not a SIMD2, whose alignment of eight bytes would make a sample larger.
  private let stepsX: Int32
  private let stepsY: Int32

  /// The steps of a coordinate in one page unit.
  public static let stepsPerUnit = 256.0
  /// The coordinates that a point can have: ±8 million units.
  public static let range = Double(Int32.min) / stepsPerUnit...Double(Int32.max) / stepsPerUnit

  /// The distance from the page's left edge.
  public var x: Double { Double(stepsX) / Self.stepsPerUnit }
  /// The distance from the page's top edge.
  public var y: Double { Double(stepsY) / Self.stepsPerUnit }
  /// The coordinates in whole steps, for exact arithmetic.
  public var exact: (x: Int, y: Int) { (Int(stepsX), Int(stepsY)) }

  /// Creates a point from coordinates, which are rounded to 1/256 and limited to `range`; NaN becomes 0.
  ///
  /// - Parameters:
  ///   - x: the distance from the page's left edge.
  ///   - y: the distance from the page's top edge.
  public init(x: Double, y: Double) {
    stepsX = Self.step(x)
    stepsY = Self.step(y)
  }

  private static func step(_ value: Double) -> Int32 {
    let rounded = (value * stepsPerUnit).rounded()
    guard !rounded.isNaN else { return 0 }
    return Int32(clamping: min(max(rounded, Double(Int32.min)), Double(Int32.max)))
  }
}
