// The figures of a model over labelled samples, for cards and for `inkling evaluate`.

import Basics
import CLibrary

/// Counts and sums over a model's answers to labelled samples.
package struct Measures: Sendable, Equatable {
  /// The number of labels.
  package let classes: Int
  /// How often a sample with the row's label was answered with the column's label, row by row.
  package private(set) var confusion: [Int]
  /// The sum of the negative logarithms of the true labels' probabilities.
  package private(set) var lossSum = 0.0
  /// Samples that the refusal rule refused; they count in all other figures too.
  package private(set) var refused = 0
  /// For each part of the confidence's range: samples, the sum of confidences, right answers.
  private var bins: [Bin]

  private struct Bin: Sendable, Equatable {
    var samples = 0
    var confidence = 0.0
    var right = 0
  }

  /// The number of bins of equal width in the calibration error.
  package static let calibrationBins = 15

  /// Makes measures without samples.
  package init(classes: Int) {
    self.classes = classes
    confusion = [Int](repeating: 0, count: classes * classes)
    bins = [Bin](repeating: Bin(), count: Self.calibrationBins)
  }

  /// Adds a sample: its true label and the probabilities of all labels, which add up to 1.
  package mutating func add(label: Int, probabilities: some Collection<Double>, refused: Bool = false) {
    var best = 0
    var top = -1.0
    var own = 0.0
    for (index, probability) in probabilities.enumerated() {
      if probability > top { (best, top) = (index, probability) }
      if index == label { own = probability }
    }
    confusion[label * classes + best] += 1
    // The bound keeps the loss finite where the probability underflowed.
    lossSum -= log(max(own, 1e-45))
    if refused { self.refused += 1 }
    let bin = min(Self.calibrationBins - 1, max(0, Int(clamping: top * Double(Self.calibrationBins))))
    bins[bin].samples += 1
    bins[bin].confidence += top
    if best == label { bins[bin].right += 1 }
  }

  /// The number of samples.
  package var samples: Int { confusion.reduce(0, +) }
  /// Samples whose most probable label is the true one.
  package var correct: Int { (0..<classes).reduce(0) { $0 + confusion[$1 * classes + $1] } }
  /// The share of right answers.
  package var accuracy: Double { share(correct, of: samples) }
  /// The standard error of the accuracy: √(p(1−p)/n).
  package var standardError: Double {
    samples == 0 ? 0 : (accuracy * (1 - accuracy) / Double(samples)).squareRoot()
  }
  /// The mean negative log-likelihood.
  package var loss: Double { samples == 0 ? 0 : lossSum / Double(samples) }

  /// The expected calibration error: the difference of confidence and accuracy, averaged over the samples.
  package var calibrationError: Double {
    guard samples > 0 else { return 0 }
    return bins.reduce(0) { $0 + abs(Double($1.right) - $1.confidence) } / Double(samples)
  }

  /// The share of the samples answered with a label that have it.
  package func precision(of label: Int) -> Double {
    share(
      confusion[label * classes + label], of: (0..<classes).reduce(0) { $0 + confusion[$1 * classes + label] }
    )
  }

  /// The share of the samples with a label that are answered with it.
  package func recall(of label: Int) -> Double {
    share(confusion[label * classes + label], of: support(of: label))
  }

  /// The harmonic mean of precision and recall.
  package func f1(of label: Int) -> Double {
    let (precision, recall) = (precision(of: label), recall(of: label))
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }

  /// The number of samples that have a label.
  package func support(of label: Int) -> Int {
    confusions(of: label).reduce(0, +)
  }

  /// How often samples with a label were answered with each label.
  package func confusions(of label: Int) -> ArraySlice<Int> {
    confusion[(label * classes)..<((label + 1) * classes)]
  }

  private func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
