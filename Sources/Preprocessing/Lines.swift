// Division of the pieces of a page into lines.

package import Ink

/// Divides pieces of ink into lines, and removes dust.
package enum Lines {
  /// The lines from top to bottom, each from left to right.
  ///
  /// - Parameters:
  ///   - pieces: the pieces of a page.
  ///   - minInk: ink whose longer side is a smaller share of the largest ink's size is dust.
  ///   - isForm: whether small figures above others, and marks far from all lines, are lines of their own.
  /// - Returns: the lines.
  static func lines(
    of pieces: [Piece], minInk: Double = DecodingCosts.standard.minInk, isForm: Bool = false
  ) -> [[Piece]] {
    guard let highest = pieces.map(\.box.height).max(), let widest = pieces.map(\.box.width).max() else {
      return []
    }
    let size = max(highest, min(widest, highest * 4))
    let pieces = stacksJoined(
      pieces.filter { max($0.box.width, $0.box.height) >= minInk * size },
      minShare: isForm ? minFormStackShare : minStackShare)
    let tallest = pieces.map(\.box.height).max() ?? highest
    let tall = pieces.indices.filter { pieces[$0].box.height >= 0.4 * tallest }
    var groups: [[Int]] = []
    // Neighbours in a line share a large part of their height, also where the line is a little slanted.
    for i in tall.sorted(by: { pieces[$0].box.x < pieces[$1].box.x }) {
      let box = pieces[i].box
      var best: (group: Int, share: Double)?
      for (number, group) in groups.enumerated() {
        guard let last = group.last else { continue }
        let other = pieces[last].box
        let shared = min(box.bottom, other.bottom) - max(box.y, other.y)
        let share = shared / min(box.height, other.height)
        if share >= 0.4, share > (best?.share ?? 0), box.x - other.right < 6 * tallest {
          best = (number, share)
        }
      }
      if let best { groups[best.group].append(i) } else { groups.append([i]) }
    }
    let chosen = Set(tall)
    for i in pieces.indices where !chosen.contains(i) {
      let box = pieces[i].box
      let nearest = groups.indices.min {
        distance(box, groups[$0], pieces) < distance(box, groups[$1], pieces)
      }
      if let nearest, !isForm || distance(box, groups[nearest], pieces) <= 4 * tallest * tallest {
        groups[nearest].append(i)
      } else {
        groups.append([i])
      }
    }
    let lines = groups.flatMap { group in
      let line = group.map { pieces[$0] }
      return (isForm ? raisedApart(line) : [line]).map { line in
        line.sorted { $0.box.x + $0.box.right < $1.box.x + $1.box.right }
      }
    }
    return readingOrder(of: lines.map { $0.map(\.box) }).map { lines[$0] }
  }

  /// The pieces on each guide line that has any, from top to bottom.
  ///
  /// - Parameters:
  ///   - pieces: the pieces of a page.
  ///   - guides: the guide lines, at least one.
  ///   - minInk: ink whose longer side is a smaller share of the height of capitals is dust.
  /// - Returns: the guide lines with their pieces from left to right.
  static func lines(
    of pieces: [Piece], on guides: [GuideLine], minInk: Double
  ) -> [GuidedLine] {
    let guides = guides.sorted { $0.baseline < $1.baseline }
    var groups = [[Piece]](repeating: [], count: guides.count)
    for piece in pieces {
      let middle = piece.box.y + piece.box.height / 2
      let nearest = guides.indices.min {
        abs(guides[$0].middle - middle) / guides[$0].height < abs(guides[$1].middle - middle)
          / guides[$1].height
      }
      guard let nearest, max(piece.box.width, piece.box.height) >= minInk * guides[nearest].height else {
        continue
      }
      groups[nearest].append(piece)
    }
    return zip(guides, groups).filter { !$0.1.isEmpty }.map { guide, pieces in
      GuidedLine(
        guide: guide, pieces: pieces.sorted { $0.box.x + $0.box.right < $1.box.x + $1.box.right })
    }
  }

  /// A guide line with the pieces that stand on it.
  struct GuidedLine {
    var guide: GuideLine
    var pieces: [Piece]
  }

  /// The pieces of a line, and as lines of their own those that stand above others: carried digits, exponents.
  private static func raisedApart(_ line: [Piece]) -> [[Piece]] {
    let height = height(line)
    let raised = line.indices.filter { i in
      let box = line[i].box
      guard box.height >= minRaisedHeight * height, box.height <= maxRaisedHeight * height,
        box.width <= maxRaisedAspect * box.height
      else { return false }
      return line.contains { below in
        below.box.height >= minHeightBelow * height && box.y <= below.box.y - 0.1 * height
          && min(below.box.right, box.right) - max(below.box.x, box.x) >= 0.3 * box.width
          && box.bottom <= below.box.y + maxRaisedBottom * below.box.height
      }
    }
    if raised.isEmpty { return [line] }
    return [line.indices.filter { !raised.contains($0) }.map { line[$0] }] + raised.map { [line[$0]] }
  }

  /// The height of a raised piece, and the least height of the piece below it, as shares of the line's height.
  private static let (minRaisedHeight, maxRaisedHeight, minHeightBelow) = (0.28, 0.75, 0.65)
  /// The greatest width of a raised piece as a share of its height: the bar of a 5 is wider.
  private static let maxRaisedAspect = 1.2
  /// How far a raised piece reaches down beside the piece below it, as a share of that piece's height.
  private static let maxRaisedBottom = 0.4

  /// The order of lines, given as the boxes of their ink: from top to bottom, and from left to right at one height.
  package static func readingOrder(of lines: [[Box]]) -> [Int] {
    let middles = lines.map { line in
      line.reduce(0) { $0 + ($1.y + $1.bottom) / 2 } / Double(max(line.count, 1))
    }
    let heights = lines.map { $0.map(\.height).max() ?? 0 }
    var rows: [[Int]] = []
    for line in lines.indices.sorted(by: { middles[$0] < middles[$1] }) {
      if let first = rows.last?.first,
        middles[line] - middles[first] < 0.5 * min(heights[line], heights[first])
      {
        rows[rows.count - 1].append(line)
      } else {
        rows.append([line])
      }
    }
    return rows.flatMap { row in row.sorted { (lines[$0].first?.x ?? 0) < (lines[$1].first?.x ?? 0) } }
  }

  /// The least gap between two lines, as a share of the height of a piece and the one below it together.
  private static let minGapOfLines = 0.1

  /// The least height of each of two joined pieces as a share of both.
  private static let minStackShare = 0.25
  /// The same on a form, where a small figure above a digit is not part of it.
  private static let minFormStackShare = 0.36

  /// Joins pieces that lie closely above each other: the two rings of an 8 are not two lines.
  private static func stacksJoined(_ pieces: [Piece], minShare: Double) -> [Piece] {
    var result: [Piece] = []
    for piece in pieces.sorted(by: { $0.box.y < $1.box.y }) {
      if let i = result.firstIndex(where: {
        isStack($0, piece, minShare: minShare) && !isLineGap($0.box, piece.box, pieces)
      }) {
        result[i] = result[i].joined(with: piece)
      } else {
        result.append(piece)
      }
    }
    return result
  }

  private static func isStack(_ above: Piece, _ below: Piece, minShare: Double) -> Bool {
    let (a, b) = (above.box, below.box)
    let both = a.union(b)
    let shared = min(a.right, b.right) - max(a.x, b.x)
    return above.canJoin(below) && both.width < both.height && shared >= 0.6 * min(a.width, b.width)
      && min(a.height, b.height) >= minShare * both.height
      && b.y - a.bottom <= minGapOfLines * both.height && b.y > a.y + 0.5 * a.height
  }

  /// Whether the gap between two pieces also separates their neighbours: then it is a gap between two lines.
  private static func isLineGap(_ above: Box, _ below: Box, _ pieces: [Piece]) -> Bool {
    let both = above.union(below)
    let row = (above.bottom + below.y) / 2
    var separated = 0
    for box in pieces.map(\.box) where box != above && box != below {
      let gap = max(box.x - both.right, both.x - box.right)
      guard gap >= 0, gap < both.height, min(box.bottom, both.bottom) > max(box.y, both.y) else { continue }
      // A neighbour that extends over the gap is a whole digit beside a broken one.
      if min(row - box.y, box.bottom - row) > minGapOfLines * both.height { return false }
      if 2 * box.height >= min(above.height, below.height) { separated += 1 }
    }
    return separated > 0
  }

  private static func distance(_ box: Box, _ group: [Int], _ pieces: [Piece]) -> Double {
    group.map { i in
      let other = pieces[i].box
      let x = max(0, max(box.x - other.right, other.x - box.right))
      let y = max(0, max(box.y - other.bottom, other.y - box.bottom))
      return x * x + y * y
    }
    .min() ?? .infinity
  }

  private static func height(_ line: [Piece]) -> Double { line.map(\.box.height).max() ?? 0 }
}
