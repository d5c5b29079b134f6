// Pieces of a drawing: its strokes, joined where they certainly are one symbol.

import Ink

/// Joins strokes to pieces by their positions and times.
enum StrokePieces {
  /// A drawing without a stroke larger than this, in page units and without the pen's width, is dust.
  private static let dustSize = 4.0
  /// Consecutive strokes with a shorter pause, in seconds, probably are one symbol.
  private static let maxPause = 1.0

  static func pieces(of strokes: [Stroke]) -> [Piece] {
    let strokes = strokes.filter { !$0.samples.isEmpty }
    guard let all = Drawing(strokes).bounds,
      strokes.contains(where: { size($0) > dustSize }) || max(all.width, all.height) > 3 * dustSize
    else { return [] }
    let outlines = strokes.map { Outline($0) }
    var groups = Array(strokes.indices)
    for i in strokes.indices {
      for j in 0..<i where belongTogether(outlines[j], outlines[i], consecutive: j == i - 1) {
        let (a, b) = (groups[i], groups[j])
        if a != b { for k in groups.indices where groups[k] == a { groups[k] = b } }
      }
    }
    var pieces: [Int: Piece] = [:]
    for (i, stroke) in strokes.enumerated() {
      guard let box = stroke.bounds?.grown(by: stroke.width / 2) else { continue }
      let piece = Piece(box: box, strokes: [stroke], patch: nil)
      pieces[groups[i]] = pieces[groups[i]]?.joined(with: piece) ?? piece
    }
    return pieces.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func size(_ stroke: Stroke) -> Double {
    stroke.bounds.map { max($0.width, $0.height) } ?? 0
  }

  /// A stroke's positions, box and times.
  private struct Outline {
    var positions: [StrokeSpline.Position]
    var box: Box
    var radius: Double
    var start: Double?
    var end: Double?

    init(_ stroke: Stroke) {
      positions = stroke.samples.map { StrokeSpline.Position($0.point.x, $0.point.y) }
      box = stroke.bounds ?? Box(x: 0, y: 0, width: 0, height: 0)
      radius = stroke.width / 2
      start = stroke.samples.first?.time
      end = stroke.samples.last?.time
    }
  }

  /// Whether two strokes touch and overlap so much that they are not strokes of neighbouring symbols.
  private static func belongTogether(_ a: Outline, _ b: Outline, consecutive: Bool) -> Bool {
    let reach = a.radius + b.radius
    guard a.box.grown(by: reach).touches(b.box) else { return false }
    let shared = min(a.box.right, b.box.right) - max(a.box.x, b.box.x)
    let narrower = max(min(a.box.width, b.box.width), 1)
    var share = shared / narrower
    // The bar of a 5 or 7 extends beyond the rest, so less overlap is enough for consecutive strokes.
    let isQuick = consecutive && (zip(a.end, b.start).map { $1 - $0 < maxPause } ?? true)
    if isQuick { share += 0.1 }
    return share >= 0.6
      && distance(a.positions, b.positions) <= reach + 0.08 * max(a.box.height, b.box.height)
  }

  private static func zip(_ a: Double?, _ b: Double?) -> (Double, Double)? {
    guard let a, let b else { return nil }
    return (a, b)
  }

  /// The distance between two polylines.
  private static func distance(_ a: [StrokeSpline.Position], _ b: [StrokeSpline.Position]) -> Double {
    var best = Double.infinity
    for (points, other) in [(a, b), (b, a)] {
      // Up to 128 points of a long polyline are enough.
      for i in stride(from: 0, to: points.count, by: max(1, points.count / 64)) {
        for j in other.indices {
          let from = other[max(j - 1, 0)]
          let along = other[j] - from
          let length = (along * along).sum()
          let offset = points[i] - from
          let t = length > 0 ? min(max((offset * along).sum() / length, 0), 1) : 0
          let rest = offset - t * along
          best = min(best, (rest * rest).sum())
        }
      }
    }
    return best.squareRoot()
  }
}
