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
}
