// The value of a missing operand.

extension Formula {
  /// The value of the one missing operand for which the formula has a given value.
  ///
  /// - Parameters:
  ///   - target: the value of the formula.
  ///   - interpretation: how the notation is meant.
  /// - Returns: the operand; nil where there is none, where any number will do, or where more than one operand is
  ///   missing. Of the two roots of an even power it is the positive one.
  /// - Throws: why the formula has no value.
  public func missingOperand(
    giving target: Rational, _ interpretation: Interpretation = Interpretation()
  ) throws(ArithmeticError) -> Rational? {
    guard missingCount == 1, let operand = try inverted(target, interpretation) else { return nil }
    return try replacingMissing(with: Formula(operand)).value(interpretation) == target ? operand : nil
  }

  /// The missing operand, by undoing the operations from the outside to the inside.
  private func inverted(
    _ target: Rational, _ interpretation: Interpretation
  ) throws(ArithmeticError) -> Rational? {
    switch self {
    case .missing: return target
    case .number, .remainder: return nil
    case .group(_, let inner): return try inner.inverted(target, interpretation)
    case .percent(let inner): return try inner.inverted(target * Rational(100), interpretation)
    case .signed(let sign, let inner):
      return try inner.inverted(sign == .minus ? -target : target, interpretation)
    case .sum(let first, let terms):
      return try Self.inverted([Term(.plus, first)] + terms, target, interpretation)
    case .mixed(let whole, let numerator, let denominator):
      return try Self.inverted(
        [Term(.plus, whole), Term(.plus, .fraction(numerator, denominator))], target, interpretation)
    case .product(let first, let factors):
      return try Self.inverted([Factor(.cross, first)] + factors, target, interpretation)
    case .fraction(let numerator, let denominator):
      return try Self.inverted(
        [Factor(.cross, numerator), Factor(.slash, denominator)], target, interpretation)
    case .power(let base, let exponent) where base.missingCount > 0:
      guard let root = try target.root(exponent.value(interpretation)) else { return nil }
      return try base.inverted(root, interpretation)
    case .power(let base, let exponent):
      let base = try base.value(interpretation)
      // Powers of 0, 1 and −1 do not tell the exponent.
      guard base.numerator.magnitude != base.denominator.magnitude, base != .zero else { return nil }
      for candidate in -127...127 where (try? base.power(Rational(candidate))) == target {
        return try exponent.inverted(Rational(candidate), interpretation)
      }
      return nil
    }
  }

  private static func inverted(
    _ terms: [Term], _ target: Rational, _ interpretation: Interpretation
  ) throws(ArithmeticError) -> Rational? {
    var terms = terms
    guard let index = terms.firstIndex(where: { $0.formula.missingCount > 0 }) else { return nil }
    let term = terms.remove(at: index)
    let difference = try target - Formula.sum(Formula(.zero), terms).value(interpretation)
    return try term.formula.inverted(term.sign == .minus ? -difference : difference, interpretation)
  }

  private static func inverted(
    _ factors: [Factor], _ target: Rational, _ interpretation: Interpretation
  ) throws(ArithmeticError) -> Rational? {
    var factors = factors
    guard let index = factors.firstIndex(where: { $0.formula.missingCount > 0 }) else { return nil }
    let factor = factors.remove(at: index)
    let known = try Formula.product(Formula(Rational(1)), factors).value(interpretation)
    let isDivisor = factor.operation.isDivision
    guard (isDivisor ? target : known) != .zero else { return nil }
    return try factor.formula.inverted(isDivisor ? known / target : target / known, interpretation)
  }

  /// The formula with another one in place of each missing operand.
  func replacingMissing(with operand: Formula) -> Formula {
    func replaced(_ formula: Formula) -> Formula { formula.replacingMissing(with: operand) }
    switch self {
    case .missing: return operand
    case .number: return self
    case .group(let bracket, let inner): return .group(bracket, replaced(inner))
    case .signed(let sign, let inner): return .signed(sign, replaced(inner))
    case .percent(let inner): return .percent(replaced(inner))
    case .sum(let first, let terms):
      return .sum(replaced(first), terms.map { Term($0.sign, replaced($0.formula)) })
    case .product(let first, let factors):
      return .product(replaced(first), factors.map { Factor($0.operation, replaced($0.formula)) })
    case .power(let a, let b): return .power(replaced(a), replaced(b))
    case .fraction(let a, let b): return .fraction(replaced(a), replaced(b))
    case .remainder(let a, let b): return .remainder(replaced(a), replaced(b))
    case .mixed(let a, let b, let c): return .mixed(replaced(a), replaced(b), replaced(c))
    }
  }

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
    guard
      let scale = (1...max(1, min(limit, 18))).lazy.map({ Self.powerOfTen($0) }).first(where: {
        $0.isMultiple(of: value.denominator)
      })
    else { return nil }
    let (scaled, overflow) = value.numerator.magnitude.multipliedReportingOverflow(
      by: (scale / value.denominator).magnitude)
    if overflow { return nil }
    let (integer, decimals) = scaled.quotientAndRemainder(dividingBy: scale.magnitude)
    // The digits after the mark, with their leading zeros.
    let digits = "\(decimals + scale.magnitude)".dropFirst()
    let number = Formula.number(NumberLiteral("\(integer)\(mark.sign)\(digits)"))
    return value < .zero ? .signed(.minus, number) : number
  }

  private static func powerOfTen(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

extension Rational {
  /// The exact root of a degree that is an integer; nil where it is irrational or does not exist.
  func root(_ degree: Rational) throws(ArithmeticError) -> Rational? {
    guard degree.isInteger else { throw .fractionalExponent }
    guard degree != .zero, degree.numerator.magnitude < 128, self != .zero else { return nil }
    let count = Int(degree.numerator.magnitude)
    if numerator < 0, count.isMultiple(of: 2) { return nil }
    guard let top = Self.integerRoot(numerator.magnitude, count),
      let bottom = Self.integerRoot(denominator.magnitude, count)
    else { return nil }
    let root = try Rational(numerator < 0 ? -top : top, over: bottom)
    return degree < .zero ? try Rational(1) / root : root
  }

  /// The exact root of an integer below 2¹²⁷, by bisection.
  private static func integerRoot(_ number: UInt128, _ degree: Int) -> Int128? {
    var (low, high) = (Int128(0), Int128(number))
    while low < high {
      let middle = low + (high - low) / 2
      if let power = try? Rational(middle, over: 1).power(Rational(degree)),
        power.numerator.magnitude < number
      {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return (try? Rational(low, over: 1).power(Rational(degree)))?.numerator.magnitude == number ? low : nil
  }
}
