// From the parts of a line to signs in reading order: powers, points, underlines.

import Ink

/// The signs of a line in reading order.
struct TokenLayout {
  private let nodes: ArraySlice<LayoutNode>
  private let size: Double
  private let depth: Int

  /// Deeper exponents are read on the line.
  private static let deepest = 8

  /// The tokens of parts that are sorted from left to right.
  static func tokens(_ nodes: [LayoutNode], size: Double) -> [LayoutToken] {
    TokenLayout(nodes: nodes[...], size: size, depth: 0).tokens
  }

  private var tokens: [LayoutToken] {
    var result: [LayoutToken] = []
    var index = nodes.startIndex
    while index < nodes.endIndex {
      let node = nodes[index]
      result += resolved(index)
      index += 1
      guard depth < Self.deepest, Self.canBeBase(node) else { continue }
      let end = exponentEnd(from: index, base: node)
      guard end > index else { continue }
      let exponent = TokenLayout(nodes: nodes[index..<end], size: size, depth: depth + 1).tokens
      let isNumber = exponent.allSatisfy { $0.sign.isDigitOrMark }
      result.append(LayoutToken("^"))
      result += isNumber ? exponent : [LayoutToken("(")] + exponent + [LayoutToken(")")]
      index = end
    }
    return result
  }

  // MARK: - Powers

  private static func canBeBase(_ node: LayoutNode) -> Bool {
    node.kind == .digit || node.kind == .closing || node.kind == .blank
  }

  /// The end of the raised parts behind a base.
  private func exponentEnd(from start: Int, base: LayoutNode) -> Int {
    var end = start
    var index = start
    while index < nodes.endIndex, isRaised(nodes[index], base) {
      index += 1
      // A sign alone is no exponent.
      if nodes[index - 1].kind != .bar && nodes[index - 1].kind != .mark { end = index }
    }
    return end
  }

  private func isRaised(_ node: LayoutNode, _ base: LayoutNode) -> Bool {
    let height = max(base.box.height, 0.5 * size)
    switch node.kind {
    case .digit, .opening, .closing, .letter, .unknown, .box:
      return base.box.bottom - node.box.bottom >= 0.38 * height && node.box.height <= 0.85 * height
        && node.box.y <= base.box.y + 0.3 * height
    case .fraction, .blank:
      return base.box.bottom - node.box.bottom >= 0.38 * height
    case .bar, .operation:
      return node.axis <= base.box.y + 0.3 * height
    case .mark:
      return node.axis <= base.box.y + 0.45 * height && node.sign != "·"
    case .relation, .percent, .column: return false
    }
  }

  // MARK: - Points and underlines

  /// The tokens of a part; where the heights of its neighbors tell, a low bar is a missing operand, a low dot a decimal
  /// point and a raised one a multiplication.
  private func resolved(_ index: Int) -> [LayoutToken] {
    let node = nodes[index]
    guard node.kind == .bar || node.kind == .mark && node.sign != ",", let height = height(of: index) else {
      return node.tokens
    }
    var tokens = node.tokens
    let sign: Character
    switch node.kind {
    case .bar: sign = height < 0.15 ? "_" : "-"
    default:
      let isBetweenOperands =
        index > nodes.startIndex && index + 1 < nodes.endIndex && nodes[index - 1].endsOperand
        && nodes[index + 1].beginsOperand
      sign = isBetweenOperands && (node.sign == "·" ? height >= 0.2 : height > 0.36) ? "·" : "."
    }
    for index in tokens.indices { tokens[index].token = Token(sign, symbols: tokens[index].token.symbols) }
    return tokens
  }

  /// How high a part stands beside its nearest tall neighbor: 0 at its bottom, 1 at its top.
  private func height(of index: Int) -> Double? {
    let neighbors = [nodes[..<index].suffix(2).last(where: \.isTall), nodes[(index + 1)...].prefix(2).first(where: \.isTall)]
    let heights = neighbors.compactMap(\.self).filter { $0.box.height >= 0.6 * size }.map { neighbor in
      (neighbor.box.bottom - nodes[index].axis) / neighbor.box.height
    }
    return heights.isEmpty ? nil : heights.reduce(0, +) / Double(heights.count)
  }
}
