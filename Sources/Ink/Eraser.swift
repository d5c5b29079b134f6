import Basics

/// The eraser: it takes away the ink that its path touches, and leaves the rest of each stroke as it was.
///
/// A stroke is cut where the eraser's edge meets the edge of its ink, so what remains ends in round caps
/// that just touch the eraser's path. The pieces keep the samples, times and width of their stroke.
extension Drawing {
  /// Erases the ink that a round eraser of some width touches on its path; false when it touches none.
  ///
  /// It is one step of the history, or with `continuing` a part of the step before: of the same drag.
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
  private let path: [StrokeSpline.Place]
  private let radius: Double
  private let bounds: Box?

  init(path: [Point], width: Double) {
    self.path = path.map { StrokeSpline.Place($0.x, $0.y) }
    radius = Stroke.usable(width) / 2
    bounds = Box(around: path)?.grown(by: radius)
  }

  /// Whether it takes anything of a stroke.
  func touches(_ stroke: Stroke) -> Bool {
    let remains = remains(of: stroke)
    return remains.count != 1 || remains[0] != stroke
  }

  /// What is left of a stroke: the stroke itself, parts of it, or nothing.
  func remains(of stroke: Stroke) -> [Stroke] {
    // The curve may leave the box of its samples, by less than a pen's width in a hand's drawing.
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
    /// Ends the part that is being collected; crumbs shorter than a quarter of the pen's width go too.
    func close(whole: Bool) {
      let curve = StrokeSpline(Stroke(part))
      let length = curve.pieces.reduce(0) { $0 + Self.length($1.end - $1.start) }
      if whole || length > stroke.width / 4 { parts.append(Stroke(part, width: stroke.width)) }
      part = []
    }
    for (i, piece) in pieces.enumerated() {
      let steps = max(4, Int(clamping: Self.length(piece.end - piece.start) / max(reach / 4, 0.25)))
      var last = 0.0
      for step in 1...min(steps, 1000) {
        let t = Double(step) / Double(min(steps, 1000))
        let touched = isTouched(piece.place(at: t), reach)
        if touched != part.isEmpty {
          let edge = crossing(of: piece, from: last, to: t, reach)
          part.append(sample(at: edge, of: piece, from: samples[i], to: samples[i + 1]))
          if touched { close(whole: false) }
          cut = true
        }
        last = t
      }
      if !part.isEmpty { part.append(samples[i + 1]) }
    }
    if !cut { return [stroke] }
    if !part.isEmpty { close(whole: false) }
    return parts
  }

  /// Where between two parameters the curve goes from untouched to touched or back.
  private func crossing(of piece: StrokeSpline.Piece, from: Double, to: Double, _ reach: Double) -> Double {
    let before = isTouched(piece.place(at: from), reach)
    var (low, high) = (from, to)
    for _ in 0..<12 {
      let middle = (low + high) / 2
      if isTouched(piece.place(at: middle), reach) == before { low = middle } else { high = middle }
    }
    // The untouched side of the crossing: erasing along the same path again then changes nothing.
    return before ? high : low
  }

  private func sample(
    at t: Double, of piece: StrokeSpline.Piece, from: Stroke.Sample, to: Stroke.Sample
  ) -> Stroke.Sample {
    let place = piece.place(at: t)
    var time: Double?
    if let a = from.time, let b = to.time { time = a + (b - a) * t }
    return Stroke.Sample(Point(x: place.x, y: place.y), time: time)
  }

  private func isTouched(_ place: StrokeSpline.Place, _ reach: Double) -> Bool {
    guard let first = path.first else { return false }
    let square = reach * reach
    if path.count == 1 { return Self.square(place - first) < square }
    for i in 1..<path.count {
      let along = path[i] - path[i - 1]
      let lengthSquare = Self.square(along)
      let from = place - path[i - 1]
      let t = lengthSquare > 0 ? min(max((from * along).sum() / lengthSquare, 0), 1) : 0
      if Self.square(from - t * along) < square { return true }
    }
    return false
  }

  private static func square(_ v: StrokeSpline.Place) -> Double { (v * v).sum() }
  private static func length(_ v: StrokeSpline.Place) -> Double { square(v).squareRoot() }
}
