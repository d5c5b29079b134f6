// What a person writes, and so what may be answered.

/// What a person writes: a mode allows some of the characters that the networks know.
public enum ReadingMode: String, Sendable, Hashable, CaseIterable {
  /// Digits.
  case digits
  /// Arithmetic: digits, and the signs of sums.
  case sums
  /// Text: all printable ASCII characters.
  case text

  /// The labels that may be answered, and "none of them".
  public var classes: Classes {
    switch self {
    case .digits: .digitsOrNone
    case .sums:
      Classes(
        labels: (0...9).map(String.init) + "+-±×·÷:/=<>≤≥≠()[]{}.,%R".map(String.init), hasBackground: true)
    case .text:
      Classes(labels: Classes.symbols.labels.filter { $0.utf8.count == 1 }, hasBackground: true)
    }
  }

  /// How often characters that the mode excludes are written, as a share of how often the networks have seen them.
  ///
  /// Among sums letters are rare: what looks like a Z is rather a 2.
  package var excludedFrequency: Double { self == .sums ? 0.2 : 1 }
}
