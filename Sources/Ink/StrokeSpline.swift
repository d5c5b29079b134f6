// The smooth curve of a stroke.

/// The smooth curve of a stroke through all of its samples.
///
/// It is a centripetal Catmull-Rom spline (Barry and Goldman 1988; Yuksel, Schaefer and Keyser 2011). It has
/// neither loops nor overshoot where a fast stroke was sampled unevenly, and the piece between two samples
/// depends only on these and their two neighbours.
public struct StrokeSpline: Sendable, Equatable {
  /// A position in page units, not rounded.
  public typealias Position = SIMD2<Double>

  /// A cubic Bézier curve from one sample to the next.
  public struct Piece: Sendable, Equatable {
    /// The first point.
    public var start: Position
    /// The control point for the direction at the start.
    public var control1: Position
    /// The control point for the direction at the end.
    public var control2: Position
    /// The last point.
    public var end: Position

    /// The position at a parameter.
    ///
    /// - Parameter t: the parameter, from 0 to 1.
    /// - Returns: the position.
    public func position(at t: Double) -> Position {
      let u = 1 - t
      let a = u * u * u * start + 3 * u * u * t * control1
      return a + (3 * u * t * t * control2 + t * t * t * end)
    }
  }

  /// The pieces from sample to sample; for a single sample one piece without length.
  public private(set) var pieces: [Piece] = []

  /// Creates the curve through some positions; equal neighbours count as one.
  ///
  /// - Parameter positions: the positions.
  public init(through positions: some Sequence<Position>) {
    var points: [Position] = []
    for position in positions where position != points.last { points.append(position) }
    if points.count == 1 {
      pieces = [Piece(start: points[0], control1: points[0], control2: points[0], end: points[0])]
    } else if points.count > 1 {
      pieces = (0..<points.count - 1).map { i in Self.piece(from: i, of: points) }
    }
  }

  /// Creates the curve of a stroke.
  ///
  /// - Parameter stroke: the stroke.
  public init(_ stroke: Stroke) {
    self.init(through: stroke.samples.lazy.map { Position($0.point.x, $0.point.y) })
  }

  /// The piece of a curve through different positions that starts at one of them.
  static func piece(from i: Int, of points: [Position]) -> Piece {
    piece(
      before: i > 0 ? points[i - 1] : nil, from: points[i], to: points[i + 1],
      after: i + 2 < points.count ? points[i + 2] : nil)
  }

  /// The piece between two different positions.
  ///
  /// - Parameters:
  ///   - before: the position before the start, if there is one.
  ///   - start: the start.
  ///   - end: the end.
  ///   - after: the position after the end, if there is one.
  /// - Returns: the piece.
  public static func piece(before: Position?, from start: Position, to end: Position, after: Position?)
    -> Piece
  {
    let control1 = before.map { control(from: start, to: end, away: $0) }
    let control2 = after.map { control(from: end, to: start, away: $0) }
    switch (control1, control2) {
    case (let control1?, let control2?):
      return Piece(start: start, control1: control1, control2: control2, end: end)
    // The first and the last piece of a stroke are parabolas: only one of their directions is known.
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

  /// The control point after `near` towards `far`, for a curve that comes from `away`.
  private static func control(from near: Position, to far: Position, away: Position) -> Position {
    // A knot interval is the square root of the distance; a and b are the two intervals.
    let a = length(near - away).squareRoot()
    let b = length(far - near).squareRoot()
    let weighted = a * a * far - b * b * away + (2 * a * a + 3 * a * b + b * b) * near
    return weighted / (3 * a * (a + b))
  }

  private static func length(_ v: Position) -> Double { (v * v).sum().squareRoot() }
}
