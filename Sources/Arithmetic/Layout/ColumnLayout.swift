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

    var members: [Int] { digits + [operation].compactMap(\.self) }
  }

  /// What stands on one side of a rule, the nearest first.
  private struct Rows {
    var rows: [Row] = []
    var carries: [Int] = []
    var rules: [Int] = []
  }

  /// A digit of less than so much of the usual height is a carry.
  private static let smallest = 0.62
  /// A digit of less than so much of the usual height is a carry if it stands above its row.
  private static let smallAboveRow = 0.78

  /// Finds the calculation above and below a rule.
  ///
  /// - Parameters:
  ///   - rule: the index of the rule.
  ///   - nodes: all parts of the block.
  ///   - isFree: which of them belong to nothing yet.
  ///   - size: the height of the writing.
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
    var below = Self.rows(
      window.filter { !isAbove($0) }, nodes, from: nodes[rule].axis, digitHeight, upwards: false)
    let rows = Array(above.rows.reversed())
    Self.keepResult(&below, of: rows, nodes)
    guard Self.isCalculation(rows, hasSecondRule: !below.rules.isEmpty, nodes, digitHeight),
      Self.isSeparate(rows + below.rows, window, nodes, isFree, size)
    else { return nil }
    let written = [rule] + below.rules + (rows + below.rows).flatMap(\.members)
    let carries = Self.carries(above.carries + below.carries, near: written, nodes, isFree, digitHeight)
    members = written + carries
    let result = below.rows.last { below.rules.isEmpty || $0.axis > nodes[below.rules[0]].axis }
    node = LayoutNode(
      .column, of: members.map { nodes[$0] }, axis: nodes[rule].axis,
      tokens: Self.tokens(rows, nodes) + [LayoutToken("=", nodes[rule].symbols)]
        + (result?.digits ?? []).flatMap { nodes[$0].tokens })
  }

  /// The signs above the rule; a row without an operation has that of the last row.
  private static func tokens(_ rows: [Row], _ nodes: [LayoutNode]) -> [LayoutToken] {
    let common = rows.compactMap(\.operation).last
    return rows.enumerated().flatMap { position, row in
      let operation = position > 0 ? row.operation ?? common : nil
      return (operation.map { [Self.operation(nodes[$0])] } ?? []) + row.digits.flatMap { nodes[$0].tokens }
    }
  }

  /// Whether the rows above a rule are a calculation: numbers aligned on the right with an operation, or a multiplication
  /// in one row if a second rule follows; with one rule that is a fraction.
  private static func isCalculation(
    _ rows: [Row], hasSecondRule: Bool, _ nodes: [LayoutNode], _ digitHeight: Double
  ) -> Bool {
    guard let first = rows.first, let last = rows.last else { return false }
    if rows.count == 1 { return hasSecondRule && isProduct(first.digits, nodes) }
    return last.operation != nil
      && rows.allSatisfy { row in
        abs(row.right - first.right) <= 1.2 * digitHeight || row.digits.contains { nodes[$0].kind == .mark }
      }
  }

  /// Leaves of what stands below the rule only what belongs to the calculation: the result, and in a multiplication the
  /// partial products and the second rule before it.
  private static func keepResult(_ below: inout Rows, of rows: [Row], _ nodes: [LayoutNode]) {
    let isMultiplication = rows.contains { row in
      isProduct(row.digits, nodes)
        || row.operation.map { operation(nodes[$0]).sign == "·" || nodes[$0].sign == "×" } ?? false
    }
    let second = below.rules.first.map { nodes[$0].axis }
    let partial = below.rows.prefix { row in second.map { row.axis < $0 } ?? false }
    let arePartial =
      partial.count > 1 && partial.allSatisfy { row in row.operation.map { nodes[$0].sign == "+" } ?? true }
    if isMultiplication, arePartial {
      below.rows = Array(below.rows.prefix(partial.count + 1))
      below.rules = Array(below.rules.prefix(1))
    } else {
      below.rows = Array(below.rows.prefix(1).filter { row in second.map { row.axis < $0 } ?? true })
      below.rules = []
    }
  }

  /// Small digits and strokes between and beside the rows.
  private static func carries(
    _ found: [Int], near written: [Int], _ nodes: [LayoutNode], _ isFree: [Bool], _ digitHeight: Double
  ) -> [Int] {
    let area = LayoutNode(.column, of: written.map { nodes[$0] }, axis: 0, tokens: []).box.grown(
      by: 0.8 * digitHeight)
    return nodes.indices.filter { index in
      let node = nodes[index]
      guard isFree[index], !written.contains(index), area.touches(node.box) else { return false }
      let extent = max(node.box.height, node.kind == .bar ? node.box.width : 0)
      let isSmall = (node.kind == .digit || node.kind == .bar) && extent < smallest * digitHeight
      return isSmall || found.contains(index)
    }
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
  ) -> Rows {
    let direction = upwards ? -1.0 : 1.0
    let order = window.sorted { (direction * nodes[$0].axis, $0) < (direction * nodes[$1].axis, $1) }
    var result = Rows()
    var edge = start
    for index in order where nodes[index].kind == .digit || nodes[index].kind == .bar {
      let node = nodes[index]
      if direction * (node.axis - edge) > 2 * digitHeight { break }
      if node.kind == .bar {
        guard node.box.width >= 1.2 * digitHeight else { continue }
        // A rule above the numbers is that of another calculation.
        if upwards { break }
        result.rules.append(index)
        edge = node.axis
      } else if isCarry(node, result.rows.last?.axis, digitHeight, upwards: upwards) {
        result.carries.append(index)
      } else if let last = result.rows.last, abs(node.axis - last.axis) <= 0.55 * digitHeight {
        result.rows[result.rows.count - 1].digits.append(index)
      } else {
        result.rows.append(Row(digits: [index], axis: node.axis))
        edge = node.axis
      }
    }
    for index in order where nodes[index].kind != .digit { add(index, to: &result.rows, nodes, digitHeight) }
    for row in result.rows.indices {
      result.rows[row].digits.sort { nodes[$0].box.x < nodes[$1].box.x }
      result.rows[row].right = result.rows[row].digits.map { nodes[$0].box.right }.max() ?? 0
    }
    // Rows of anything but numbers are no rows of a calculation, and end it.
    let end = result.rows.firstIndex { row in
      !row.digits.allSatisfy { nodes[$0].kind == .digit || nodes[$0].kind == .mark }
        && !isProduct(row.digits, nodes)
    }
    if let end { result.rows.removeSubrange(end...) }
    // A row of somewhat smaller digits above all others, or one that is not aligned with them, is one of carries.
    if upwards, result.rows.count > 2, let top = result.rows.last {
      let isSmall = top.digits.allSatisfy { nodes[$0].box.height < smallAboveRow * digitHeight }
      if isSmall || result.rows[0].right - top.right > 1.2 * digitHeight {
        result.carries += top.digits
        result.rows.removeLast()
      }
    }
    return result
  }

  /// Adds a sign to the nearest row: as its operation if it stands on the left of its digits, else between them.
  private static func add(_ index: Int, to rows: inout [Row], _ nodes: [LayoutNode], _ digitHeight: Double) {
    let node = nodes[index]
    guard let row = rows.indices.min(by: { abs(rows[$0].axis - node.axis) < abs(rows[$1].axis - node.axis) }),
      abs(rows[row].axis - node.axis) <= 0.8 * digitHeight
    else { return }
    let left = rows[row].digits.map { nodes[$0].box.x }.min() ?? 0
    if node.centerX >= left + 0.1 * digitHeight {
      if node.kind != .bar || node.box.width < 1.2 * digitHeight { rows[row].digits.append(index) }
    } else if isOperation(node, digitHeight) {
      rows[row].operation = index
    }
  }

  /// Whether a digit is a carry: clearly smaller than the others, or somewhat smaller and above its row.
  private static func isCarry(
    _ node: LayoutNode, _ rowAxis: Double?, _ digitHeight: Double, upwards: Bool
  ) -> Bool {
    if node.box.height < smallest * digitHeight { return true }
    guard let rowAxis, upwards else { return false }
    return node.box.height < smallAboveRow * digitHeight
      && (0.25...0.55).contains((rowAxis - node.axis) / digitHeight)
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
      let members = row.members
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
