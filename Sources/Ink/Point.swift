import Basics

/// A place on the page, in page units (0…1024 on the page's longer side, y downwards).
///
/// Coordinates are rounded to 1/256 of a unit when a point is made and kept as whole numbers of
/// those, so that moving ink, and comparing it, is exact; a sample of a stroke takes twelve bytes.
public struct Point: Sendable, Hashable {
  // Two numbers, not a vector, which would have to stand at multiples of eight bytes.
  private let stepsX: Int32
  private let stepsY: Int32

  /// How many steps a coordinate has in one page unit.
  public static let stepsPerUnit = 256.0
  /// The coordinates that a point can have, ±8 million units: all that a file may hold for a page.
  public static let range = Double(Int32.min) / stepsPerUnit...Double(Int32.max) / stepsPerUnit

  /// Distance from the page's left edge.
  public var x: Double { Double(stepsX) / Self.stepsPerUnit }
  /// Distance from the page's top edge.
  public var y: Double { Double(stepsY) / Self.stepsPerUnit }
  /// The coordinates as whole numbers of steps, for arithmetic that must be exact.
  public var exact: (x: Int, y: Int) { (Int(stepsX), Int(stepsY)) }

  /// Makes a point, rounding both coordinates to the nearest 1/256.
  ///
  /// What is no number becomes 0, and what is out of all bounds (±8 million units) the nearest that is in.
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
