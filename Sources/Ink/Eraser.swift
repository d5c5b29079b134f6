// Erasing of ink.

import Basics

extension Drawing {
  /// Erases the ink that a round eraser touches on its path.
  ///
  /// A stroke is cut where the eraser's edge meets the edge of its ink, so each rest ends in a round cap that
  /// just touches the eraser's path. The rests keep the samples, times and width of their stroke.
  ///
  /// - Parameters:
  ///   - path: the eraser's positions.
  ///   - width: the eraser's diameter.
  ///   - continuing: whether the change belongs to the last step, as in one drag; otherwise it is a step.
  /// - Returns: whether any ink was touched.
  @discardableResult
  public mutating func erase(along path: [Point], width: Double, continuing: Bool = false) -> Bool {
    let eraser = Eraser(path: path, width: width)
    guard strokes.contains(where: { eraser.touches($0) }) else { return false }
    replace(with: strokes.flatMap { eraser.remains(of: $0) }, continuing: continuing)
    return true
  }
}

/// A round eraser and the path it was moved along.
struct Eraser {
  private let path: [StrokeSpline.Position]
  private let radius: Double
  private let bounds: Box?

  init(path: [Point], width: Double) {
    self.path = path.map { StrokeSpline.Position($0.x, $0.y) }
    radius = Stroke.usable(width) / 2
    bounds = Box(around: path)?.grown(by: radius)
  }

  /// Whether it erases any ink of a stroke.
  func touches(_ stroke: Stroke) -> Bool {
    let remains = remains(of: stroke)
    return remains.count != 1 || remains[0] != stroke
  }

  /// The rests of a stroke: the stroke itself, parts of it, or nothing.
  func remains(of stroke: Stroke) -> [Stroke] {
    // The curve may leave the box of its samples, in handwriting by less than the stroke's width.
    guard let bounds, let box = stroke.bounds?.grown(by: stroke.width), box.touches(bounds) else {
      return [stroke]
    }
    var samples: [Stroke.Sample] = []
    for sample in stroke.samples where sample.point != samples.last?.point { samples.append(sample) }
    let pieces = StrokeSpline(stroke).pieces
    let reach = radius + stroke.width / 2
    if samples.count == 1 { return isTouched(pieces[0].start, reach) ? [] : [stroke] }

    var parts: [Stroke] = []
    var part: [Stroke.Sample] = isTouched(pieces[0].start, reach) ? [] : [samples[0]]
    var cut = part.isEmpty
    /// Ends the current part; one shorter than a quarter of the stroke's width is erased too.
    func endPart() {
      let curve = StrokeSpline(Stroke(part))
      let length = curve.pieces.reduce(0) { $0 + Self.length($1.end - $1.start) }
      if length > stroke.width / 4 { parts.append(Stroke(part, width: stroke.width)) }
      part = []
    }
    for (i, piece) in pieces.enumerated() {
      let steps = max(4, Int(clamping: Self.length(piece.end - piece.start) / max(reach / 4, 0.25)))
      var last = 0.0
      for step in 1...min(steps, 1000) {
        let t = Double(step) / Double(min(steps, 1000))
        let touched = isTouched(piece.position(at: t), reach)
        if touched != part.isEmpty {
          let edge = crossing(of: piece, from: last, to: t, reach)
          part.append(sample(at: edge, of: piece, from: samples[i], to: samples[i + 1]))
          if touched { endPart() }
          cut = true
        }
        last = t
      }
      if !part.isEmpty { part.append(samples[i + 1]) }
    }
    if !cut { return [stroke] }
    if !part.isEmpty { endPart() }
    return parts
  }

  /// The parameter between two others where the curve enters or leaves the eraser's path.
  private func crossing(of piece: StrokeSpline.Piece, from: Double, to: Double, _ reach: Double) -> Double {
    let before = isTouched(piece.position(at: from), reach)
    var (low, high) = (from, to)
    for _ in 0..<12 {
      let middle = (low + high) / 2
      if isTouched(piece.position(at: middle), reach) == before { low = middle } else { high = middle }
    }
    // The untouched side: erasing along the same path again changes nothing.
    return before ? high : low
  }

  private func sample(
    at t: Double, of piece: StrokeSpline.Piece, from: Stroke.Sample, to: Stroke.Sample
  ) -> Stroke.Sample {
    let position = piece.position(at: t)
    var time: Double?
    if let a = from.time, let b = to.time { time = a + (b - a) * t }
    return Stroke.Sample(Point(x: position.x, y: position.y), time: time)
  }

  private func isTouched(_ position: StrokeSpline.Position, _ reach: Double) -> Bool {
    guard let first = path.first else { return false }
    let square = reach * reach
    if path.count == 1 { return Self.square(position - first) < square }
    for i in 1..<path.count {
      let along = path[i] - path[i - 1]
      let lengthSquare = Self.square(along)
      let from = position - path[i - 1]
      let t = lengthSquare > 0 ? min(max((from * along).sum() / lengthSquare, 0), 1) : 0
      if Self.square(from - t * along) < square { return true }
    }
    return false
  }

  private static func square(_ v: StrokeSpline.Position) -> Double { (v * v).sum() }
  private static func length(_ v: StrokeSpline.Position) -> Double { square(v).squareRoot() }
}
