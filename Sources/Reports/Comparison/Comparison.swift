// All that the comparison's report is made of.

import Basics
package import ClassicalMethods
package import Evaluation

/// What was found about every method, and the test pictures that they read.
package struct Comparison: Sendable {
  /// A method as the report names it.
  package struct Entry: Sendable {
    /// What was found.
    package let finding: MethodResult
    /// What people call it.
    package let title: String
    /// What it does, in a sentence or two.
    package let about: String
    /// Its figures on the test pictures.
    package let measures: Measures
  }

  /// The methods, the best first.
  package let entries: [Entry]
  /// The test pictures and their digits.
  package let test: Samples
  /// How many pictures were learnt from.
  package let trainCount: Int
  /// How many of them served to choose settings, and how many of those were learnt from meanwhile.
  package let choosing: (count: Int, train: Int)
  /// Whether it is the short comparison.
  package let isQuick: Bool
  /// The processor, and how many threads worked.
  package let machine: String
  /// The places of the test pictures along the first two principal components of the training pictures.
  package let plane: Matrix

  /// Puts findings in order; `words` gives a method's title and what it does.
  package init(
    _ findings: [MethodResult], study: MethodComparison, machine: String, plane: Matrix,
    words: (MethodResult) -> (title: String, about: String)
  ) {
    test = study.test
    trainCount = study.train.count
    choosing = (study.choosing, study.choosingTrain)
    isQuick = study.isQuick
    self.machine = machine
    self.plane = plane
    let labels = study.test.labels
    entries = findings.map { finding in
      let (title, about) = words(finding)
      return Entry(finding: finding, title: title, about: about, measures: finding.measures(labels))
    }.sorted { ($1.measures.accuracy, $0.finding.method) < ($0.measures.accuracy, $1.finding.method) }
  }

  /// The probability that the entry differs from the one above it by chance alone; nil for the first.
  package func chance(at place: Int) -> Double? {
    guard place > 0 else { return nil }
    return entries[place].finding.compared(with: entries[place - 1].finding, test.labels).probability
  }

  /// The test pictures that most methods misread, the hardest first.
  func hardest(_ count: Int) -> [(index: Int, wrong: Int)] {
    let wrong = test.labels.indices.map { index in
      (index, entries.count { $0.finding.answers[index] != test.labels[index] })
    }
    return wrong.filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(count)
      .map { (index: $0.0, wrong: $0.1) }
  }

  /// A test picture in 256 levels.
  func levels(_ index: Int) -> [UInt8] {
    test.pictures.row(index).map { UInt8(clamping: min(255, max(0, $0 * 255))) }
  }
}
