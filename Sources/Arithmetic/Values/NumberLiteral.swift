// Numbers as written.

/// A number as written: digits, points and commas.
public struct NumberLiteral: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The digits and marks.
  public let text: String

  /// Creates a number.
  ///
  /// - Parameter text: digits, points and commas; anything else makes its value an error.
  public init(_ text: String) { self.text = text }

  /// Creates a number from a literal.
  ///
  /// - Parameter value: digits, points and commas.
  public init(stringLiteral value: String) { text = value }

  /// Whether the number consists of digits alone.
  public var isPlainInteger: Bool { !text.isEmpty && text.utf8.allSatisfy(Self.isDigit) }

  /// The number's value.
  ///
  /// - Parameter mark: the decimal mark; nil accepts a number that has the same value with both, or is valid with one only.
  /// - Returns: the value.
  /// - Throws: `malformedNumber` or `tooLarge`.
  public func value(_ mark: DecimalMark?) throws(ArithmeticError) -> Rational {
    if let mark { return try parse(mark) }
    var found: Rational?
    for mark in DecimalMark.allCases where isValid(mark) {
      let value = try parse(mark)
      if let found, found != value { throw .malformedNumber(text) }
      found = value
    }
    guard let found else { throw .malformedNumber(text) }
    return found
  }

  /// Whether the text is a number with the given decimal mark.
  ///
  /// - Parameter mark: the decimal mark.
  /// - Returns: whether it is; digits may be grouped in threes by the other mark.
  public func isValid(_ mark: DecimalMark) -> Bool {
    let parts = text.split(separator: mark.sign, omittingEmptySubsequences: false)
    guard parts.count <= 2, let integer = parts.first else { return false }
    if parts.count == 2 {
      guard !parts[1].isEmpty, parts[1].utf8.allSatisfy(Self.isDigit) else { return false }
      if integer.isEmpty { return true }
    }
    let groups = integer.split(separator: mark.groupSign, omittingEmptySubsequences: false)
    guard groups.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isDigit) }) else { return false }
    if groups.count == 1 { return true }
    return groups[0].count <= 3 && groups[0].first != "0" && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  /// The value of a valid number.
  private func parse(_ mark: DecimalMark) throws(ArithmeticError) -> Rational {
    guard isValid(mark) else { throw .malformedNumber(text) }
    let decimals = text.split(separator: mark.sign, omittingEmptySubsequences: false).dropFirst().first ?? ""
    // 10³⁸ is the largest power of ten below 2¹²⁷.
    guard let digits = Int128(text.filter(\.isDigit)), decimals.count <= 38 else { throw .tooLarge }
    return try Rational(digits, over: .powerOfTen(decimals.count))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
