// Written addition, subtraction and multiplication: numbers one below another, a rule, and the result below it.

import Ink

/// A calculation in columns: rows of numbers above a rule, aligned on the right, with the operation on the left.
struct ColumnLayout {
  /// The calculation as a part; its tokens read `row operation row … = result`.
  let node: LayoutNode
  /// The indices of the parts that it consists of, with carries and partial products.
  let members: [Int]

  /// A row of a calculation.
  private struct Row {
    var digits: [Int] = []
    var operation: Int?
    var axis = 0.0
    var right = 0.0
  }

  /// Finds the calculation above and below a rule.
  ///
  /// - Parameters:
  ///   - rule: the index of the rule.
  ///   - nodes: all parts of the block.
  ///   - isFree: which of them belong to nothing yet.
  init?(rule: Int, nodes: [LayoutNode], isFree: [Bool], size: Double) {
    let bar = nodes[rule].box
    guard nodes[rule].kind == .bar, bar.width >= 1.2 * size else { return nil }
    let window = nodes.indices.filter { index in
      index != rule && isFree[index] && nodes[index].centerX >= bar.x - 0.7 * size
        && nodes[index].centerX <= bar.right + 0.7 * size
    }
    let heights = window.filter { nodes[$0].kind == .digit }.map { nodes[$0].box.height }.sorted()
    guard heights.count >= 2 else { return nil }
    let digitHeight = heights[heights.count / 2]
    let isAbove = { (index: Int) in nodes[index].axis < nodes[rule].axis }
    let above = Self.rows(
      window.filter(isAbove).reversed(), nodes, from: nodes[rule].axis, digitHeight, upwards: true)
    guard let top = above.rows.last else { return nil }
    let rows = Array(above.rows.reversed())
    let operations = rows.map(\.operation)
    let isProductInOneRow = rows.count == 1 && Self.isProduct(top.digits, nodes)
    let below = Self.rows(
      window.filter { !isAbove($0) }, nodes, from: nodes[rule].axis, digitHeight, upwards: false)
    guard Self.isSeparate(above.rows + below.rows, window, nodes, isFree, size) else { return nil }
    if isProductInOneRow {
      // Without a second rule it is a fraction.
      guard below.rules.count == 1 else { return nil }
    } else {
      guard rows.count >= 2, let last = operations.last, last != nil,
        rows.allSatisfy({ abs($0.right - top.right) <= 1.2 * digitHeight || Self.hasMark($0.digits, nodes) })
      else { return nil }
    }
    // A multiplication in several steps has partial products between two rules.
    let result = below.rules.isEmpty ? below.rows.first : below.rows.last
    let resultRow =
      below.rules.isEmpty || (below.rows.last?.axis ?? 0) > nodes[below.rules[0]].axis ? result : nil

    var tokens: [LayoutToken] = []
    let common = operations.compactMap(\.self).last
    for (position, row) in rows.enumerated() {
      if position > 0, let operation = row.operation ?? common {
        tokens.append(Self.operation(nodes[operation]))
      }
      tokens += row.digits.flatMap { nodes[$0].tokens }
    }
    tokens.append(LayoutToken("=", nodes[rule].symbols))
    tokens += (resultRow?.digits ?? []).flatMap { nodes[$0].tokens }
    let written =
      [rule] + below.rules + (rows + below.rows).flatMap { $0.digits + [$0.operation].compactMap(\.self) }
    // Carries and borrowed tens stand between and beside the rows.
    let area = LayoutNode(.column, of: written.map { nodes[$0] }, axis: 0, tokens: []).box.grown(
      by: 0.8 * digitHeight)
    let found = above.carries + below.carries
    let carries = nodes.indices.filter { index in
      let node = nodes[index]
      let extent = max(node.box.height, node.kind == .bar ? node.box.width : 0)
      let isSmall = (node.kind == .digit || node.kind == .bar) && extent < 0.62 * digitHeight
      return isFree[index] && !written.contains(index)
        && (isSmall && area.touches(node.box) || found.contains(index))
    }
    members = written + carries
    node = LayoutNode(.column, of: members.map { nodes[$0] }, axis: nodes[rule].axis, tokens: tokens)
  }

  private static func operation(_ node: LayoutNode) -> LayoutToken {
    // A mark on the left of a row is the dot of a multiplication.
    node.kind == .mark ? LayoutToken("·", node.symbols) : LayoutToken(node.sign, node.symbols)
  }

  private static func isOperation(_ node: LayoutNode, _ digitHeight: Double) -> Bool {
    switch node.kind {
    case .bar: node.sign == "-" && node.box.width < 1.2 * digitHeight
    case .operation: node.sign == "+" || node.sign == "×"
    case .mark: node.sign == "·"
    default: false
    }
  }

