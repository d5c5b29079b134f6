// What a network's outputs stand for: labels in order, and perhaps one last output for "none of these".

/// The labels of a network's outputs, in the outputs' order.
public struct Classes: Sendable, Hashable {
  /// The labels, each a short text without blanks.
  public let labels: [String]
  /// Whether one more output, after the labels', stands for "no digit".
  public let hasBackground: Bool

  /// Makes classes.
  public init(labels: [String], hasBackground: Bool = false) {
    self.labels = labels
    self.hasBackground = hasBackground
  }

  /// The ten digits.
  public static let digits = Classes(labels: (0...9).map(String.init))
  /// The ten digits and "no digit".
  public static let digitsOrNone = Classes(labels: (0...9).map(String.init), hasBackground: true)

  /// The number of outputs a network must have.
  public var outputs: Int { labels.count + (hasBackground ? 1 : 0) }
}

/// What a network's outputs say of one symbol, calibrated.
public struct Answer: Sendable, Equatable {
  /// The labels' probabilities given that it is one of them, in the classes' order; they add up to 1.
  public let probabilities: [Double]
  /// The probability that it is none of them.
  public let background: Double

  /// Calibrates scores (logits, or logarithms of probabilities) by dividing them by a temperature.
  public init(scores: [Double], classes: Classes, temperature: Double) {
    let scaled = scores.map { $0 / temperature }
    let top = scaled.max() ?? 0
    let powers = scaled.map { exponential($0 - top) }
    let labels = powers.prefix(classes.labels.count).reduce(0, +)
    let other = powers.dropFirst(classes.labels.count).reduce(0, +)
    background = other / (labels + other)
    if labels > 0 {
      probabilities = powers.prefix(classes.labels.count).map { $0 / labels }
    } else {
      // So sure of "no digit" that the labels' share underflows: rank them by themselves.
      let best = scaled.prefix(classes.labels.count).max() ?? 0
      let alone = scaled.prefix(classes.labels.count).map { exponential($0 - best) }
      let sum = alone.reduce(0, +)
      probabilities = alone.map { $0 / sum }
    }
  }

  /// The index of the most probable label; the first of equals.
  public var best: Int {
    var best = 0
    for index in probabilities.indices where probabilities[index] > probabilities[best] { best = index }
    return best
  }

  /// How sure it is that the symbol is a label, and this one.
  public var confidence: Double {
    probabilities.isEmpty ? 0 : probabilities[best] * (1 - background)
  }

  /// The labels with their probabilities, most probable first; equals in the classes' order.
  public func candidates(of classes: Classes) -> [Candidate] {
    zip(classes.labels, probabilities).enumerated()
      .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
      .map { Candidate(label: $0.element.0, probability: $0.element.1) }
  }
}
