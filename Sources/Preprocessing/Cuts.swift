// Cuts through touching neighbours.

import Ink

/// Cuts a piece that is too wide for one symbol where two may touch: along the way from top to bottom that
/// crosses least ink.
enum Cuts {
  /// Wider than this against its height, ink may be two symbols.
  private static let leastWidth = 1.05
  /// Flatter ink than this is a line, not a row of touching symbols.
  private static let mostWidth = 9.0
  private static let mostCuts = 7
  /// Strokes that must be cut are drawn with so many pixels a line's height.
  private static let cutHeight = 96.0

  /// The parts of a piece, or the piece alone.
  static func pieces(of piece: Piece, lineHeight: Double, among line: [Piece]) -> [Piece] {
    let box = piece.box
    guard box.height >= 0.5 * lineHeight, box.width > leastWidth * box.height,
      box.width < mostWidth * box.height
    else { return [piece] }
    if let patch = piece.patch { return parts(of: patch, box: box, unit: 1) ?? [piece] }
    // Strokes are split by their own ends first; one stroke through two symbols must be cut as pixels.
    let scale = cutHeight / max(box.height, 1)
    let width = Int(box.width * scale) + 2
    let height = Int(box.height * scale) + 2
    let pen = Pen(scale: scale, x: 1 - box.x * scale, y: 1 - box.y * scale)
    var patch = Patch(box: PixelBox(columns: 0..<width, rows: 0..<height))
    patch.ink = pen.coverage(of: piece.strokes, width: width, height: height)
    return parts(of: patch, box: box, unit: 1 / scale) ?? [piece]
  }

  private static func parts(of patch: Patch, box: Box, unit: Double) -> [Piece]? {
    let ink = patch.ink
    let cuts = self.cuts(through: ink)
    if cuts.isEmpty { return nil }
    var pieces: [Piece] = []
    for i in 0...cuts.count {
      var part = Coverage(width: ink.width, height: ink.height)
      for y in 0..<ink.height {
        let from = i == 0 ? 0 : cuts[i - 1][y]
        let to = i == cuts.count ? ink.width : cuts[i][y]
        for x in min(from, to)..<to { part[x, y] = ink[x, y] }
      }
      guard let tight = Fitting.tightBox(of: part, within: part.box) else { return nil }
      var result = Patch(
        box: PixelBox(
          columns: patch.box.columns.lowerBound + tight.columns.lowerBound..<patch.box.columns.lowerBound
            + tight.columns.upperBound,
          rows: patch.box.rows.lowerBound + tight.rows.lowerBound..<patch.box.rows.lowerBound
            + tight.rows.upperBound))
      for y in 0..<tight.height {
        for x in 0..<tight.width {
          result.ink[x, y] = part[tight.columns.lowerBound + x, tight.rows.lowerBound + y]
        }
      }
      pieces.append(
        Piece(
          box: Box(
            x: box.x + Double(tight.columns.lowerBound) * unit,
            y: box.y + Double(tight.rows.lowerBound) * unit,
            width: Double(tight.width) * unit, height: Double(tight.height) * unit),
          strokes: [], patch: result, unit: unit, isCutFromNext: i < cuts.count))
    }
    return pieces
  }

  /// The cuts from left to right, each a column for every row.
  private static func cuts(through ink: Coverage) -> [[Int]] {
    let (width, height) = (ink.width, ink.height)
    var columns = [Double](repeating: 0, count: width)
    for y in 0..<height { for x in 0..<width { columns[x] += Double(ink[x, y]) / 255 } }
    let blur = max(1, height / 40)
    let smooth = columns.indices.map { x in
      let range = max(0, x - blur)...min(width - 1, x + blur)
      return range.reduce(0) { $0 + columns[$1] } / Double(range.count)
    }
    let margin = max(2, height / 5)
    let spacing = max(2, height / 5)
    var chosen: [Int] = []
    if width <= 2 * margin { return [] }
    // The thinnest places first, no two close to each other.
    for x in (margin..<width - margin).sorted(by: { (smooth[$0], $0) < (smooth[$1], $1) }) {
      let isLowest = (max(0, x - spacing / 2)...min(width - 1, x + spacing / 2)).allSatisfy {
        smooth[$0] >= smooth[x]
      }
      if isLowest, chosen.allSatisfy({ abs($0 - x) >= spacing }) { chosen.append(x) }
      if chosen.count == mostCuts { break }
    }
    var result: [[Int]] = []
    for x in chosen.sorted() {
      var way = self.way(through: ink, around: x, reach: max(2, height / 6))
      if let last = result.last { for y in way.indices { way[y] = max(way[y], last[y]) } }
      result.append(way)
    }
    return result
  }

  /// The way down that crosses least ink, near a column.
  private static func way(through ink: Coverage, around column: Int, reach: Int) -> [Int] {
    let left = max(1, column - reach)
    let count = min(ink.width - 1, column + reach) - left + 1
    var costs = (0..<count).map { Double(abs(left + $0 - column)) * 0.05 }
    var steps: [[Int8]] = []
    for y in 0..<ink.height {
      var next = costs
      var row = [Int8](repeating: 0, count: count)
      for i in 0..<count {
        var best = costs[i]
        if i > 0, costs[i - 1] + 0.1 < best {
          best = costs[i - 1] + 0.1
          row[i] = -1
        }
        if i + 1 < count, costs[i + 1] + 0.1 < best {
          best = costs[i + 1] + 0.1
          row[i] = 1
        }
        next[i] = best + Double(ink[left + i, y]) / 255
      }
      costs = next
      steps.append(row)
    }
    var at = costs.indices.min { costs[$0] < costs[$1] } ?? 0
    var way = [Int](repeating: 0, count: ink.height)
    for y in (0..<ink.height).reversed() {
      way[y] = left + at
      at += Int(steps[y][at])
    }
    return way
  }
}
