// From a recognised symbol to its label for the layout, and to the signs that it may be.

import Arithmetic
import CLibrary
import Ink
import Recognition

/// What a symbol may be.
struct SymbolChoices {
  /// The label for the layout: the most probable one, or a letter where the symbol probably is none of them.
  let label: String
  /// The most probable labels with their probabilities.
  private let candidates: [(sign: Character, probability: Double)]
  /// The probability of the label's own sign.
  private let probability: Double
  /// The probability that the ink is divided into symbols in another way.
  private let otherDivision: Double

  /// More candidates of a symbol than these are counted together as another sign.
  private static let candidateCount = 6
  /// How much rarer < and > are in an exercise with an equals sign: what looks like one is rather a 7 there.
  private static let comparisonInEquation = 0.1
  /// Smaller probabilities are not told apart.
  private static let leastProbability = 1e-9
  /// The sign of a symbol that is not part of arithmetic.
  static let unknown: Character = "?"
  /// The label of a symbol that is none of the labels: letters are set aside, or make what they stand beside unreadable.
  private static let letter = "a"

  /// Weighs the candidates of a symbol.
  ///
  /// - Parameters:
  ///   - symbol: the symbol.
  ///   - writingSize: the height of the writing around it.
  ///   - place: how low its middle stands beside the nearest digits, whose top is 0 and whose bottom is 1; nil where there
  ///     are none.
  ///   - isInEquation: whether an equals sign stands in the same exercise.
  init(_ symbol: Symbol, writingSize: Double, place: Double? = nil, isInEquation: Bool = false) {
    let height = writingSize > 0 ? symbol.levelBox.height / writingSize : nil
    let dots = symbol.candidates.filter { ".·".contains($0.label) }.map(\.probability)
    let weighed = symbol.candidates.compactMap { candidate -> (sign: Character, weight: Double)? in
      guard let sign = candidate.label.first else { return nil }
      // Only its place tells a point from a raised dot.
      let isDot = place != nil && ".·".contains(sign)
      let probability = isDot ? dots.reduce(0, +) / Double(dots.count) : candidate.probability
      let byHeight = height.map { SignHeight.logLikelihood(of: sign, height: $0) } ?? 0
      let byPlace = place.map { SignHeight.logLikelihood(of: sign, place: $0) } ?? 0
      let byEquation = isInEquation && "<>".contains(sign) ? Self.comparisonInEquation : 1
      return (sign, probability * exp(byHeight + byPlace) * byEquation)
    }
    let sum = weighed.reduce(0) { $0 + $1.weight }
    let known = 1 - symbol.background
    let sorted = weighed.enumerated().sorted {
      ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
    }
    candidates = sorted.prefix(Self.candidateCount).map {
      ($0.element.sign, sum > 0 ? $0.element.weight / sum * known : 0)
    }
    let best = candidates.first
    let isLetter = symbol.background > 0.5 || best == nil
    label = isLetter ? Self.letter : best.map { String($0.sign) } ?? Self.letter
    probability = isLetter ? symbol.background : best?.probability ?? 0
    otherDivision = exp(-symbol.divisionLead)
  }

  /// What a sign that was read from this symbol alone may be.
  func choices(as sign: Character) -> [AlternativeReadings.Choice] {
    // Where the layout made another sign of the label, such as a fraction bar, the other candidates would need another
    // layout: they count as one unknown sign.
    let isOwn = sign == Self.unknown || sign == candidates.first?.sign
    let known = isOwn ? candidates : [(sign, probability)]
    let rest = 1 - known.reduce(0) { $0 + $1.probability }
    return Self.choices(known + [(Self.unknown, min(rest + otherDivision, 1))])
  }

  /// What a sign that several symbols make, such as the two lines of "=", may be: the sign, or an unknown one.
  static func choices(as sign: Character, of parts: [SymbolChoices]) -> [AlternativeReadings.Choice] {
    let probability = parts.reduce(1) { $0 * $1.probability }
    let other = 1 - probability + parts.reduce(0) { $0 + $1.otherDivision }
    return choices([(sign, probability), (unknown, min(other, 1))])
  }

  private static func choices(_ signs: [(Character, probability: Double)]) -> [AlternativeReadings.Choice] {
    signs.filter { $0.probability >= leastProbability }.map { .init($0, logProbability: log($1)) }
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

/// How high the signs are that look alike but for their size, in heights of the writing.
enum SignHeight {
  /// What a sign outside of its usual heights loses, for each factor of e.
  private static let slope = 6.0

  /// The logarithm of how likely a sign has a height: 0 within its usual heights.
  static func logLikelihood(of sign: Character, height: Double) -> Double {
    let usual = usual(sign)
    if height > usual.upperBound { return -slope * log(height / usual.upperBound) }
    if height < usual.lowerBound { return -slope * min(log(usual.lowerBound / max(height, 1e-3)), 2) }
    return 0
  }

  /// What a dot at an unusual place loses, for each height of a digit, and the most.
  private static let (placeSlope, maxPlaceLoss) = (12.0, 5.0)

  /// The logarithm of how likely a small sign stands so low: a point or a comma stands on the base line, a raised dot in
  /// the middle.
  static func logLikelihood(of sign: Character, place: Double) -> Double {
    let usual: ClosedRange<Double>
    switch sign {
    case "·": usual = 0.2...0.66
    case ".": usual = 0.7...1.25
    case ",": usual = 0.75...1.5
    // A small digit is an exponent, which stands high.
    case "0"..."9", "R": usual = -1...0.8
    default: return 0
    }
    let distance = max(usual.lowerBound - place, place - usual.upperBound, 0)
    return -min(placeSlope * distance, maxPlaceLoss)
  }

  /// The usual heights.
  ///
  /// Exponents are about half as high as other digits.
  private static func usual(_ sign: Character) -> ClosedRange<Double> {
    switch sign {
    case ".", "·": 0...0.3
    case ",": 0...0.5
    case "-", "_": 0...0.4
    case "=": 0.05...0.7
    case ":": 0.15...0.85
    case "+", "×", "÷", "±", "<", ">", "≤", "≥", "≠": 0.15...1.1
    case "(", ")", "[", "]", "{", "}", "/": 0.8...2
    default: 0.4...1.2
    }
  }
}
