// The shapes of which ink is drawn.

import Basics

/// A convex shape of ink: a disc, or a slab (a rectangle) along a straight line of a stroke's curve.
///
/// It is stored so that the part of a horizontal line inside it is found quickly: from `max(a, c)` to `min(b,
/// d)`, where a and b are the crossings of the slab's long sides, c and d those of its short sides, all
/// linear in y. For a disc the half chord is used instead. These numbers are in sixteenths of a pixel.
struct ConvexShape: Sendable, Equatable {
  /// The center, in pixels.
  var x: Float
  var y: Float
  /// The radius of a disc, in pixels; negative for a slab.
  var discRadius: Float
  // How far the long sides move to the right with each pixel down, and half their distance on a horizontal
  // line; the same for the short sides. In sixteenths of a pixel.
  var longSlope: Float = 0
  var longHalf: Float = 0
  var shortSlope: Float = 0
  var shortHalf: Float = 0
  // The bounds of the pixels that it may touch.
  var left: Int32
  var top: Int32
  var right: Int32
  var bottom: Int32

  /// Coordinates are limited to this, which is beyond every raster.
  private static let limit = 1e6

  /// The pixels that it may touch.
  var box: Rectangle { Rectangle(columns: Int(left)..<Int(right), rows: Int(top)..<Int(bottom)) }

  /// Creates a disc.
  init(center: StrokeSpline.Position, radius: Double) {
    let center = Self.limited(center)
    self.init(center: center, reachX: radius, reachY: radius)
    discRadius = Float(radius)
  }

  /// Creates a slab around the line from `start` to `end`, lengthened by `before` and `beyond`.
  init(
    from start: StrokeSpline.Position, to end: StrokeSpline.Position, radius: Double, before: Double,
    beyond: Double
  ) {
    let along = end - start
    let length = (along * along).sum().squareRoot()
    let direction = along / length
    let center = Self.limited((start + end) / 2 + direction * ((beyond - before) / 2))
    let half = (length + before + beyond) / 2
    self.init(
      center: center, reachX: abs(direction.x) * half + abs(direction.y) * radius,
      reachY: abs(direction.y) * half + abs(direction.x) * radius)
    // An almost horizontal side crosses horizontal lines far away, on the side of its sign.
    let flat = 1e-6
    let dy = abs(direction.y) < flat ? (direction.y < 0 ? -flat : flat) : direction.y
    let dx = abs(direction.x) < flat ? (direction.x < 0 ? -flat : flat) : direction.x
    longSlope = Float(16 * direction.x / dy)
    longHalf = Float(16 * radius / abs(dy))
    shortSlope = Float(-16 * direction.y / dx)
    shortHalf = Float(16 * half / abs(dx))
  }

  private init(center: StrokeSpline.Position, reachX: Double, reachY: Double) {
    x = Float(center.x)
    y = Float(center.y)
    discRadius = -1
    left = Int32(clamping: (center.x - reachX).rounded(.down).clamped(to: -Self.limit...Self.limit))
    top = Int32(clamping: (center.y - reachY).rounded(.down).clamped(to: -Self.limit...Self.limit))
    right = Int32(clamping: (center.x + reachX).rounded(.up).clamped(to: -Self.limit...Self.limit))
    bottom = Int32(clamping: (center.y + reachY).rounded(.up).clamped(to: -Self.limit...Self.limit))
  }

  private static func limited(_ position: StrokeSpline.Position) -> StrokeSpline.Position {
    position.clamped(
      lowerBound: StrokeSpline.Position(repeating: -limit),
      upperBound: StrokeSpline.Position(repeating: limit))
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
