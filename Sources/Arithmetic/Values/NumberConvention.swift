// The notations in which a number or a colon can be meant.

/// The sign between a number's integer part and its decimals; the other sign separates groups of three digits.
public enum DecimalMark: Sendable, Hashable, CaseIterable {
  /// As in 1,234.5.
  case point
  /// As in 1.234,5.
  case comma

  /// The sign before the decimals.
  public var sign: Character { self == .point ? "." : "," }
  /// The sign between groups of three digits.
  public var groupSign: Character { self == .point ? "," : "." }
}

/// What a colon between numbers means.
public enum ColonMeaning: Sendable, Hashable, CaseIterable {
  /// A division: 12 : 3 : 2 is 2.
  case division
  /// A ratio: 1 : 2 : 3 equals 2 : 4 : 6.
  case ratio
}

/// The notations that a page may use; where one is left open, both are considered.
///
/// What holds under both is certain; what holds under one only is ambiguous.
public struct NumberConvention: Sendable, Hashable {
  /// The decimal mark; nil where it is not known.
  public var decimalMark: DecimalMark?
  /// The meaning of a colon; nil where it is not known.
  public var colon: ColonMeaning?

  /// Creates a convention.
  ///
  /// - Parameters:
  ///   - decimalMark: the decimal mark; nil where it is not known.
  ///   - colon: the meaning of a colon; nil where it is not known.
  public init(decimalMark: DecimalMark? = nil, colon: ColonMeaning? = nil) {
    self.decimalMark = decimalMark
    self.colon = colon
  }
}

/// One way to understand a formula's notation.
public struct Interpretation: Sendable, Hashable {
  /// The decimal mark; nil reads each number alone, which must then be possible in one way only.
  public var decimalMark: DecimalMark?
  /// The meaning of a chain of colons.
  public var colon: ColonMeaning
  /// Whether a multiplication without a sign is computed before a division to its left: 6 : 2(1 + 2) is 1, not 9.
  public var implicitProductFirst: Bool

  /// Creates an interpretation.
  ///
  /// - Parameters:
  ///   - decimalMark: the decimal mark; nil reads each number alone.
  ///   - colon: the meaning of a chain of colons.
  ///   - implicitProductFirst: whether a multiplication without a sign is computed before a division to its left.
  public init(
    decimalMark: DecimalMark? = .point, colon: ColonMeaning = .division, implicitProductFirst: Bool = false
  ) {
    self.decimalMark = decimalMark
    self.colon = colon
    self.implicitProductFirst = implicitProductFirst
  }
}
