/// The smooth line of a stroke: through every sample, and bent nowhere but near the samples it bends for.
///
/// A centripetal Catmull-Rom spline (Barry and Goldman 1988; Yuksel, Schaefer and Keyser 2011): it has no
/// loops and no overshoot however unevenly a fast hand was sampled, and the piece between two samples
/// depends on these two and their two neighbours alone.
public struct StrokeSpline: Sendable, Equatable {
  /// A place between samples, in page units, not rounded.
  public typealias Place = SIMD2<Double>

  /// A cubic Bézier curve from one sample to the next.
  public struct Piece: Sendable, Equatable {
    /// Where it starts.
    public var start: Place
    /// The control point that gives its direction at the start.
    public var control1: Place
    /// The control point that gives its direction at the end.
    public var control2: Place
    /// Where it ends.
    public var end: Place

    /// The place at a parameter from 0 to 1.
    public func place(at t: Double) -> Place {
      let u = 1 - t
      let a = u * u * u * start + 3 * u * u * t * control1
      return a + (3 * u * t * t * control2 + t * t * t * end)
    }
  }

  /// The pieces from sample to sample; one of no length where there is just one sample.
  public private(set) var pieces: [Piece] = []

  /// Makes the curve through places; equal neighbours count as one.
  public init(through places: some Sequence<Place>) {
    var points: [Place] = []
    for place in places where place != points.last { points.append(place) }
    self.init(distinct: points)
  }

  /// Makes the curve of a stroke.
  public init(_ stroke: Stroke) {
    self.init(through: stroke.samples.lazy.map { Place($0.point.x, $0.point.y) })
  }

  private init(distinct points: [Place]) {
    guard let first = points.first else { return }
    if points.count == 1 {
      pieces = [Piece(start: first, control1: first, control2: first, end: first)]
      return
    }
    pieces.reserveCapacity(points.count - 1)
    for i in 0..<points.count - 1 {
      pieces.append(
        Self.piece(
          before: i > 0 ? points[i - 1] : nil, from: points[i], to: points[i + 1],
          after: i + 2 < points.count ? points[i + 2] : nil))
    }
  }

  /// The piece between two different places, given their neighbours where there are any.
  public static func piece(before: Place?, from start: Place, to end: Place, after: Place?) -> Piece {
    let control1 = before.map { control(from: start, to: end, away: $0) }
    let control2 = after.map { control(from: end, to: start, away: $0) }
    switch (control1, control2) {
    case (let control1?, let control2?):
      return Piece(start: start, control1: control1, control2: control2, end: end)
    // At an end of the stroke the piece is a parabola: it takes the one direction that is known.
    case (let control1?, nil):
      let apex = start + 1.5 * (control1 - start)
      return Piece(start: start, control1: control1, control2: end + (apex - end) * (2 / 3), end: end)
    case (nil, let control2?):
      let apex = end + 1.5 * (control2 - end)
      return Piece(start: start, control1: start + (apex - start) * (2 / 3), control2: control2, end: end)
    case (nil, nil):
      let third = (end - start) / 3
      return Piece(start: start, control1: start + third, control2: end - third, end: end)
    }
  }

  /// The control point next to `near` on the way to `far`, for a curve that comes from `away`.
  private static func control(from near: Place, to far: Place, away: Place) -> Place {
    // Knots grow with the square root of the distance; a and b are the two knot intervals.
    let a = length(near - away).squareRoot()
    let b = length(far - near).squareRoot()
    let weighted = a * a * far - b * b * away + (2 * a * a + 3 * a * b + b * b) * near
    return weighted / (3 * a * (a + b))
  }

  private static func length(_ v: Place) -> Double { (v * v).sum().squareRoot() }
}
