// The syntax tree of a formula.

/// The syntax tree of a formula: one side of an equation.
///
/// The tree keeps what was written: brackets, the signs of multiplication and division, numbers digit by digit. Sums and
/// products are flat lists, so that a long chain is no deep tree. `FormulaParser` makes the trees, never deeper than
/// `FormulaParser.depthLimit`.
public indirect enum Formula: Sendable, Hashable {
  /// A number.
  case number(NumberLiteral)
  /// A missing operand, the empty box of an exercise.
  case missing
  /// A formula in brackets.
  case group(Bracket, Formula)
  /// A formula with a sign before it.
  case signed(Sign, Formula)
  /// A first term, and terms that are added or subtracted.
  case sum(Formula, [Term])
  /// A first factor, and factors by which it is multiplied or divided.
  case product(Formula, [Factor])
  /// A base with an exponent.
  case power(Formula, Formula)
  /// A numerator over a denominator, with a bar.
  case fraction(Formula, Formula)
  /// A mixed number: an integer, a numerator and a denominator, each plain or missing.
  case mixed(Formula, Formula, Formula)
  /// A formula followed by a per cent sign.
  case percent(Formula)
  /// A quotient with a remainder.
  case remainder(Formula, Formula)

  /// A pair of brackets.
  public enum Bracket: Sendable, Hashable, CaseIterable {
    /// ( and ).
    case round
    /// [ and ].
    case square
    /// { and }.
    case curly

    /// The opening bracket.
    public var opening: Character { self == .round ? "(" : self == .square ? "[" : "{" }
    /// The closing bracket.
    public var closing: Character { self == .round ? ")" : self == .square ? "]" : "}" }
  }

  /// A sign before a number or between terms.
  public enum Sign: Character, Sendable, Hashable, CaseIterable {
    /// Plus.
    case plus = "+"
    /// Minus.
    case minus = "-"
    /// Plus or minus.
    case plusMinus = "±"
  }

  /// A term of a sum after the first.
  public struct Term: Sendable, Hashable {
    /// Whether it is added or subtracted.
    public let sign: Sign
    /// The term.
    public let formula: Formula

    /// Creates a term.
    ///
    /// - Parameters:
    ///   - sign: whether it is added or subtracted.
    ///   - formula: the term.
    public init(_ sign: Sign, _ formula: Formula) {
      self.sign = sign
      self.formula = formula
    }
  }

  /// The operation between two factors.
  public enum Operation: Sendable, Hashable, CaseIterable {
    /// ×.
    case cross
    /// ·.
    case dot
    /// ÷.
    case obelus
    /// A colon.
    case colon
    /// A slash on the line.
    case slash
    /// A multiplication without a sign, before a bracket.
    case implicit

    /// The sign; nil for a multiplication without one.
    public var sign: Character? {
      switch self {
      case .cross: "×"
      case .dot: "·"
      case .obelus: "÷"
      case .colon: ":"
      case .slash: "/"
      case .implicit: nil
      }
    }

    /// Whether it divides.
    public var isDivision: Bool { self == .obelus || self == .colon || self == .slash }
  }

  /// A factor of a product after the first.
  public struct Factor: Sendable, Hashable {
    /// How it is joined to what stands before it.
    public let operation: Operation
    /// The factor.
    public let formula: Formula

    /// Creates a factor.
    ///
    /// - Parameters:
    ///   - operation: how it is joined to what stands before it.
    ///   - formula: the factor.
    public init(_ operation: Operation, _ formula: Formula) {
      self.operation = operation
      self.formula = formula
    }
  }
}

extension Formula {
  /// The parts of which the formula consists, from left to right.
  var children: [Formula] {
    switch self {
    case .number, .missing: []
    case .group(_, let inner), .signed(_, let inner), .percent(let inner): [inner]
    case .sum(let first, let terms): [first] + terms.map(\.formula)
    case .product(let first, let factors): [first] + factors.map(\.formula)
    case .power(let a, let b), .fraction(let a, let b), .remainder(let a, let b): [a, b]
    case .mixed(let whole, let numerator, let denominator): [whole, numerator, denominator]
    }
  }

  /// Whether this formula or a part of it fulfils a condition.
  func contains(where condition: (Formula) -> Bool) -> Bool {
    condition(self) || children.contains { $0.contains(where: condition) }
  }

  /// The count of missing operands.
  var missingCount: Int { self == .missing ? 1 : children.reduce(0) { $0 + $1.missingCount } }

  /// The formula without brackets around the whole of it.
  var withoutBrackets: Formula {
    if case .group(_, let inner) = self { return inner.withoutBrackets }
    return self
  }
}
