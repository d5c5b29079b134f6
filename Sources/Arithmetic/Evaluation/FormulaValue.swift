// The exact value of a formula.

extension Formula {
  /// The formula's exact value.
  ///
  /// - Parameter interpretation: how the notation is meant.
  /// - Returns: the value.
  /// - Throws: why it has none.
  public func value(_ interpretation: Interpretation = Interpretation()) throws(ArithmeticError) -> Rational {
    switch self {
    case .number(let literal): return try literal.value(interpretation.decimalMark)
    case .missing: throw .missingOperand
    case .group(_, let inner): return try inner.value(interpretation)
    case .signed(let sign, let inner): return try sign.applied(to: inner.value(interpretation))
    case .sum(let first, let terms):
      var sum = try first.value(interpretation)
      for term in terms { sum = try sum + term.sign.applied(to: term.formula.value(interpretation)) }
      return sum
    case .product(let first, let factors):
      return try Self.product(try first.value(interpretation), factors, interpretation)
    case .power(let base, let exponent):
      return try base.value(interpretation).power(exponent.value(interpretation))
    case .fraction(let numerator, let denominator):
      return try numerator.value(interpretation) / denominator.value(interpretation)
    case .mixed(let whole, let numerator, let denominator):
      return try whole.value(interpretation) + numerator.value(interpretation)
        / denominator.value(interpretation)
    case .percent(let inner): return try inner.value(interpretation) / Rational(100)
    case .remainder: throw .remainder
    }
  }

  /// A product from left to right; multiplications without a sign come first if the interpretation says so.
  private static func product(
    _ first: Rational, _ factors: [Factor], _ interpretation: Interpretation
  ) throws(ArithmeticError) -> Rational {
    var result = Rational(1)
    var operand = first
    var divides = false
    for factor in factors {
      let value = try factor.formula.value(interpretation)
      if factor.operation == .implicit, interpretation.implicitProductFirst {
        operand = try operand * value
      } else {
        result = divides ? try result / operand : try result * operand
        operand = value
        divides = factor.operation.isDivision
      }
    }
    return divides ? try result / operand : try result * operand
  }
}

extension Formula.Sign {
  /// A number with this sign.
  fileprivate func applied(to value: Rational) throws(ArithmeticError) -> Rational {
    switch self {
    case .plus: value
    case .minus: -value
    case .plusMinus: throw .severalValues
    }
  }
}
