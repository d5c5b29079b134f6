// The classes of a network's outputs, and the networks' answer for one symbol.

import Basics

/// The labels of a network's outputs, in the outputs' order.
public struct Classes: Sendable, Hashable {
  /// The labels, each a short text without spaces.
  public let labels: [String]
  /// Whether an additional last output means "none of these labels": the background class.
  public let hasBackground: Bool

  /// Creates classes.
  ///
  /// - Parameters:
  ///   - labels: the labels in the outputs' order.
  ///   - hasBackground: whether an additional last output means "none of these labels".
  public init(labels: [String], hasBackground: Bool = false) {
    self.labels = labels
    self.hasBackground = hasBackground
  }

  /// The ten digits.
  public static let digits = Classes(labels: (0...9).map(String.init))
  /// The ten digits and the background class.
  public static let digitsOrNone = Classes(labels: (0...9).map(String.init), hasBackground: true)

  /// The printable ASCII characters, and the signs that arithmetic needs beyond them.
  public static let symbols = Classes(
    labels: (33...126).map { String(UnicodeScalar(UInt8($0))) } + ["×", "·", "÷", "±", "≤", "≥", "≠"],
    hasBackground: true)

  /// The number of outputs that a network must have.
  public var outputs: Int { labels.count + (hasBackground ? 1 : 0) }
}

/// The calibrated probabilities of one symbol.
public struct Answer: Sendable, Equatable {
  /// The labels' probabilities given that the symbol is one of them, in the classes' order; they add up to 1.
  public let probabilities: [Double]
  /// The probability that the symbol is none of the labels.
  public let background: Double

  /// Calibrates a network's outputs.
  ///
  /// - Parameters:
  ///   - logits: logits, or logarithms of probabilities.
  ///   - classes: the classes of the outputs.
  ///   - temperature: the logits are divided by this before the softmax.
  public init(logits: [Double], classes: Classes, temperature: Double) {
    let scaled = logits.map { $0 / temperature }
    let top = scaled.max() ?? 0
    let powers = scaled.map { exponential($0 - top) }
    let labels = powers.prefix(classes.labels.count).reduce(0, +)
    let other = powers.dropFirst(classes.labels.count).reduce(0, +)
    background = other / (labels + other)
    if labels > 0 {
      probabilities = powers.prefix(classes.labels.count).map { $0 / labels }
    } else {
      // The labels' share has underflowed: their softmax is computed without the background.
      let best = scaled.prefix(classes.labels.count).max() ?? 0
      let alone = scaled.prefix(classes.labels.count).map { exponential($0 - best) }
      let sum = alone.reduce(0, +)
      probabilities = alone.map { $0 / sum }
    }
  }

  /// The answer where no network could be asked: nothing is probable.
  static func unknown(_ classes: Classes) -> Answer {
    Answer(
      probabilities: classes.labels.map { _ in 1 / Double(max(1, classes.labels.count)) }, background: 1)
  }

  /// Makes an answer of probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: the labels' probabilities; they add up to 1.
  ///   - background: the probability that the symbol is none of the labels.
  public init(probabilities: [Double], background: Double) {
    self.probabilities = probabilities
    self.background = background
  }

  /// The answer where some labels are written more often than others.
  ///
  /// - Parameters:
  ///   - frequencies: how often each label is written, in the classes' order.
  ///   - other: how often something else is written.
  /// - Returns: the answer with these prior probabilities; the answer itself where they leave nothing.
  package func weighed(by frequencies: [Double], background other: Double) -> Answer {
    let weights = zip(probabilities, frequencies).map { $0 * $1 }
    let sum = weights.reduce(0, +)
    let (known, unknown) = ((1 - background) * sum, background * other)
    guard sum > 0, known + unknown > 0 else { return self }
    return Answer(probabilities: weights.map { $0 / sum }, background: unknown / (known + unknown))
  }

  /// The index of the most probable label; the first one of equal labels.
  public var best: Int {
    var best = 0
    for index in probabilities.indices where probabilities[index] > probabilities[best] { best = index }
    return best
  }

  /// The probability that the symbol is the most probable label.
  public var confidence: Double {
    probabilities.isEmpty ? 0 : probabilities[best] * (1 - background)
  }

  /// The labels with their probabilities, most probable first; equal ones in the classes' order.
  ///
  /// - Parameter classes: the classes of the outputs.
  /// - Returns: a candidate for each label.
  public func candidates(of classes: Classes) -> [Candidate] {
    zip(classes.labels, probabilities).enumerated()
      .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
      .map { Candidate(label: $0.element.0, probability: $0.element.1) }
  }
}
