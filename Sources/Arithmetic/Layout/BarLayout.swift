// What bars and boxes mean: fractions, and gaps that are filled in.

import Ink

/// Replaces bars and boxes by what they mean: fractions, missing operands, columns.
///
/// Bars of which nothing is known here stay, as minus signs or underlines of a line.
struct BarLayout {
  private var nodes: [LayoutNode]
  private var isFree: [Bool]
  private let size: Double

  /// More symbols above or below a bar are no numerator or denominator.
  private static let largestPart = 48
  /// How far the next number may stand from an underline along its base line, in sizes of the writing: a minus sign may
  /// stand between them.
  private static let widestGap = 2.5

  init(_ nodes: [LayoutNode], size: Double) {
    self.nodes = nodes
    self.size = size
    isFree = nodes.map { _ in true }
    replaceBoxes()
    replaceColumns()
    replaceBars()
  }

  /// The parts that are left.
  var result: [LayoutNode] { zip(nodes, isFree).compactMap { $1 ? $0 : nil } }

  private mutating func replace(_ members: [Int], by node: LayoutNode) {
    for index in members { isFree[index] = false }
    nodes.append(node)
    isFree.append(true)
  }

  /// An empty box is a missing operand; what stands in a box is the answer.
  private mutating func replaceBoxes() {
    for index in nodes.indices where nodes[index].kind == .box {
      let box = nodes[index].box
      let content = nodes.indices.filter { other in
        isFree[other] && nodes[other].kind != .box && box.x <= nodes[other].centerX
          && nodes[other].centerX <= box.right && box.y <= nodes[other].axis
          && nodes[other].axis <= box.bottom
      }
      replace([index] + content, by: filledIn(index, content))
    }
  }

  /// A missing operand with what was written into its gap.
  private func filledIn(_ gap: Int, _ content: [Int]) -> LayoutNode {
    var tokens = content.isEmpty ? [LayoutToken("_", nodes[gap].symbols)] : row(content)
    if !content.isEmpty { for index in tokens.indices { tokens[index].isFilledIn = true } }
    let tall = content.map { nodes[$0] }
    // An underline without content stands for an operand above it.
    let isLine = nodes[gap].kind == .bar && content.isEmpty
    let height = isLine ? nodes[gap].axis - size / 2 : nodes[gap].axis
    let axis = tall.isEmpty ? height : tall.reduce(0) { $0 + $1.axis } / Double(tall.count)
    var node = LayoutNode(.blank, of: ([gap] + content).map { nodes[$0] }, axis: axis, tokens: tokens)
    if isLine { node.box = Box(x: node.box.x, y: axis - size / 2, width: node.box.width, height: size) }
    return node
  }

  private func row(_ members: [Int]) -> [LayoutToken] {
    TokenLayout.tokens(members.map { nodes[$0] }.sorted { $0.box.x < $1.box.x }, size: size)
  }

  private mutating func replaceColumns() {
    let rules = nodes.indices.filter { nodes[$0].kind == .bar }.sorted { nodes[$0].axis < nodes[$1].axis }
    for rule in rules where isFree[rule] {
      if let column = ColumnLayout(rule: rule, nodes: nodes, isFree: isFree, size: size) {
        replace(column.members, by: column.node)
      }
    }
  }

  /// Fractions and underlines; inner fractions have the narrower bars and come first.
  private mutating func replaceBars() {
    let bars = nodes.indices.filter { isFree[$0] && nodes[$0].kind == .bar }
    for bar in bars.sorted(by: { (nodes[$0].box.width, $0) < (nodes[$1].box.width, $1) }) where isFree[bar] {
      if nodes[bar].sign == "-", let numerator = part(of: bar, isAbove: true),
        let denominator = part(of: bar, isAbove: false)
      {
        let tokens =
          [LayoutToken("(")] + row(numerator) + [
            LayoutToken(")"), LayoutToken("/", nodes[bar].symbols), LayoutToken("("),
          ]
          + row(denominator) + [LayoutToken(")")]
        let members = numerator + [bar] + denominator
        let fraction = LayoutNode(
          .fraction, of: members.map { nodes[$0] }, axis: nodes[bar].axis, tokens: tokens)
        replace(members, by: fraction)
      } else if let content = underlined(bar) {
        if content.contains(where: { nodes[$0].kind == .relation }) {
          // The underline of a whole formula is decoration.
          isFree[bar] = false
        } else {
          replace([bar] + content, by: filledIn(bar, content))
        }
      } else if nodes[bar].sign == "_" {
        replace([bar], by: filledIn(bar, []))
      }
    }
  }

