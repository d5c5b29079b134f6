// Signs that are written in separate parts: = ÷ : ± ≤ ≥ ≠.

import Ink

/// Joins parts that make one sign.
struct CompoundSigns {
  private let nodes: [LayoutNode]
  private let size: Double
  private var isJoined: [Bool]
  private var joined: [LayoutNode] = []

  /// The nodes with the parts of compound signs replaced by the signs.
  static func joining(_ nodes: [LayoutNode], size: Double) -> [LayoutNode] {
    var signs = CompoundSigns(nodes, size: size)
    signs.joinDots()
    signs.joinBars()
    signs.joinBarsBelow()
    // A slash may cross an equals sign that has just been joined.
    var crossed = CompoundSigns(signs.result, size: size)
    crossed.joinSlashes()
    return crossed.result
  }

  private var result: [LayoutNode] { zip(nodes, isJoined).compactMap { $1 ? nil : $0 } + joined }

  private init(_ nodes: [LayoutNode], size: Double) {
    self.nodes = nodes.sorted { ($0.box.x, $0.symbols.first ?? 0) < ($1.box.x, $1.symbols.first ?? 0) }
    self.size = size
    isJoined = nodes.map { _ in false }
  }

  private mutating func join(_ parts: [Int], _ kind: LayoutNode.Kind, _ sign: Character) {
    for part in parts { isJoined[part] = true }
    let members = parts.map { nodes[$0] }
    var node = LayoutNode(
      kind, of: members, axis: 0, tokens: [LayoutToken(sign, members.flatMap(\.symbols).sorted())])
    node.axis = node.box.y + node.box.height / 2
    joined.append(node)
  }

  /// The parts with their indices that are not joined yet and whose box begins left of a limit, from a position on.
  private func candidates(from start: Int, to limit: Double, _ condition: (LayoutNode) -> Bool) -> [Int] {
    nodes.indices[start...].prefix { nodes[$0].box.x <= limit }.filter {
      !isJoined[$0] && condition(nodes[$0])
    }
  }

  /// The parts of the given kind whose center is within the width of a part.
  private func parts(within index: Int, _ condition: (LayoutNode) -> Bool) -> [Int] {
    let box = nodes[index].box
    // Small parts within the width begin not far left of it.
    let start = nodes.partitioningIndex { $0.box.x >= box.x - size }
    return candidates(from: start, to: box.right) { node in
      condition(node) && node.centerX >= box.x - 0.1 * size && node.centerX <= box.right + 0.1 * size
    }.filter { $0 != index }
  }

  /// ÷ from a bar between two dots or across a colon, and a colon from two dots.
  private mutating func joinDots() {
    let isDot = { (node: LayoutNode) in node.kind == .mark && node.sign != "," }
    for bar in nodes.indices where nodes[bar].kind == .bar && nodes[bar].box.width <= 2 * size {
      let near = parts(within: bar) { isDot($0) && abs($0.axis - self.nodes[bar].axis) <= 0.6 * size }
      let above = near.filter { nodes[$0].axis < nodes[bar].axis }
      let below = near.filter { nodes[$0].axis > nodes[bar].axis }
      if above.count == 1, below.count == 1 { join([bar] + above + below, .operation, "÷") }
      // Two dots that were joined before.
      let axis = nodes[bar].axis
      let colons = parts(within: bar) { $0.sign == ":" && $0.box.y < axis && axis < $0.box.bottom }
      if let colon = colons.first, !isJoined[bar] { join([bar, colon], .operation, "÷") }
    }
    for dot in nodes.indices where isDot(nodes[dot]) && !isJoined[dot] {
      let node = nodes[dot]
      let other = candidates(from: dot + 1, to: node.box.right + 0.3 * size) { other in
        isDot(other) && abs(other.centerX - node.centerX) <= 0.3 * size
          && (0.15 * size...0.9 * size).contains(abs(other.axis - node.axis))
      }
      if let nearest = other.min(by: { abs(nodes[$0].axis - node.axis) < abs(nodes[$1].axis - node.axis) }) {
        join([dot, nearest], .operation, ":")
      }
    }
  }

  /// = from two bars of about the same width with nothing between them.
  private mutating func joinBars() {
    for first in nodes.indices where nodes[first].kind == .bar && !isJoined[first] && nodes[first].sign == "-"
    {
      let a = nodes[first]
      let others = candidates(from: first + 1, to: a.box.right) { $0.kind == .bar && $0.sign == "-" }
      let nearest = others.min { abs(nodes[$0].axis - a.axis) < abs(nodes[$1].axis - a.axis) }
      guard let nearest else { continue }
      let b = nodes[nearest]
      let (narrow, wide) = (min(a.box.width, b.box.width), max(a.box.width, b.box.width))
      let overlap = min(a.box.right, b.box.right) - max(a.box.x, b.box.x)
      let distance = abs(a.axis - b.axis)
      guard overlap >= 0.5 * narrow, wide <= 1.8 * narrow, abs(a.centerX - b.centerX) <= 0.35 * wide,
        wide <= 2.5 * size, distance <= 0.75 * min(wide, size)
      else { continue }
      let (top, bottom) = (min(a.axis, b.axis), max(a.axis, b.axis))
      let between = parts(within: wide == a.box.width ? first : nearest) { node in
        node.axis > top && node.axis < bottom && node.kind != .operation
      }.filter { $0 != first && $0 != nearest }
      if between.isEmpty { join([first, nearest], .relation, "=") }
    }
  }

  /// ± ≤ ≥ from a plus or a relation with a bar close below it.
  private mutating func joinBarsBelow() {
    let signs: [Character: (LayoutNode.Kind, Character)] = [
      "+": (.operation, "±"), "<": (.relation, "≤"), ">": (.relation, "≥"),
    ]
    for index in nodes.indices {
      let node = nodes[index]
      guard let (kind, sign) = signs[node.sign], node.tokens.count == 1, !isJoined[index] else { continue }
      let bars = parts(within: index) { bar in
        bar.kind == .bar && bar.sign == "-" && bar.axis > node.axis
          && (-0.15 * size...0.4 * size).contains(bar.axis - node.box.bottom)
          && bar.box.width <= 1.8 * node.box.width && bar.box.width >= 0.4 * node.box.width
          && abs(bar.centerX - node.centerX) <= 0.35 * max(bar.box.width, node.box.width)
      }
      if let bar = bars.min(by: { nodes[$0].axis < nodes[$1].axis }) { join([index, bar], kind, sign) }
    }
  }

  /// ≠ from an equals sign that a slash crosses.
  private mutating func joinSlashes() {
    for index in nodes.indices where nodes[index].sign == "=" && !isJoined[index] {
      let slashes = parts(within: index) {
        $0.sign == "/" && abs($0.axis - self.nodes[index].axis) <= 0.4 * size
      }
      if let slash = slashes.first { join([index, slash], .relation, "≠") }
    }
  }
}

extension Array {
  /// The first index of a sorted array whose element fulfils a condition that all later elements fulfil as well.
  func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