  /// Rows of numbers one beyond another, as far as each is near the one before.
  private static func rows(
    _ window: [Int], _ nodes: [LayoutNode], from start: Double, _ digitHeight: Double, upwards: Bool
  ) -> (rows: [Row], carries: [Int], rules: [Int]) {
    let direction = upwards ? -1.0 : 1.0
    let order = window.sorted { (direction * nodes[$0].axis, $0) < (direction * nodes[$1].axis, $1) }
    var rows: [Row] = []
    var carries: [Int] = []
    var rules: [Int] = []
    var others: [Int] = []
    var edge = start
    for index in order where nodes[index].kind == .digit || nodes[index].kind == .bar {
      let node = nodes[index]
      let distance = direction * (node.axis - edge)
      if distance > 2 * digitHeight { break }
      if node.kind == .bar {
        guard node.box.width >= 1.2 * digitHeight else { continue }
        // A rule above the numbers is that of another calculation.
        if upwards { break }
        rules.append(index)
        edge = node.axis
      } else if isCarry(node, rows.last?.axis, digitHeight, upwards: upwards) {
        carries.append(index)
      } else if let last = rows.last, abs(node.axis - last.axis) <= 0.55 * digitHeight {
        rows[rows.count - 1].digits.append(index)
      } else {
        rows.append(Row(digits: [index], axis: node.axis))
        edge = node.axis
      }
    }
    for index in order where nodes[index].kind != .digit {
      let node = nodes[index]
      guard
        let row = rows.indices.min(by: { abs(rows[$0].axis - node.axis) < abs(rows[$1].axis - node.axis) }),
        abs(rows[row].axis - node.axis) <= 0.8 * digitHeight
      else { continue }
      let left = rows[row].digits.map { nodes[$0].box.x }.min() ?? 0
      if isOperation(node, digitHeight), node.centerX < left + 0.1 * digitHeight {
        rows[row].operation = index
      } else if node.kind == .mark || node.kind == .operation {
        others.append(index)
        rows[row].digits.append(index)
      } else if node.kind != .bar {
        others.append(index)
      }
    }
    for row in rows.indices {
      rows[row].digits.sort { nodes[$0].box.x < nodes[$1].box.x }
      rows[row].right = rows[row].digits.map { nodes[$0].box.right }.max() ?? 0
    }
    // Rows of anything but numbers are no rows of a calculation, and end it.
    let valid = rows.prefix { row in
      row.digits.allSatisfy { nodes[$0].kind == .digit || nodes[$0].kind == .mark }
        || isProduct(row.digits, nodes)
    }
    var kept = Array(valid)
    // A row of somewhat smaller digits above all others is one of carries.
    if upwards, kept.count > 2, let top = kept.last,
      top.digits.allSatisfy({ nodes[$0].box.height < 0.78 * digitHeight })
    {
      carries += top.digits
      kept.removeLast()
    }
    return (kept, carries, rules)
  }

  /// Whether a digit is a carry: clearly smaller than the others, or somewhat smaller and above its row.
  private static func isCarry(
    _ node: LayoutNode, _ rowAxis: Double?, _ digitHeight: Double, upwards: Bool
  ) -> Bool {
    if node.box.height < 0.62 * digitHeight { return true }
    guard let rowAxis, upwards else { return false }
    return node.box.height < 0.78 * digitHeight && (0.25...0.55).contains((rowAxis - node.axis) / digitHeight)
  }

  private static func hasMark(_ digits: [Int], _ nodes: [LayoutNode]) -> Bool {
    digits.contains { nodes[$0].kind == .mark }
  }

  /// Whether a row is a multiplication of two numbers.
  private static func isProduct(_ row: [Int], _ nodes: [LayoutNode]) -> Bool {
    let parts = row.split { nodes[$0].sign == "×" || nodes[$0].sign == "·" }
    return parts.count == 2 && parts.joined().allSatisfy { nodes[$0].kind == .digit }
      && parts.joined().count == row.count - 1
  }

  /// Whether nothing but the rows stands beside them: a row that goes on beyond the rule is a line of writing.
  private static func isSeparate(
    _ rows: [Row], _ window: [Int], _ nodes: [LayoutNode], _ isFree: [Bool], _ size: Double
  ) -> Bool {
    let inside = Set(window)
    return rows.allSatisfy { row in
      let members = row.digits + [row.operation].compactMap(\.self)
      let left = members.map { nodes[$0].box.x }.min() ?? 0
      let right = members.map { nodes[$0].box.right }.max() ?? 0
      return !nodes.indices.contains { index in
        let node = nodes[index]
        let gap = max(node.box.x - right, left - node.box.right)
        return isFree[index] && !inside.contains(index) && node.kind != .bar && gap <= 0.8 * size
          && abs(node.axis - row.axis) <= 0.5 * size
      }
    }
  }
}
