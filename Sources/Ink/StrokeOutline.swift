// Strokes as unions of convex shapes.

import Basics

/// A stroke, or a segment of a long one, as the union of convex shapes.
///
/// The curve is divided into straight lines. Each line gives a slab, and each end and corner a disc. Where
/// the curve bends only a little, both slabs are lengthened until their outer corners meet, and the disc is
/// omitted. A long stroke is divided into segments of some pieces of its curve, so that only the last
/// segments of a growing stroke change.
struct StrokeOutline: Sendable {
  private(set) var shapes: [ConvexShape] = []
  /// Slabs entirely inside the ink: the pixels that they cover whole need no points counted.
  private(set) var cores: [ConvexShape] = []
  /// The pixels that the shapes may touch.
  private(set) var box = Rectangle.empty

  /// The most distance in pixels between a straight line and the curve, and between a lengthened slab's
  /// corner and the union of discs.
  ///
  /// It is less for thin lines. Against the supersampled reference of the tests, the mean error is a tenth of
  /// a level for widths of 1 to 40 pixels.
  private static func tolerance(_ radius: Double) -> Double { min(0.01 + 0.01 * radius, 0.07) }
  /// The most straight lines for a piece of the curve.
  private static let maxLines = 256.0
  /// Pieces of the curve in a segment.
  private static let segmentLength = 32

  /// The segments of a stroke.
  ///
  /// - Parameters:
  ///   - points: the stroke's points in pixels, without equal neighbours.
  ///   - radius: half the stroke's width, in pixels.
  ///   - first: the first segment to return.
  /// - Returns: the segments from the first one on.
  static func segments(through points: [StrokeSpline.Position], radius: Double, from first: Int = 0)
    -> [StrokeOutline]
  {
    let pieces = max(points.count - 1, min(points.count, 1))
    return stride(from: first * segmentLength, to: pieces, by: segmentLength).map { start in
      StrokeOutline(points, start..<min(start + segmentLength, pieces), radius: radius)
    }
  }

  /// The first segment that changes when a point is added to a number of points.
  static func firstSegmentChanged(byAddingTo count: Int) -> Int {
    // The last piece of the curve changes, and the length of the slab before it.
    max(count - 3, 0) / segmentLength
  }

  private init(_ points: [StrokeSpline.Position], _ range: Range<Int>, radius: Double) {
    if points.count == 1 {
      shapes = [ConvexShape(center: points[0], radius: radius)]
    } else {
      // The lengths of the outermost slabs depend on the neighbouring pieces.
      let neighbourhood = max(range.lowerBound - 1, 0)..<min(range.upperBound + 1, points.count - 1)
      var path = [points[neighbourhood.lowerBound]]
      path.reserveCapacity(neighbourhood.count * 3 + 1)
      var own = 0..<0
      for i in neighbourhood {
        if i == range.lowerBound { own = path.count - 1..<path.count - 1 }
        let piece = StrokeSpline.piece(from: i, of: points)
        let bend = Self.bend(of: piece)
        Self.flatten(piece, into: Self.lineCount(bend: bend, tolerance: Self.tolerance(radius)), &path)
        guard range.contains(i) else { continue }
        own = own.lowerBound..<path.count - 1
        addCores(of: piece, bend: bend, radius: radius)
      }
      addShapes(along: path, own, radius: radius)
    }
    box = shapes.reduce(into: Rectangle.empty) { $0 = $0.union($1.box) }
  }

  /// A bound of a piece's distance from its chord: 6/8 of its greatest second difference.
  ///
  /// For 1/n of the piece the bound is less by the factor n squared (Wang's bound).
  private static func bend(of piece: StrokeSpline.Piece) -> Double {
    let bend1 = piece.start - 2 * piece.control1 + piece.control2
    let bend2 = piece.control1 - 2 * piece.control2 + piece.end
    return 0.75 * max((bend1 * bend1).sum(), (bend2 * bend2).sum()).squareRoot()
  }

  private static func lineCount(bend: Double, tolerance: Double) -> Int {
    let count = (bend / tolerance).squareRoot().rounded(.up)
    return count > 1 ? Int(clamping: min(count, maxLines)) : 1
  }

  private static func flatten(
    _ piece: StrokeSpline.Piece, into count: Int, _ path: inout [StrokeSpline.Position]
  ) {
    for i in 1..<max(count, 1) {
      let position = piece.position(at: Double(i) / Double(count))
      if position != path.last { path.append(position) }
    }
    if piece.end != path.last { path.append(piece.end) }
  }

  /// Adds slabs inside the ink of a thick line; they are longer than the shapes.
  private mutating func addCores(of piece: StrokeSpline.Piece, bend: Double, radius: Double) {
    if radius < 2 { return }
    let count = Self.lineCount(bend: bend, tolerance: radius / 8)
    let inset = bend / Double(count * count) + 2 * Self.tolerance(radius)
    var start = piece.start
    for i in 1...count {
      let end = i == count ? piece.end : piece.position(at: Double(i) / Double(count))
      if end != start {
        cores.append(ConvexShape(from: start, to: end, radius: radius - inset, before: 0, beyond: 0))
      }
      start = end
    }
  }

  /// Adds the shapes of the path's lines that start in `own`.
  ///
  /// Where `own` reaches an end of the path, the stroke ends.
  private mutating func addShapes(along path: [StrokeSpline.Position], _ own: Range<Int>, radius: Double) {
    shapes.reserveCapacity(own.count + 2)
    if own.lowerBound == 0 { shapes.append(ConvexShape(center: path[0], radius: radius)) }
    var before = own.lowerBound > 0 ? Self.overlap(path, at: own.lowerBound, radius: radius) ?? 0 : 0
    for i in own {
      let overlap = i + 2 < path.count ? Self.overlap(path, at: i + 1, radius: radius) : nil
      if overlap == nil { shapes.append(ConvexShape(center: path[i + 1], radius: radius)) }
      let beyond = overlap ?? 0
      shapes.append(
        ConvexShape(from: path[i], to: path[i + 1], radius: radius, before: before, beyond: beyond))
      before = beyond
    }
  }

  /// The length by which two slabs must go beyond their common corner so that their outer corners meet; nil
  /// where the result would exceed the disc by more than the tolerance.
  private static func overlap(_ path: [StrokeSpline.Position], at corner: Int, radius: Double) -> Double? {
    let u = path[corner] - path[corner - 1]
    let v = path[corner + 1] - path[corner]
    let dot = (u * v).sum()
    let cross = abs(u.x * v.y - u.y * v.x)
    guard dot > 0 else { return nil }
    // The tangent of half the angle; the mitre is too long by radius · tan² / 2.
    let tangent = cross / dot
    let half = tangent / (1 + (1 + tangent * tangent).squareRoot())
    return radius * half * half / 2 <= tolerance(radius) ? radius * half : nil
  }
}
