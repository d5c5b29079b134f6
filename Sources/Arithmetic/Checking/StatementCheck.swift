// Whether a statement holds, step by step, and what should stand where an answer is missing.

/// A statement under one interpretation of its notation.
struct StatementCheck {
  let statement: Statement
  let interpretation: Interpretation

  /// The first step that does not hold, counted from 1; nil if all hold.
  func firstWrongStep() throws(ArithmeticError) -> Int? {
    var before = statement.first
    for (index, step) in statement.steps.enumerated() {
      guard let side = step.side else { return nil }
      if try !holds(before, step.relation, side) { return index + 1 }
      before = side
    }
    return nil
  }

  /// The answer to an open statement: one with a missing operand, relation or last side; nil where it has no single one.
  func expected() throws(ArithmeticError) -> ExpectedAnswer? {
    if let (left, right) = missingRelation {
      let (a, b) = (try left.value(interpretation), try right.value(interpretation))
      return .relation(a < b ? .less : a > b ? .greater : .equal)
    }
    let sides = statement.sides
    guard let blank = sides.firstIndex(where: { $0.missingCount > 0 }) else {
      return .value(try statement.first.value(interpretation))
    }
    guard sides.reduce(0, { $0 + $1.missingCount }) == 1 else { return nil }
    // The side before tells the value, or the side behind.
    for other in [blank - 1, blank + 1] where sides.indices.contains(other) {
      let relation = statement.steps[min(blank, other)].relation
      guard relation == .equal else { continue }
      return try missing(in: sides[blank], equalTo: sides[other])
    }
    return nil
  }

  /// The answer that the first side asks for, in the form of a quotient with a remainder.
  func expectedRemainder() throws(ArithmeticError) -> ExpectedAnswer? {
    guard let (dividend, divisor) = try division(statement.first) else { return nil }
    return .remainder(quotient: dividend.quotient(divisor), remainder: try dividend.remainder(divisor))
  }

  private var missingRelation: (Formula, Formula)? {
    guard statement.steps.count == 1, let step = statement.steps.first, step.relation == .missing,
      let side = step.side
    else { return nil }
    return (statement.first, side)
  }

  private func missing(in side: Formula, equalTo other: Formula) throws(ArithmeticError) -> ExpectedAnswer? {
    if case .remainder(let quotient, _) = side {
      guard let (dividend, divisor) = try division(other) else { return nil }
      return .value(quotient == .missing ? dividend.quotient(divisor) : try dividend.remainder(divisor))
    }
    if case .remainder(let quotient, let remainder) = other {
      // _ : 5 = 2 R 2 is solved by 2 × 5 + 2; 12 : _ = 2 R 2 by (12 − 2) : 2.
      guard let (dividend, divisor) = Self.divisionParts(side) else { return nil }
      let (q, r) = (try quotient.value(interpretation), try remainder.value(interpretation))
      if dividend == .missing { return .value(try q * divisor.value(interpretation) + r) }
      guard divisor == .missing, q != .zero else { return nil }
      return .value(try (dividend.value(interpretation) - r) / q)
    }
    return try side.missingOperand(giving: other.value(interpretation), interpretation).map { .value($0) }
  }

  private func holds(_ left: Formula, _ relation: Relation, _ right: Formula) throws(ArithmeticError) -> Bool
  {
    if interpretation.colon == .ratio, let a = left.ratio, let b = right.ratio, a.count == b.count {
      let equal = try isProportional(a, b)
      if relation == .equal { return equal }
      if relation == .notEqual { return !equal }
    }
    if relation == .equal || relation == .notEqual {
      for (side, other) in [(right, left), (left, right)] {
        guard case .remainder(let quotient, let remainder) = side else { continue }
        return try isDivision(other, quotient, remainder) == (relation == .equal)
      }
    }
    let (a, b) = (try left.value(interpretation), try right.value(interpretation))
    switch relation {
    case .equal: return a == b
    case .notEqual: return a != b
    case .less: return a < b
    case .greater: return a > b
    case .lessOrEqual: return a <= b
    case .greaterOrEqual: return a >= b
    case .missing: throw .missingOperand
    }
  }

  /// Whether a formula is a division, or another quotient, with the given quotient and remainder.
  private func isDivision(
    _ formula: Formula, _ quotient: Formula, _ remainder: Formula
  ) throws(ArithmeticError) -> Bool {
    let (q, r) = (try quotient.value(interpretation), try remainder.value(interpretation))
    if case .remainder(let otherQuotient, let otherRemainder) = formula {
      let (other, rest) = (try otherQuotient.value(interpretation), try otherRemainder.value(interpretation))
      return q == other && r == rest
    }
    guard let (dividend, divisor) = try division(formula) else {
      let value = try formula.value(interpretation)
      return q == value && r == .zero
    }
    let rest = try dividend.remainder(divisor)
    return q == dividend.quotient(divisor) && r == rest
  }

  /// The dividend and the divisor of a division of natural numbers; nil for any other formula.
  private func division(_ formula: Formula) throws(ArithmeticError) -> (Rational, Rational)? {
    guard let parts = Self.divisionParts(formula) else { return nil }
    let (dividend, divisor) = (try parts.0.value(interpretation), try parts.1.value(interpretation))
    if divisor == .zero { throw .divisionByZero }
    guard dividend.isInteger, divisor.isInteger, dividend >= .zero, divisor > .zero else { return nil }
    return (dividend, divisor)
  }

  private static func divisionParts(_ formula: Formula) -> (Formula, Formula)? {
    switch formula.withoutBrackets {
    case .fraction(let numerator, let denominator): return (numerator, denominator)
    case .product(let first, let factors):
      guard let last = factors.last, last.operation.isDivision else { return nil }
      return (factors.count == 1 ? first : .product(first, Array(factors.dropLast())), last.formula)
    default: return nil
    }
  }

  private func isProportional(_ a: [Formula], _ b: [Formula]) throws(ArithmeticError) -> Bool {
    var factor: Rational?
    for (left, right) in zip(a, b) {
      let quotient = try left.value(interpretation) / right.value(interpretation)
      if let factor, factor != quotient { return false }
      factor = quotient
    }
    return true
  }
}

extension Formula {
  /// The parts of a chain of at least two colons; nil for any other formula.
  var ratio: [Formula]? {
    guard case .product(let first, let factors) = self, factors.count >= 2,
      factors.allSatisfy({ $0.operation == .colon })
    else { return nil }
    return [first] + factors.map(\.formula)
  }

  /// Whether it is a number and nothing is left to compute: an answer.
  var isFinal: Bool {
    switch self {
    case .number, .mixed, .missing: true
    case .remainder: true
    case .signed(_, let inner), .percent(let inner), .group(_, let inner): inner.isFinal
    case .fraction(let numerator, let denominator): numerator.isFinal && denominator.isFinal
    case .product(let first, let factors):
      factors.count == 1 && factors[0].operation == .slash && first.isFinal && factors[0].formula.isFinal
    case .sum, .power: false
    }
  }
}

extension Rational {
  /// The integer quotient of natural numbers.
  func quotient(_ divisor: Rational) -> Rational {
    (try? Rational(numerator / max(1, divisor.numerator), over: 1)) ?? .zero
  }

  /// The remainder of natural numbers.
  func remainder(_ divisor: Rational) throws(ArithmeticError) -> Rational {
    try self - quotient(divisor) * divisor
  }
}
