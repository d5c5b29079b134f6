// The slant of a line of writing, and boxes in a frame in which it is level.

import Ink

/// The slant of lines of writing: how far they go down for each unit to the right.
struct BaselineSlope {
  let slope: Double

  /// A larger slope (22°) is an error of the estimate.
  private static let largest = 0.4

  /// Fits one slope to all lines of some symbols: the regression of the centers' heights, pooled over the lines.
  ///
  /// A prior slope counts as much as two symbols at a distance of 1.4 times the writing's size, so that a single pair
  /// of symbols does not tilt the line.
  init(of nodes: [LayoutNode], size: Double, prior: Double) {
    let members = nodes.indices.filter { index in
      let node = nodes[index]
      // Small digits may be exponents.
      return Self.isCentered(node) && node.box.height <= 1.6 * size
        && (!node.isTall || node.box.height >= 0.7 * size)
    }
    var lines = DisjointSets(count: nodes.count)
    for (left, right) in Self.neighbors(nodes, members, size: size, prior: prior) { lines.join(left, right) }
    // In the order of their first symbols, so that equal pages give equal sums.
    let groups = Dictionary(grouping: members, by: { lines.root(of: $0) }).sorted { $0.key < $1.key }
      .map { $0.value.map { nodes[$0] } }
    let first = Self.regression(groups, size: size, prior: prior)
    // Parts that are not on the line, such as exponents, are left out of the fit.
    let fitted = Self.regression(
      groups.map { line in
        let offsets = line.map { $0.axis - first * $0.centerX }
        let middle = offsets.sorted()[offsets.count / 2]
        return zip(line, offsets).compactMap { abs($1 - middle) <= 0.3 * size ? $0 : nil }
      }, size: size, prior: prior)
    slope = fitted.isFinite ? min(Self.largest, max(-Self.largest, fitted)) : 0
  }

  /// The slope that lines have in common.
  private static func regression(_ lines: [[LayoutNode]], size: Double, prior: Double) -> Double {
    var (xx, xy) = (size * size, size * size * prior)
    for line in lines where line.count > 1 {
      let count = Double(line.count)
      let x = line.reduce(0) { $0 + $1.centerX } / count
      let y = line.reduce(0) { $0 + $1.axis } / count
      for node in line {
        xx += (node.centerX - x) * (node.centerX - x)
        xy += (node.centerX - x) * (node.axis - y)
      }
    }
    return xx > 0 ? xy / xx : prior
  }

  /// Whether the symbol is written centered on the line.
  private static func isCentered(_ node: LayoutNode) -> Bool {
    node.kind == .digit || node.kind == .operation || node.kind == .relation || node.kind == .letter
      || node.kind == .bar && node.sign == "-"
  }

  /// Each symbol with its neighbor to the right, of about the same size and height.
  private static func neighbors(
    _ nodes: [LayoutNode], _ members: [Int], size: Double, prior: Double
  ) -> [(Int, Int)] {
    let order = members.sorted { (nodes[$0].box.x, $0) < (nodes[$1].box.x, $1) }
    var pairs: [(Int, Int)] = []
    for (position, left) in order.enumerated() {
      let a = nodes[left]
      var best: (index: Int, cost: Double)?
      for right in order[(position + 1)...].prefix(512) {
        let b = nodes[right]
        let gap = b.box.x - a.box.right
        if gap > 2 * size { break }
        // A rule runs below the line, a fraction bar stands in it.
        if gap < -0.2 * size, a.kind == .bar || b.kind == .bar { continue }
        let distance = b.centerX - a.centerX
        let rise = abs(b.axis - a.axis - prior * distance)
        // 0.27 is the slope of 15°.
        guard distance > 0.25 * size, rise <= 0.3 * size + 0.27 * distance, isSimilar(a, b) else { continue }
        let cost = max(0, gap) + 2 * rise
        if cost < best?.cost ?? .infinity { best = (right, cost) }
      }
      if let best { pairs.append((left, best.index)) }
    }
    return pairs
  }

  /// Whether neither is an exponent of the other.
  private static func isSimilar(_ a: LayoutNode, _ b: LayoutNode) -> Bool {
    guard a.isTall, b.isTall else { return true }
    return min(a.box.height, b.box.height) >= 0.7 * max(a.box.height, b.box.height)
  }

  /// A part in the frame in which the line is level; the frame is rotated around the origin.
  func levelled(_ node: LayoutNode) -> LayoutNode {
    let cosine = 1 / (1 + slope * slope).squareRoot()
    let sine = slope * cosine
    let (x, y) = (node.centerX, node.box.y + node.box.height / 2)
    var (width, height) = (node.box.width, node.box.height)
    // The height of a long stroke's box is mostly its slant.
    if node.kind == .bar || node.kind == .relation { height = max(height * 0.3, height - abs(slope) * width) }
    var level = node
    (width, height) = (max(0, width), max(0, height))
    level.axis = y * cosine - x * sine
    level.box = Box(
      x: x * cosine + y * sine - width / 2, y: level.axis - height / 2, width: width, height: height)
    return level
  }
}

/// Sets of indices that are joined step by step.
struct DisjointSets {
  private var parent: [Int]

  init(count: Int) { parent = Array(0..<count) }

  mutating func root(of index: Int) -> Int {
    var index = index
    while parent[index] != index {
      parent[index] = parent[parent[index]]
      index = parent[index]
    }
    return index
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(of: a), root(of: b))
    if a != b { parent[max(a, b)] = min(a, b) }
  }
}
