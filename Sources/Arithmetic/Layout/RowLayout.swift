// Lines of writing, and the exercises that stand side by side in them.

import Ink

/// Lines of writing.
enum RowLayout {
  /// A gap of more sizes of the writing ends a line.
  private static let longestGap = 6.0

  /// The lines, each from left to right.
  static func rows(_ nodes: [LayoutNode], size: Double) -> [[LayoutNode]] {
    struct Row {
      var nodes: [LayoutNode]
      var right: Double
      /// The last part that shows where the line is: not raised, not small.
      var reference: LayoutNode
    }
    var rows: [Row] = []
    for node in nodes.sorted(by: { ($0.box.x, $0.axis) < ($1.box.x, $1.axis) }) {
      var best: (index: Int, cost: Double)?
      if node.kind != .column {
        for (index, row) in rows.enumerated() where row.reference.kind != .column {
          let gap = node.box.x - row.right
          guard gap <= longestGap * size,
            isOnLine(node, row.reference, size: size)
              || isExponent(node, of: row.reference, row.nodes, size: size)
          else { continue }
          let cost = abs(node.axis - row.reference.axis) + 0.15 * max(0, gap)
          if cost < best?.cost ?? .infinity { best = (index, cost) }
        }
      }
      guard let index = best?.index else {
        rows.append(Row(nodes: [node], right: node.box.right, reference: node))
        continue
      }
      rows[index].nodes.append(node)
      rows[index].right = max(rows[index].right, node.box.right)
      if showsLine(node, after: rows[index].reference) { rows[index].reference = node }
    }
    return rows.map(\.nodes)
  }

  /// Whether a part is at the height of a line: within it, or raised as an exponent.
  private static func isOnLine(_ node: LayoutNode, _ reference: LayoutNode, size: Double) -> Bool {
    let (upper, lower) = range(reference, size: size)
    // Points and commas stand lower than anything else.
    let below = node.kind == .mark ? 0.6 : 0.2
    if node.axis >= upper - 0.4 * size && node.axis <= lower + below * size { return true }
    if node.kind == .fraction, node.axis < upper, node.box.bottom >= upper + 0.1 * size { return true }
    // The line may begin with a low or small part.
    let (top, bottom) = range(node, size: size)
    return reference.axis >= top && reference.axis <= bottom
  }

  /// Whether a part stands above the right end of the last part of a line, or of an exponent there.
  private static func isExponent(
    _ node: LayoutNode, of reference: LayoutNode, _ row: [LayoutNode], size: Double
  ) -> Bool {
    guard let last = row.last, node.kind != .mark, node.box.x - last.box.right <= 0.8 * size else {
      return false
    }
    return [reference, last].contains { base in
      let (upper, _) = range(base, size: size)
      // A small part may float higher.
      let reach = node.box.height <= 0.8 * size ? 0.35 : 0.2
      return (base.isTall || base.kind == .blank) && node.axis < base.axis
        && node.box.bottom >= upper - reach * size
    }
  }

  private static func range(_ node: LayoutNode, size: Double) -> (Double, Double) {
    let half = node.isTall ? max(node.box.height, 0.6 * size) / 2 : 0.5 * size
    return (node.axis - half, node.axis + half)
  }

  private static func showsLine(_ node: LayoutNode, after reference: LayoutNode) -> Bool {
    let isRaised = reference.isTall && node.axis < reference.box.y + 0.3 * reference.box.height
    return node.kind != .mark && !isRaised
  }

  /// Cuts a line into exercises that stand side by side.
  ///
  /// A gap between a number and a number is wide only between exercises. Behind an equals sign any gap may be left for the
  /// answer, unless what follows is an exercise of its own.
  static func exercises(_ row: [LayoutNode], size: Double) -> [[LayoutNode]] {
    guard row.count > 1 else { return [row] }
    var gaps = [0.0]
    var right = row[0].box.right
    for node in row.dropFirst() {
      gaps.append(node.box.x - right)
      right = max(right, node.box.right)
    }
    let usual = gaps.dropFirst().sorted()[(gaps.count - 1) / 2]
    var result: [[LayoutNode]] = []
    var current = [row[0]]
    for index in 1..<row.count {
      if isBoundary(current, row[index...], gap: gaps[index], usual: max(0, usual), size: size) {
        result.append(current)
        current = []
      }
      current.append(row[index])
    }
    result.append(current)
    return result
  }

  private static func isBoundary(
    _ before: [LayoutNode], _ after: ArraySlice<LayoutNode>, gap: Double, usual: Double, size: Double
  ) -> Bool {
    guard let last = before.last, let next = after.first else { return false }
    let word = before.reversed().prefix { $0.kind == .letter }.reversed()
    if ItemLayout.isRemainder(word) { return gap > 3 * size }
    if last.endsOperand && next.beginsOperand || last.kind == .letter && next.beginsOperand {
      return gap > max(0.9 * size, 1.8 * usual)
    }
    let isComplete = before.contains { $0.kind == .relation } && last.endsOperand
    if isComplete, next.kind == .letter { return gap > max(1.5 * size, 2 * usual) }
    // A sign can begin an exercise, or go on with one.
    if isComplete, next.kind == .bar || next.sign == "+" { return gap > max(2.5 * size, 3 * usual) }
    guard last.kind == .relation, next.beginsOperand || next.kind == .letter else { return false }
    // What follows the equals sign, up to the next wide gap.
    var right = next.box.right
    for node in after.dropFirst() {
      if node.box.x - right > max(1.5 * size, 2 * usual) { break }
      right = max(right, node.box.right)
      if node.kind == .relation { return gap > max(1.5 * size, 2 * usual) }
    }
    return false
  }
}
