// Exact rational numbers. Every operation is checked: a result that does not fit is an error, never a wrong number.

/// An exact rational number in lowest terms.
public struct Rational: Sendable, Hashable {
  /// The numerator; its magnitude is below 2¹²⁷.
  public let numerator: Int128
  /// The denominator, from 1 to below 2¹²⁷.
  public let denominator: Int128

  /// The number 0.
  public static let zero = Rational(0)

  /// Creates an integer.
  ///
  /// - Parameter integer: the number.
  public init(_ integer: Int) {
    numerator = Int128(integer)
    denominator = 1
  }

  /// Creates a quotient of two integers.
  ///
  /// - Parameters:
  ///   - numerator: the numerator.
  ///   - denominator: the denominator, of any sign.
  /// - Throws: `divisionByZero`, or `tooLarge` where a magnitude is 2¹²⁷.
  public init(_ numerator: Int128, over denominator: Int128) throws(ArithmeticError) {
    if denominator == 0 { throw .divisionByZero }
    // The smallest integer has no counterpart of the other sign.
    if numerator == .min || denominator == .min { throw .tooLarge }
    let divisor = Self.greatestCommonDivisor(numerator, denominator)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * (numerator / divisor)
    self.denominator = sign * (denominator / divisor)
  }

  /// The greatest common divisor of two integers that are not the smallest one; at least 1.
  private static func greatestCommonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
    var (a, b) = (a.magnitude, b.magnitude)
    while b != 0 {
      // Division of 64 bits is much faster than that of 128.
      if a <= UInt64.max, b <= UInt64.max {
        var (x, y) = (UInt64(truncatingIfNeeded: a), UInt64(truncatingIfNeeded: b))
        while y != 0 { (x, y) = (y, x % y) }
        return max(1, Int128(x))
      }
      (a, b) = (b, a % b)
    }
    return max(1, Int128(a))
  }

  /// Whether the number is an integer.
  public var isInteger: Bool { denominator == 1 }

  /// The sum.
  ///
  /// - Throws: `tooLarge`.
  public static func + (left: Rational, right: Rational) throws(ArithmeticError) -> Rational {
    // Over the least common multiple, so that the intermediate results stay small.
    let divisor = greatestCommonDivisor(left.denominator, right.denominator)
    let (leftFactor, rightFactor) = (right.denominator / divisor, left.denominator / divisor)
    return try Rational(
      sum(product(left.numerator, leftFactor), product(right.numerator, rightFactor)),
      over: product(left.denominator, leftFactor))
  }

  /// The difference.
  ///
  /// - Throws: `tooLarge`.
  public static func - (left: Rational, right: Rational) throws(ArithmeticError) -> Rational {
    try left + -right
  }

  /// The product.
  ///
  /// - Throws: `tooLarge`.
  public static func * (left: Rational, right: Rational) throws(ArithmeticError) -> Rational {
    // Reduced crosswise first, so that a product that fits is never refused.
    let first = greatestCommonDivisor(left.numerator, right.denominator)
    let second = greatestCommonDivisor(right.numerator, left.denominator)
    return try Rational(
      product(left.numerator / first, right.numerator / second),
      over: product(left.denominator / second, right.denominator / first))
  }

  /// The quotient.
  ///
  /// - Throws: `divisionByZero` or `tooLarge`.
  public static func / (left: Rational, right: Rational) throws(ArithmeticError) -> Rational {
    try left * Rational(right.denominator, over: right.numerator)
  }

  /// The number with the other sign.
  public static prefix func - (number: Rational) -> Rational {
    Rational(reducedNumerator: -number.numerator, denominator: number.denominator)
  }

  private init(reducedNumerator numerator: Int128, denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The number to the power of another.
  ///
  /// - Parameter exponent: the exponent, an integer of any sign.
  /// - Returns: the power.
  /// - Throws: `fractionalExponent`, `zeroToThePowerOfZero`, `divisionByZero` (zero to a negative power) or `tooLarge`.
  public func power(_ exponent: Rational) throws(ArithmeticError) -> Rational {
    guard exponent.isInteger else { throw .fractionalExponent }
    if numerator == 0 {
      if exponent.numerator == 0 { throw .zeroToThePowerOfZero }
      if exponent.numerator < 0 { throw .divisionByZero }
      return self
    }
    if denominator == 1, numerator.magnitude == 1 {
      return exponent.numerator.isMultiple(of: 2) ? Rational(1) : self
    }
    // A magnitude of at least 2 to such a power has more than 127 bits.
    guard exponent.numerator.magnitude < 128 else { throw .tooLarge }
    var rest = exponent.numerator.magnitude
    var factor = exponent.numerator < 0 ? try Rational(1) / self : self
    var result = Rational(1)
    while rest > 0 {
      if rest & 1 == 1 { result = try result * factor }
      rest >>= 1
      if rest > 0 { factor = try factor * factor }
    }
    return result
  }

  private static func sum(_ a: Int128, _ b: Int128) throws(ArithmeticError) -> Int128 {
    let (result, overflow) = a.addingReportingOverflow(b)
    if overflow { throw .tooLarge }
    return result
  }

  private static func product(_ a: Int128, _ b: Int128) throws(ArithmeticError) -> Int128 {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    if overflow { throw .tooLarge }
    return result
  }
}

extension Rational: Comparable {
  /// Whether the first number is smaller; exact for all numbers.
  public static func < (left: Rational, right: Rational) -> Bool {
    if (left.numerator < 0) != (right.numerator < 0) { return left.numerator < 0 }
    // The cross products have up to 254 bits.
    let a = left.numerator.magnitude.multipliedFullWidth(by: right.denominator.magnitude)
    let b = right.numerator.magnitude.multipliedFullWidth(by: left.denominator.magnitude)
    let (smaller, larger) = left.numerator < 0 ? (b, a) : (a, b)
    return (smaller.high, smaller.low) < (larger.high, larger.low)
  }
}
