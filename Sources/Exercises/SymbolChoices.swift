// From a recognised symbol to its label for the layout, and to the signs that it may be.

import Arithmetic
import CLibrary
import Recognition

/// What a symbol may be.
struct SymbolChoices {
  /// The label for the layout: the most probable one, or a letter where the symbol probably is none of them.
  let label: String
  /// The most probable labels with their probabilities.
  private let candidates: [(sign: Character, probability: Double)]
  /// The probability of the label's own sign.
  private let probability: Double

  /// More candidates of a symbol than these are counted together as another sign.
  private static let candidateCount = 6
  /// Smaller probabilities are not told apart.
  private static let leastProbability = 1e-9
  /// The sign of a symbol that is not part of arithmetic.
  static let unknown: Character = "?"
  /// The label of a symbol that is none of the labels: letters are set aside, or make what they stand beside unreadable.
  private static let letter = "a"

  init(_ symbol: Symbol) {
    let isLetter = symbol.background > 0.5 || symbol.candidates.isEmpty
    label = isLetter ? Self.letter : symbol.candidates[0].label
    candidates = symbol.candidates.prefix(Self.candidateCount).compactMap { candidate in
      candidate.label.first.map { ($0, candidate.probability * (1 - symbol.background)) }
    }
    probability = isLetter ? symbol.background : symbol.confidence
  }

  /// What a sign that was read from this symbol alone may be.
  func choices(as sign: Character) -> [AlternativeReadings.Choice] {
    // Where the layout made another sign of the label, such as a fraction bar, the other candidates would need another
    // layout: they count as one unknown sign.
    let isOwn = sign == Self.unknown || sign == candidates.first?.sign
    let known = isOwn ? candidates : [(sign, probability)]
    let rest = 1 - known.reduce(0) { $0 + $1.probability }
    return (known + [(Self.unknown, rest)]).compactMap { sign, probability in
      probability >= Self.leastProbability
        ? AlternativeReadings.Choice(sign, logProbability: log(probability)) : nil
    }
  }

  /// What a sign that several symbols make, such as the two lines of "=", may be: the sign, or an unknown one.
  static func choices(
    as sign: Character, of parts: [SymbolChoices]
  ) -> [AlternativeReadings.Choice] {
    let probability = parts.reduce(1) { $0 * $1.probability }
    return [(sign, probability), (unknown, 1 - probability)].compactMap { sign, probability in
      probability >= leastProbability
        ? AlternativeReadings.Choice(sign, logProbability: log(probability)) : nil
    }
  }
}

extension [SymbolChoices] {
  /// What a token may be; none for one that stands for a layout.
  func choices(of token: Token) -> [AlternativeReadings.Choice] {
    let parts = token.symbols.filter(indices.contains).map { self[$0] }
    switch parts.count {
    case 0: return []
    case 1: return parts[0].choices(as: token.sign)
    default: return SymbolChoices.choices(as: token.sign, of: parts)
    }
  }
}
