// Formulas and statements as plain text.

extension Formula: CustomStringConvertible {
  /// The formula as plain text, which `FormulaParser` reads back.
  ///
  /// A tree that the parser cannot make, such as a sum within a product without brackets, is printed with brackets (or
  /// another sign of the same operation), so that the text has the tree's value.
  public var description: String {
    switch self {
    case .number(let literal): literal.text
    case .missing: "_"
    case .group(let bracket, let inner):
      "\(bracket.opening)\(inner.text(atLeast: .sum))\(bracket.closing)"
    case .signed(let sign, let inner): "\(sign.rawValue)" + inner.text(atLeast: .percent)
    case .sum(let first, let terms):
      terms.reduce(first.text(atLeast: .product)) {
        $0 + "\($1.sign.rawValue)" + $1.formula.text(atLeast: .product)
      }
    case .product(let first, let factors): Self.text(first, factors)
    case .power(let base, let exponent):
      base.text(atLeast: .primary) + "^"
        + (exponent.isBareNumber ? exponent.description : "(\(exponent.text(atLeast: .sum)))")
    case .fraction(let numerator, let denominator):
      "(\(numerator.text(atLeast: .sum)))/(\(denominator.text(atLeast: .sum)))"
    case .mixed(let whole, let numerator, let denominator): "\(whole)(\(numerator))/(\(denominator))"
    case .percent(let inner): inner.text(atLeast: .power) + "%"
    case .remainder(let quotient, let remainder):
      quotient.text(atLeast: .primary) + "R" + remainder.text(atLeast: .primary)
    }
  }

  /// A product.
  ///
  /// The sign of an operation is replaced where the text would read as a fraction or a mixed number.
  private static func text(_ first: Formula, _ factors: [Factor]) -> String {
    var text = first.text(atLeast: .signed)
    var before = first
    for factor in factors {
      let formula = factor.formula
      let printed = formula.text(atLeast: .signed)
      switch factor.operation {
      case .implicit where before.isPlainOrSigned && formula.isPlainFraction: text += "·" + printed
      case .implicit: text += formula.startsWithBracket ? printed : "(\(formula))"
      case .slash where before.readsAsNumerator && formula.readsAsDenominator: text += "÷" + printed
      default: text += String(factor.operation.sign ?? "·") + printed
      }
      before = formula
    }
    return text
  }

  /// How tightly a formula's parts hold together.
  enum Level: Comparable {
    case remainder
    case sum
    case product
    case signed
    case percent
    case fraction
    case power
    case primary
  }

  var level: Level {
    switch self {
    case .number, .missing, .group: .primary
    case .power: .power
    case .fraction, .mixed: .fraction
    case .percent: .percent
    case .signed: .signed
    case .product: .product
    case .sum: .sum
    case .remainder: .remainder
    }
  }

  private func text(atLeast required: Level) -> String {
    level < required ? "(\(description))" : description
  }

  /// Whether it is a number or a missing operand.
  private var isBareNumber: Bool {
    switch self {
    case .number, .missing: true
    default: false
    }
  }

  /// Whether it is printed as an integer, perhaps with a sign, which a fraction behind it would make a mixed number.
  private var isPlainOrSigned: Bool {
    if case .signed(_, let inner) = self { inner.isPlain } else { isPlain }
  }

  /// Whether it is a fraction of two integers.
  private var isPlainFraction: Bool {
    guard case .fraction(let numerator, let denominator) = self else { return false }
    return numerator.isPlain && denominator.isPlain
  }

  /// Whether it is printed, as a factor, as round brackets around the whole of it.
  private var isBareGroup: Bool {
    if case .group(.round, _) = self { true } else { level < .signed }
  }

  /// Whether it would be read as the numerator of a fraction before a slash and round brackets.
  private var readsAsNumerator: Bool {
    if case .signed(_, let inner) = self { inner.isBareGroup || inner.level < .percent } else { isBareGroup }
  }

  /// Whether it would be read as the denominator of a fraction behind round brackets and a slash.
  private var readsAsDenominator: Bool {
    if case .fraction = self { true } else { isBareGroup }
  }

  /// Whether it is printed, as a factor, with a bracket in front.
  private var startsWithBracket: Bool {
    switch self {
    case .group, .fraction: true
    case .power(let inner, _), .percent(let inner): inner.startsWithBracket
    default: false
    }
  }
}

extension Statement: CustomStringConvertible {
  /// The statement as plain text, which `FormulaParser` reads back.
  public var description: String {
    steps.reduce(first.description) { $0 + "\($1.relation.rawValue)" + ($1.side?.description ?? "") }
  }
}
