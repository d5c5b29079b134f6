// Pieces of a drawing: its strokes, those joined that were surely drawn as one symbol.

import Ink

/// Makes pieces of strokes by where and when they were drawn.
enum StrokePieces {
  /// A mark smaller than this part of the page, the pen's width left out, and alone, is dust.
  private static let dust = 4.0
  /// Strokes that were drawn within this many seconds of each other may well be one symbol's.
  private static let pause = 1.0

  static func pieces(of strokes: [Stroke]) -> [Piece] {
    let strokes = strokes.filter { !$0.samples.isEmpty }
    guard let all = Drawing(strokes).bounds,
      strokes.contains(where: { size($0) > dust }) || max(all.width, all.height) > 3 * dust
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

  /// A stroke's places and box.
  private struct Outline {
    var places: [StrokeSpline.Place]
    var box: Box
    var radius: Double
    var start: Double?
    var end: Double?

    init(_ stroke: Stroke) {
      places = stroke.samples.map { StrokeSpline.Place($0.point.x, $0.point.y) }
      box = stroke.bounds ?? Box(x: 0, y: 0, width: 0, height: 0)
      radius = stroke.width / 2
      start = stroke.samples.first?.time
      end = stroke.samples.last?.time
    }
  }

  /// Whether two strokes touch and lie over each other, so that no neighbour's stroke would be taken for them.
  private static func belongTogether(_ a: Outline, _ b: Outline, consecutive: Bool) -> Bool {
    let reach = a.radius + b.radius
    guard a.box.grown(by: reach).touches(b.box) else { return false }
    let shared = min(a.box.right, b.box.right) - max(a.box.x, b.box.x)
    let narrower = max(min(a.box.width, b.box.width), 1)
    var share = shared / narrower
    // The bar of a 5 or 7 reaches beyond the rest; drawn at once, less overlap tells as much.
    let together = consecutive && (zip(a.end, b.start).map { $1 - $0 < pause } ?? true)
    if together { share += 0.1 }
    return share >= 0.6 && distance(a.places, b.places) <= reach + 0.08 * max(a.box.height, b.box.height)
  }

  private static func zip(_ a: Double?, _ b: Double?) -> (Double, Double)? {
    guard let a, let b else { return nil }
    return (a, b)
  }

  /// The distance between two trails of places.
  private static func distance(_ a: [StrokeSpline.Place], _ b: [StrokeSpline.Place]) -> Double {
    var best = Double.infinity
    for (trail, other) in [(a, b), (b, a)] {
      // A long trail's every few places are close enough for this.
      for i in stride(from: 0, to: trail.count, by: max(1, trail.count / 64)) {
        for j in other.indices {
          let from = other[max(j - 1, 0)]
          let along = other[j] - from
          let length = (along * along).sum()
          let offset = trail[i] - from
          let t = length > 0 ? min(max((offset * along).sum() / length, 0), 1) : 0
          let apart = offset - t * along
          best = min(best, (apart * apart).sum())
        }
      }
    }
    return best.squareRoot()
  }
}
