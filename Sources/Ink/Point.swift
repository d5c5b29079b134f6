/// A place on the page, in page units (0…1024 on the page's longer side, y downwards).
///
/// Coordinates are rounded to 1/256 of a unit when a point is made, so that moving ink by whole
/// units, and comparing it, is exact.
public struct Point: Sendable, Hashable {
  /// Distance from the page's left edge.
  public let x: Double
  /// Distance from the page's top edge.
  public let y: Double

  /// Makes a point, rounding both coordinates to the nearest 1/256.
  public init(x: Double, y: Double) {
    self.x = (x * 256).rounded() / 256
    self.y = (y * 256).rounded() / 256
  }
}
