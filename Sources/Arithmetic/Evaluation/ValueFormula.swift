// Numbers as formulas.

extension Formula {
  /// A formula with the given value: an integer or a fraction, with a sign if it is negative.
  ///
  /// - Parameter value: the value.
  public init(_ value: Rational) {
    let numerator = Formula.number(NumberLiteral("\(value.numerator.magnitude)"))
    let positive: Formula =
      value.isInteger ? numerator : .fraction(numerator, .number(NumberLiteral("\(value.denominator)")))
    self = value < .zero ? .signed(.minus, positive) : positive
  }

  /// A decimal number with the given value, with a sign if it is negative.
  ///
  /// - Parameters:
  ///   - value: the value.
  ///   - mark: the decimal mark.
  ///   - limit: the most digits after it.
  /// - Returns: the number; nil if it needs more digits.
  public static func decimal(_ value: Rational, _ mark: DecimalMark, limit: Int = 6) -> Formula? {
    guard !value.isInteger else { return Formula(value) }
    let scales = (1...max(1, min(limit, 18))).map(Int128.powerOfTen)
    guard let scale = scales.first(where: { $0.isMultiple(of: value.denominator) }) else { return nil }
    let (scaled, overflow) = value.numerator.magnitude.multipliedReportingOverflow(
      by: (scale / value.denominator).magnitude)
    if overflow { return nil }
    let (integer, decimals) = scaled.quotientAndRemainder(dividingBy: scale.magnitude)
    // The digits after the mark, with their leading zeros.
    let digits = "\(decimals + scale.magnitude)".dropFirst()
    let number = Formula.number(NumberLiteral("\(integer)\(mark.sign)\(digits)"))
    return value < .zero ? .signed(.minus, number) : number
  }
}

extension Int128 {
  /// Ten to the power of an exponent of at most 38.
  static func powerOfTen(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
