// One exercise as signs in reading order, without numbering and words.

import Ink

/// An exercise in the making.
struct ItemLayout {
  /// Its parts from left to right, in the frame in which it is level.
  private(set) var nodes: [LayoutNode]
  private(set) var tokens: [LayoutToken] = []
  /// The symbols of numbering, letters and words.
  private(set) var setAside: [Int] = []
  private let size: Double

  init(_ row: [LayoutNode], size: Double) {
    nodes = row
    self.size = size
    removeNumbering()
    removeLetters()
    tokens = TokenLayout.tokens(nodes, size: size)
    separateColumn()
  }

  /// A rule below a single multiplication is a calculation, not a fraction, if nothing else belongs to it.
  private mutating func separateColumn() {
    guard nodes.count == 1, nodes[0].kind == .fraction else { return }
    // The tokens are ( product ) / ( result ).
    let parts = tokens.map(\.sign).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count > 2 && $0.first == "(" && $0.last == ")" }) else {
      return
    }
    let (product, result) = (parts[0].dropFirst().dropLast(), parts[1].dropFirst().dropLast())
    let factors = product.split(omittingEmptySubsequences: false) { $0 == "×" || $0 == "·" }
    guard factors.count == 2, (factors + [result]).allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) })
    else {
      return
    }
    let rule = LayoutToken("=", tokens[parts[0].endIndex].token.symbols)
    tokens = tokens[product.indices] + [rule] + tokens[result.indices]
  }

  // MARK: - Numbering

  /// Removes "3)", "b)", "(2)", "b." and "12." from the beginning.
  private mutating func removeNumbering() {
    let isOpened = nodes.first?.sign == "("
    let start = isOpened ? 1 : 0
    let letters = nodes[start...].prefix { $0.kind == .letter }.prefix(2)
    let name = letters.isEmpty ? nodes[start...].prefix { $0.kind == .digit }.prefix(3) : letters
    let end = start + name.count
    guard !name.isEmpty, end < nodes.count else { return }
    if letters.isEmpty, !isOpened, let length = misreadNumberingLength { return removeFirst(length) }
    let mark = nodes[end]
    let next = end + 1 < nodes.count ? nodes[end + 1] : nil
    let gap = next.map { $0.box.x - mark.box.right } ?? .infinity
    let isNumbering: Bool
    switch mark.sign {
    case ")" where isOpened: isNumbering = !letters.isEmpty || gap > size && next?.kind == .digit
    case ")":
      // Before anything but a number it is rather a misread digit, and without an exercise behind it a misread sign.
      isNumbering =
        next.map {
          ($0.beginsOperand || $0.kind == .bar || $0.kind == .letter)
            && nodes[(end + 1)...].contains { $0.kind != .digit }
        } ?? true
    case ".", "·":
      // A decimal number must not lose its integer part.
      let usual = zip(nodes, nodes.dropFirst()).map { $1.box.x - $0.box.right }.sorted()[
        (nodes.count - 1) / 2]
      let isExercise = nodes[(end + 1)...].contains { $0.kind == .relation } && next?.beginsOperand == true
      isNumbering =
        !isOpened
        && (letters.isEmpty
          ? name[start].sign != "0" && isExercise && gap > max(size, 2.5 * usual)
          : gap > max(0.5 * size, usual))
    default: isNumbering = false
    }
    if isNumbering { removeFirst(end + 1) }
  }

  private mutating func removeFirst(_ count: Int) {
    setAside += nodes[..<count].flatMap(\.symbols)
    nodes.removeFirst(count)
  }

  /// The length of a number that stands apart before the exercise: numbering whose bracket was read as a digit.
  ///
  /// No gap between the digits of a number is so wide.
  private var misreadNumberingLength: Int? {
    let gaps = nodes.indices.dropLast().filter { nodes[$0].kind == .digit && nodes[$0 + 1].kind == .digit }
      .map { (index: $0, gap: nodes[$0 + 1].box.x - nodes[$0].box.right) }
    guard let widest = gaps.max(by: { $0.gap < $1.gap }), widest.index >= 1, widest.index <= 2,
      nodes[...widest.index].allSatisfy({ $0.kind == .digit }), widest.gap > 0.5 * size,
      gaps.allSatisfy({ $0.index == widest.index || widest.gap > 2 * $0.gap })
    else { return nil }
    return widest.index + 1
  }

  // MARK: - Letters and words

  /// Removes letters and words, except the R of a remainder and letters that may be misread digits.
  private mutating func removeLetters() {
    var kept: [LayoutNode] = []
    var index = 0
    while index < nodes.count {
      guard nodes[index].kind == .letter else {
        kept.append(nodes[index])
        index += 1
        continue
      }
      let end = nodes[index...].firstIndex { $0.kind != .letter } ?? nodes.count
      let word = nodes[index..<end]
      let next = end < nodes.count ? nodes[end] : nil
      let isBetween = kept.last?.endsOperand == true && next?.beginsOperand == true
      if isBetween || kept.last?.endsOperand == true && next?.kind == .bar, Self.isRemainder(word) {
        var remainder = LayoutNode(.operation, of: Array(word), axis: word[index].axis, tokens: [])
        remainder.tokens = [LayoutToken("R", remainder.symbols)]
        kept.append(remainder)
      } else if isBetween || word.count == 1 && isAttached(word[index], kept.last, next) {
        // Without it other numbers would be read.
        for letter in word {
          var unknown = letter
          unknown.kind = .unknown
          unknown.tokens = [LayoutToken("?", letter.symbols)]
          kept.append(unknown)
        }
      } else {
        setAside += word.flatMap(\.symbols)
      }
      index = end
    }
    nodes = kept
  }

  /// Whether a word tells that a remainder follows.
  static func isRemainder(_ word: some Sequence<LayoutNode>) -> Bool {
    ["r", "rest"].contains(String(word.map(\.sign)).lowercased())
  }

  /// Whether a letter stands as near to a number as its digits stand to each other.
  private func isAttached(_ letter: LayoutNode, _ before: LayoutNode?, _ after: LayoutNode?) -> Bool {
    let gaps = [
      before.flatMap { $0.kind == .digit || $0.kind == .mark ? letter.box.x - $0.box.right : nil },
      after.flatMap { $0.kind == .digit || $0.kind == .mark ? $0.box.x - letter.box.right : nil },
    ]
    return gaps.compactMap(\.self).contains { $0 < 0.35 * size }
  }
}