  /// The numerator or the denominator of a bar: what stands close above or below it, and nothing beside it that would
  /// make it a part of another line.
  private func part(of bar: Int, isAbove: Bool) -> [Int]? {
    let line = nodes[bar]
    // Parts on the other side of the bar, or at its height, are no candidates.
    func distance(_ node: LayoutNode) -> Double {
      isAbove ? line.axis - node.box.bottom : node.box.y - line.axis
    }
    let reach = max(size, line.box.width)
    // A long bar is hardly a minus sign between two lines of writing.
    let farthest = line.box.width >= 1.2 * size ? 1.3 * size : 0.75 * size
    let candidates = nodes.indices.filter { index in
      let node = nodes[index]
      return isFree[index] && index != bar && node.kind != .column && distance(node) >= -0.2 * size
        && (isAbove ? line.axis - node.axis : node.axis - line.axis) >= 0.25 * size
        && node.box.right >= line.box.x - reach && node.box.x <= line.box.right + reach
    }
    func isInside(_ node: LayoutNode) -> Bool {
      node.box.x >= line.box.x - 0.4 * size && node.box.right <= line.box.right + 0.4 * size
    }
    var found = candidates.filter { index in
      distance(nodes[index]) <= farthest && isInside(nodes[index]) && nodes[index].kind != .mark
    }
    // A bar is not the whole of a part.
    guard found.contains(where: { nodes[$0].kind != .bar }) else { return nil }
    // The base of a power of which this is the exponent is larger.
    let height = found.map { nodes[$0].box.height }.max() ?? 0
    var rest = candidates.filter {
      !found.contains($0) && !(nodes[$0].isTall && nodes[$0].box.height > 1.4 * height)
    }
    var position = 0
    while position < found.count {
      guard found.count <= Self.largestPart else { return nil }
      let box = nodes[found[position]].box
      position += 1
      let near = rest.filter { index in
        let other = nodes[index].box
        return other.x <= box.right + 0.6 * size && box.x <= other.right + 0.6 * size
          && other.y <= box.bottom + 0.1 * size && box.y <= other.bottom + 0.1 * size
      }
      guard near.allSatisfy({ isInside(nodes[$0]) }) else { return nil }
      found += near
      rest.removeAll(where: near.contains)
    }
    return found
  }

  /// What stands on an underline: at most its width, and the line runs along the bottom of its neighbors.
  private func underlined(_ bar: Int) -> [Int]? {
    let line = nodes[bar]
    let content = nodes.indices.filter { index in
      let node = nodes[index]
      return isFree[index] && index != bar && node.kind != .column && node.kind != .bar
        && node.centerX >= line.box.x && node.centerX <= line.box.right && node.axis < line.axis
        && abs(line.axis - (node.isTall ? node.box.bottom : node.axis + size / 2)) <= 0.45 * size
    }
    guard content.contains(where: { nodes[$0].kind == .digit }), content.count <= Self.largestPart else {
      return nil
    }
    if nodes[bar].sign == "_" || content.contains(where: { nodes[$0].kind == .relation }) { return content }
    let isOnBaseline = nodes.indices.contains { index in
      let node = nodes[index]
      let gap = max(node.box.x - line.box.right, line.box.x - node.box.right)
      return isFree[index] && (node.isTall || node.kind == .operation || node.kind == .relation)
        && gap >= -0.2 * size && gap <= Self.widestGap * size
        && (node.isTall ? abs(node.box.bottom - line.axis) : abs(node.axis + 0.5 * size - line.axis)) <= 0.35
          * size
    }
    return isOnBaseline ? content : nil
  }
}
