// Exact roots.

import Basics

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
