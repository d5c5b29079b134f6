// What the network for all characters says of the symbols on a page of numbers: words are none.

import Preprocessing

/// Tells words from numbers by the part of a model that knows letters.
///
/// The networks for digits know few letters, and read print as rows of ones and zeros.
package struct LetterEvidence {
  /// What a label of the part tells.
  private enum Kind { case digit, letter, neither }

  /// The part of the model.
  let part: Int
  private let kinds: [Kind]

  /// The least probability of digits and of letters.
  private static let leastProbability = 0.01
  /// A symbol is clearly a digit with this confidence, and unclear with less than the other.
  private static let (clear, unclear) = (0.9, 0.5)

  /// Finds the part; nil for a model that knows no letters.
  package init?(_ model: Model) {
    guard
      let part = model.parts.firstIndex(where: { $0.input == .picture && $0.classes.labels.contains("a") })
    else { return nil }
    self.part = part
    kinds = model.parts[part].classes.labels.map { label in
      if Classes.digits.labels.contains(label) { return .digit }
      return label.allSatisfy(\.isLetter) && !Lookalikes.ofDigits.contains(label) ? .letter : .neither
    }
  }

  /// The logarithm of how much more often letters than digits are answered in this way.
  ///
  /// - Parameters:
  ///   - probabilities: The part's answer.
  ///   - confidence: How confidently the symbol is read as a digit.
  ///   - isStroke: Whether this digit is a 1: an l, an i and a bar are as much like it.
  /// - Returns: The evidence; more than 0 for a letter.
  package func evidence(_ probabilities: [Double], confidence: Double, isStroke: Bool) -> Double {
    var digit = Self.leastProbability
    var letter = Self.leastProbability
    for (kind, probability) in zip(kinds, probabilities) {
      switch kind {
      case .digit: digit += probability
      case .letter: letter += probability
      case .neither: break
      }
    }
    // How often each of these happens: measured with 2,423 digits of forms, sums and photos, and with 2,733 symbols cut
    // out of printed pages. A printed l, o or s looks like a digit, but no digit looks like a k.
    let isClear = confidence >= Self.clear
    let odds = logarithm(letter / digit)
    if odds > 1 { return isClear ? 2.8 : 3.1 }
    if odds > -2, isStroke { return 0 }
    if odds > -0.5 { return isClear ? 2.6 : 1.7 }
    if odds > -2 { return isClear ? 1.7 : 1.1 }
    return isClear ? -0.8 : confidence < Self.unclear ? 0 : -1.2
  }
}
