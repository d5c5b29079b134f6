// The parts of a layout: single symbols first, then fractions and columns made of them.

import Ink

/// A token with the mark whether it was written into a gap of the question.
struct LayoutToken: Hashable {
  var token: Token
  /// Whether it was written into an empty box or on an underline.
  var isFilledIn = false

  init(_ sign: Character, _ symbols: [Int] = []) { token = Token(sign, symbols: symbols) }

  var sign: Character { token.sign }
}

/// A part of a layout.
struct LayoutNode {
  enum Kind {
    case digit
    /// A point, a raised dot or a comma.
    case mark
    /// A minus, a fraction bar or a rule: the layout decides.
    case bar
    /// Any other operation.
    case operation
    case relation
    case opening
    case closing
    case percent
    /// An empty box.
    case box
    /// A missing operand, or one that was filled in.
    case blank
    case fraction
    /// A written calculation in columns.
    case column
    case letter
    case unknown
  }

  var kind: Kind
  /// The box in the frame of the layout, in which the line of writing is level.
  var box: Box
  /// The height at which the part is centered: for a fraction that of its bar.
  var axis: Double
  var tokens: [LayoutToken]
  /// All symbols that belong to it, also those without a token.
  var symbols: [Int]

  /// A part made of others.
  init(_ kind: Kind, of parts: [LayoutNode], axis: Double, tokens: [LayoutToken]) {
    self.kind = kind
    self.box = parts.dropFirst().reduce(parts.first?.box ?? Box(x: 0, y: 0, width: 0, height: 0)) {
      $0.union($1.box)
    }
    self.axis = axis
    self.tokens = tokens
    self.symbols = parts.flatMap(\.symbols)
  }

  /// A part made of one symbol; nil where its box is unusable.
  init?(_ symbol: LabelledBox, index: Int) {
    let box = symbol.box
    let values = [box.x, box.y, box.width, box.height]
    guard values.allSatisfy({ abs($0) <= Self.largestCoordinate }), box.width >= 0, box.height >= 0 else {
      return nil
    }
    let sign = Self.sign(of: symbol.label)
    self.box = box
    kind = Self.kind(of: sign)
    axis = box.y + box.height / 2
    tokens = [LayoutToken(kind == .unknown ? "?" : kind == .box ? "_" : sign, [index])]
    symbols = [index]
  }

  /// Larger coordinates than on any page lose the precision that the layout needs; they are set aside, as is NaN.
  private static let largestCoordinate = 1e7

  var sign: Character { tokens.first?.sign ?? "?" }
  var centerX: Double { box.x + box.width / 2 }
  /// Whether its height tells the size of the writing.
  var isTall: Bool { kind == .digit || kind == .letter || kind == .opening || kind == .closing }
  /// Whether an operand can end with it.
  var endsOperand: Bool {
    kind == .digit || kind == .closing || kind == .blank || kind == .fraction || kind == .percent
  }
  /// Whether an operand can begin with it.
  var beginsOperand: Bool { kind == .digit || kind == .opening || kind == .blank || kind == .fraction }

  private static func sign(of label: String) -> Character {
    guard let first = label.first, label.count == 1 else { return "?" }
    return synonyms[first] ?? first
  }

  private static let synonyms: [Character: Character] = [
    "−": "-", "–": "-", "—": "-", "⋅": "·", "•": "·", "∙": "·", "*": "×", "∗": "×", "∶": ":", "☐": "□",
    "▢": "□",
  ]

  private static func kind(of sign: Character) -> Kind {
    switch sign {
    case "-", "_": .bar
    case ".", ",", "·": .mark
    case "+", "±", "×", "÷", ":", "/": .operation
    case "=", "<", ">", "≤", "≥", "≠": .relation
    case "(", "[", "{": .opening
    case ")", "]", "}": .closing
    case "%": .percent
    case "□": .box
    default: sign.isDigit ? .digit : sign.isLetter ? .letter : .unknown
    }
  }
}

extension Sequence<LayoutNode> {
  /// The height of the writing: exceeded by a third of the digits and letters, because exponents and carries are small.
  ///
  /// Without digits and letters it is that of the brackets, or else of the larger sides of all parts.
  var writingSize: Double {
    let nodes = Array(self)
    let heights = { (kinds: [LayoutNode.Kind]) in nodes.filter { kinds.contains($0.kind) }.map(\.box.height) }
    let candidates = [
      heights([.digit, .letter]), heights([.opening, .closing]),
      nodes.map { Swift.max($0.box.width, $0.box.height) },
    ]
    let sizes = (candidates.first { !$0.isEmpty } ?? []).sorted()
    return sizes.isEmpty ? 0 : sizes[sizes.count * 2 / 3]
  }
}
