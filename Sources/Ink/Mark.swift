import Basics

/// A convex piece of a stroke's ink: a disc, or a slab along a straight bit of its curve.
///
/// Both are made for one question: which part of a horizontal line lies inside. In units of a sixteenth of
/// a pixel it is from `max(a, c)` to `min(b, d)`, where a to b is linear in y and bounded by the slab's
/// long sides, c to d by its short ones; for a disc the half chord takes the place of both.
struct Mark: Sendable, Equatable {
  /// The centre, in pixels.
  var x: Float
  var y: Float
  /// Radius of a disc, in pixels; below 0 the mark is a slab.
  var discRadius: Float
  // How far the long sides move to the right with each pixel downwards, and half their distance on
  // a horizontal line; likewise for the short sides. In sixteenths of a pixel.
  var longSlope: Float = 0
  var longHalf: Float = 0
  var shortSlope: Float = 0
  var shortHalf: Float = 0
  /// The pixels it may touch.
  var left: Int32
  var top: Int32
  var right: Int32
  var bottom: Int32

  /// No coordinate on any raster is beyond this; what lies further away is cut off there.
  private static let far = 1e6

  /// The pixels it may touch.
  var box: Rectangle { Rectangle(columns: Int(left)..<Int(right), rows: Int(top)..<Int(bottom)) }

  /// A disc.
  init(center: StrokeSpline.Place, radius: Double) {
    let center = Self.near(center)
    self.init(center: center, reachX: radius, reachY: radius)
    discRadius = Float(radius)
  }

  /// A slab around the line from `start` to `end`, which it goes beyond by so much on each side.
  init(
    from start: StrokeSpline.Place, to end: StrokeSpline.Place, radius: Double, before: Double, beyond: Double
  ) {
    let along = end - start
    let length = (along * along).sum().squareRoot()
    let direction = along / length
    let center = Self.near((start + end) / 2 + direction * ((beyond - before) / 2))
    let half = (length + before + beyond) / 2
    self.init(
      center: center, reachX: abs(direction.x) * half + abs(direction.y) * radius,
      reachY: abs(direction.y) * half + abs(direction.x) * radius)
    // A side that is all but horizontal crosses a line somewhere far away, on the side that its sign tells.
    let flat = 1e-6
    let dy = abs(direction.y) < flat ? (direction.y < 0 ? -flat : flat) : direction.y
    let dx = abs(direction.x) < flat ? (direction.x < 0 ? -flat : flat) : direction.x
    longSlope = Float(16 * direction.x / dy)
    longHalf = Float(16 * radius / abs(dy))
    shortSlope = Float(-16 * direction.y / dx)
    shortHalf = Float(16 * half / abs(dx))
  }

  private init(center: StrokeSpline.Place, reachX: Double, reachY: Double) {
    x = Float(center.x)
    y = Float(center.y)
    discRadius = -1
    left = Int32(clamping: (center.x - reachX).rounded(.down).clamped(to: -Self.far...Self.far))
    top = Int32(clamping: (center.y - reachY).rounded(.down).clamped(to: -Self.far...Self.far))
    right = Int32(clamping: (center.x + reachX).rounded(.up).clamped(to: -Self.far...Self.far))
    bottom = Int32(clamping: (center.y + reachY).rounded(.up).clamped(to: -Self.far...Self.far))
  }

  private static func near(_ place: StrokeSpline.Place) -> StrokeSpline.Place {
    place.clamped(
      lowerBound: StrokeSpline.Place(repeating: -far), upperBound: StrokeSpline.Place(repeating: far))
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
