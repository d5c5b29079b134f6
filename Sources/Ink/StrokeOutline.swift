import Basics

/// The marks that make up the ink of a stroke, or of a link of it, as a pen draws it.
///
/// The curve is cut into straight bits: a slab for each, a disc at each end and at each corner. Where the
/// curve bends but a little, no disc is needed: both slabs are lengthened until their outer corners meet.
/// A long stroke is a chain of links, each of some pieces of its curve, so that a stroke that grows needs
/// but its last links made afresh.
struct StrokeOutline: Sendable {
  private(set) var marks: [Mark] = []
  /// Slabs well inside the ink: what they cover need not be looked at closely.
  private(set) var cores: [Mark] = []
  /// The pixels that the marks may touch.
  private(set) var box = Rectangle.empty

  // How far, in pixels, a straight bit may be from the curve, and a lengthened slab's corner from the
  // union of discs: less for a thin line, which is all edge. Measured against the supersampled
  // reference, the mean error is a tenth of a level with pens of 1 to 40 pixels.
  private static func tolerance(_ radius: Double) -> Double { min(0.01 + 0.01 * radius, 0.07) }
  /// More bits than this a piece of the curve is never cut into.
  private static let mostBits = 256.0
  /// Pieces of the curve in a link.
  private static let linkLength = 32

  /// The links of the stroke through points that differ from their neighbours, all in pixels.
  ///
  /// With `first` those from that link on.
  static func links(through points: [StrokeSpline.Place], radius: Double, from first: Int = 0)
    -> [StrokeOutline]
  {
    let pieces = max(points.count - 1, min(points.count, 1))
    return stride(from: first * linkLength, to: pieces, by: linkLength).map { start in
      StrokeOutline(points, start..<min(start + linkLength, pieces), radius: radius)
    }
  }

  /// The first link that is not the same when a point is added to so many.
  static func firstLinkChanged(byAddingTo count: Int) -> Int {
    // The last piece of the curve changes its shape, and with it the slab before it its length.
    max(count - 3, 0) / linkLength
  }

  private init(_ points: [StrokeSpline.Place], _ range: Range<Int>, radius: Double) {
    if points.count == 1 {
      marks = [Mark(center: points[0], radius: radius)]
    } else {
      // A bit on either side tells how the outermost slabs meet their neighbours.
      let seen = max(range.lowerBound - 1, 0)..<min(range.upperBound + 1, points.count - 1)
      var path = [points[seen.lowerBound]]
      path.reserveCapacity(seen.count * 3 + 1)
      var own = 0..<0
      for i in seen {
        if i == range.lowerBound { own = path.count - 1..<path.count - 1 }
        let piece = StrokeSpline.piece(
          before: i > 0 ? points[i - 1] : nil, from: points[i], to: points[i + 1],
          after: i + 2 < points.count ? points[i + 2] : nil)
        let bend = Self.bend(of: piece)
        Self.flatten(piece, into: Self.bits(bend: bend, tolerance: Self.tolerance(radius)), &path)
        guard range.contains(i) else { continue }
        own = own.lowerBound..<path.count - 1
        addCores(of: piece, bend: bend, radius: radius)
      }
      addMarks(along: path, own, radius: radius)
    }
    box = marks.reduce(into: Rectangle.empty) { $0 = $0.union($1.box) }
  }

  /// How far a piece is from its chord, at the most: 6/8 of its greatest second difference.
  ///
  /// Over 1/n of the piece it is less by n squared (Wang's bound).
  private static func bend(of piece: StrokeSpline.Piece) -> Double {
    let bend1 = piece.start - 2 * piece.control1 + piece.control2
    let bend2 = piece.control1 - 2 * piece.control2 + piece.end
    return 0.75 * max((bend1 * bend1).sum(), (bend2 * bend2).sum()).squareRoot()
  }

  private static func bits(bend: Double, tolerance: Double) -> Int {
    let bits = (bend / tolerance).squareRoot().rounded(.up)
    return bits > 1 ? Int(clamping: min(bits, mostBits)) : 1
  }

  private static func flatten(_ piece: StrokeSpline.Piece, into bits: Int, _ path: inout [StrokeSpline.Place])
  {
    for i in 1..<max(bits, 1) {
      let place = piece.place(at: Double(i) / Double(bits))
      if place != path.last { path.append(place) }
    }
    if piece.end != path.last { path.append(piece.end) }
  }

  /// Adds slabs that surely lie inside the ink, longer ones than the marks, for a thick line.
  private mutating func addCores(of piece: StrokeSpline.Piece, bend: Double, radius: Double) {
    if radius < 2 { return }
    let bits = Self.bits(bend: bend, tolerance: radius / 8)
    let inset = bend / Double(bits * bits) + 2 * Self.tolerance(radius)
    var start = piece.start
    for i in 1...bits {
      let end = i == bits ? piece.end : piece.place(at: Double(i) / Double(bits))
      if end != start {
        cores.append(Mark(from: start, to: end, radius: radius - inset, before: 0, beyond: 0))
      }
      start = end
    }
  }

  /// Adds the marks of the path's bits that start in `own`; the path's ends are those of the stroke where
  /// they are not beyond these.
  private mutating func addMarks(along path: [StrokeSpline.Place], _ own: Range<Int>, radius: Double) {
    marks.reserveCapacity(own.count + 2)
    if own.lowerBound == 0 { marks.append(Mark(center: path[0], radius: radius)) }
    var before = 0.0
    if own.lowerBound > 0 {
      before = Self.overlap(path, at: own.lowerBound, radius: radius) ?? 0
    }
    for i in own {
      var beyond = 0.0
      if i + 2 < path.count, let overlap = Self.overlap(path, at: i + 1, radius: radius) {
        beyond = overlap
      } else {
        marks.append(Mark(center: path[i + 1], radius: radius))
      }
      marks.append(Mark(from: path[i], to: path[i + 1], radius: radius, before: before, beyond: beyond))
      before = beyond
    }
  }

  /// How far two slabs must go beyond the corner that they share for their outer corners to meet; nil
  /// where that would stick out by more than the tolerance.
  private static func overlap(_ path: [StrokeSpline.Place], at corner: Int, radius: Double) -> Double? {
    let u = path[corner] - path[corner - 1]
    let v = path[corner + 1] - path[corner]
    let dot = (u * v).sum()
    let cross = abs(u.x * v.y - u.y * v.x)
    guard dot > 0 else { return nil }
    // The tangent of half the angle, from that of the angle; the mitre is radius · tan² / 2 too long.
    let tangent = cross / dot
    let half = tangent / (1 + (1 + tangent * tangent).squareRoot())
    return radius * half * half / 2 <= tolerance(radius) ? radius * half : nil
  }
}
