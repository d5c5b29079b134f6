// Why a formula has no value.

/// Why a formula has no value.
public enum ArithmeticError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A value or an intermediate result needs more than 127 bits.
  case tooLarge
  /// A division by zero.
  case divisionByZero
  /// Zero to the power of zero.
  case zeroToThePowerOfZero
  /// A power whose exponent is not an integer.
  case fractionalExponent
  /// A formula with ±, which has two values.
  case severalValues
  /// A formula with a missing operand.
  case missingOperand
  /// A quotient with a remainder, which is two numbers.
  case remainder
  /// Digits and marks that are no number in the decimal notation in use, for example "1.2.3".
  case malformedNumber(String)

  /// One sentence.
  public var description: String {
    switch self {
    case .tooLarge: "the numbers are too large to check"
    case .divisionByZero: "a division by zero has no value"
    case .zeroToThePowerOfZero: "zero to the power of zero has no value"
    case .fractionalExponent: "only powers with integer exponents are computed"
    case .severalValues: "a formula with ± has two values"
    case .missingOperand: "an operand is missing"
    case .remainder: "a quotient with a remainder is not one number"
    case .malformedNumber(let text): "\(text) is not a number"
    }
  }
}
