// The right answer.

/// What should stand in the place of an answer.
public enum ExpectedAnswer: Sendable, Hashable {
  /// A number.
  case value(Rational)
  /// A quotient with a remainder.
  case remainder(quotient: Rational, remainder: Rational)
  /// A relation between two numbers.
  case relation(Relation)
}

extension ExpectedAnswer {
  /// The answer as a formula; nil for a relation.
  ///
  /// - Parameters:
  ///   - mark: the decimal mark.
  ///   - asFraction: whether a number that is no integer is a fraction even if it has few decimals.
  /// - Returns: the formula: an integer, a decimal number of at most six decimals, or else a fraction with a bar.
  public func formula(_ mark: DecimalMark = .point, asFraction: Bool = false) -> Formula? {
    switch self {
    case .value(let value):
      asFraction ? Formula(value) : Formula.decimal(value, mark) ?? Formula(value)
    case .remainder(let quotient, let remainder): .remainder(Formula(quotient), Formula(remainder))
    case .relation: nil
    }
  }

  /// The answer as plain text.
  ///
  /// - Parameters:
  ///   - mark: the decimal mark.
  ///   - asFraction: whether a number that is no integer is a fraction even if it has few decimals.
  /// - Returns: the text, for example "36", "0,5", "(1)/(3)", "2R2" or "<".
  public func text(_ mark: DecimalMark = .point, asFraction: Bool = false) -> String {
    if case .relation(let relation) = self { return String(relation.rawValue) }
    return formula(mark, asFraction: asFraction)?.description ?? ""
  }
}
