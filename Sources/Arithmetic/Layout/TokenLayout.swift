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
    /// The last tall part that is no exponent.
    var base: LayoutNode?
    while index < nodes.endIndex {
      let node = nodes[index]
      result += resolved(index, after: base)
      if node.isTall { base = node }
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
      // An exponent does not end with a sign, and a sign alone is none.
      switch nodes[index - 1].kind {
      case .bar, .mark, .operation, .opening: break
      default: end = index
      }
    }
    return end
  }

  private func isRaised(_ node: LayoutNode, _ base: LayoutNode) -> Bool {
    // Brackets are higher than the digits beside them.
    let height = base.kind == .closing ? min(size, base.box.height) : max(base.box.height, 0.5 * size)
    let (top, bottom) = (base.axis - height / 2, base.axis + height / 2)
    // Of the digits in the numbers of unipen-lines, one in a thousand is so small and so high.
    let rise = bottom - node.box.bottom
    let isHigh = rise >= 0.4 * height
    switch node.kind {
    case .digit, .opening, .closing, .letter, .unknown, .box:
      let isSmall = node.box.height <= 0.8 * min(height, size)
      let isAbove = rise >= 0.7 * height || node.axis <= top + 0.05 * height
      // What is smaller than a digit ever is beside another one may reach lower.
      let isTiny = node.box.height <= 0.62 * min(height, size)
      return isHigh && node.axis <= top + (isTiny ? 0.32 : 0.22) * height && (isSmall || isAbove)
    case .fraction, .blank: return isHigh
    case .bar, .operation:
      // The signs of an exponent are small as well.
      return node.axis <= top + (node.box.width <= 0.5 * height ? 0.3 : 0.1) * height
    case .mark:
      return node.axis <= top + 0.45 * height && node.sign != "·"
    case .relation, .percent, .column: return false
    }
  }

  // MARK: - Points and underlines

  /// The tokens of a part.
  ///
  /// A bar where an operand must stand is a missing operand; how high a dot stands, and how much space is around it, tells
  /// a decimal point from a multiplication.
  private func resolved(_ index: Int, after base: LayoutNode?) -> [LayoutToken] {
    let node = nodes[index]
    let sign: Character
    switch node.kind {
    case .bar: sign = isMissing(index) ? "_" : "-"
    case .mark where node.sign != ",": sign = isMultiplication(index, after: base) ? "·" : "."
    default: return node.tokens
    }
    var tokens = node.tokens
    for index in tokens.indices { tokens[index].token = Token(sign, symbols: tokens[index].token.symbols) }
    return tokens
  }

  /// Whether a bar stands where only an operand can stand.
  ///
  /// Its height tells little: many write the minus sign on the baseline. Without any relation, a low bar between two
  /// numbers is the place for one.
  private func isMissing(_ index: Int) -> Bool {
    let before = index > nodes.startIndex ? nodes[index - 1] : nil
    let after = index + 1 < nodes.endIndex ? nodes[index + 1] : nil
    let needsOperand = before.map { !$0.endsOperand && $0.kind != .letter && $0.kind != .unknown } ?? true
    let endsHere =
      after.map { $0.kind == .operation || $0.kind == .relation || $0.kind == .closing || $0.kind == .bar }
      ?? true
    if needsOperand { return endsHere && nodes.count > 1 }
    guard depth == 0, before?.endsOperand == true, after?.beginsOperand == true else { return false }
    let numbers: [LayoutNode.Kind] = [.digit, .mark, .fraction, .bar]
    let isOnly = nodes.allSatisfy { numbers.contains($0.kind) } && nodes.count { $0.kind == .bar } == 1
    let hasExponent = before.map { exponentEnd(from: index, base: $0) > index } ?? false
    return isOnly && !hasExponent && (height(of: index, after: before) ?? 0.5) < 0.05
  }

  private func isMultiplication(_ index: Int, after base: LayoutNode?) -> Bool {
    let node = nodes[index]
    guard index > nodes.startIndex, index + 1 < nodes.endIndex, nodes[index - 1].endsOperand,
      nodes[index + 1].beginsOperand
    else { return false }
    guard let height = height(of: index, after: base) else { return node.sign == "·" }
    let space = min(node.box.x - nodes[index - 1].box.right, nodes[index + 1].box.x - node.box.right)
    // Some write decimal points as high as a multiplication's dot, but close to the digits.
    return node.sign == "·" ? height >= 0.25 : height > 0.6 || height > 0.45 && space > 0.3 * size
  }

  /// How high a part stands beside its neighbors: 0 at their bottom, 1 at their top.
  private func height(of index: Int, after base: LayoutNode?) -> Double? {
    let neighbors = [base, nodes[(index + 1)...].prefix(2).first(where: \.isTall)]
    let heights = neighbors.compactMap(\.self).filter { neighbor in
      let gap = max(neighbor.box.x - nodes[index].box.right, nodes[index].box.x - neighbor.box.right)
      return neighbor.box.height >= 0.6 * size && gap <= 2 * size
    }.map { neighbor in (neighbor.box.bottom - nodes[index].axis) / neighbor.box.height }
    return heights.isEmpty ? nil : heights.reduce(0, +) / Double(heights.count)
  }
}
