// All that the comparison's report is made of.

import Basics
public import Learning

/// What was found about every method, and the test pictures that they read.
public struct Comparison: Sendable {
  /// A method as the report names it.
  public struct Entry: Sendable {
    /// What was found.
    public let finding: Finding
    /// What people call it.
    public let title: String
    /// What it does, in a sentence or two.
    public let about: String
    /// Its figures on the test pictures.
    public let measures: Measures
  }

  /// The methods, the best first.
  public let entries: [Entry]
  /// The test pictures and their digits.
  public let test: Samples
  /// How many pictures were learnt from.
  public let trainCount: Int
  /// How many of them served to choose settings, and how many of those were learnt from meanwhile.
  public let choosing: (count: Int, train: Int)
  /// Whether it is the short comparison.
  public let isQuick: Bool
  /// The processor, and how many threads worked.
  public let machine: String
  /// The places of the test pictures along the first two principal components of the training pictures.
  public let plane: Matrix

  /// Puts findings in order; `words` gives a method's title and what it does.
  public init(
    _ findings: [Finding], study: Study, machine: String, plane: Matrix,
    words: (Finding) -> (title: String, about: String)
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
  public func chance(at place: Int) -> Double? {
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
