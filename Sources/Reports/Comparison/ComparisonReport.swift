// The content of the comparison's report, and its files.

import Basics
import ClassicalMethods
import Evaluation
import Formats

/// The results of all methods, and the test pictures that they read.
struct ComparisonReport {
  /// One method of the report.
  struct Entry {
    let result: MethodResult
    /// The method's usual name.
    let title: String
    /// What the method does, in a sentence or two.
    let about: String
    /// The figures on the test pictures.
    let measures: Measures
  }

  /// The methods, the most accurate first.
  let entries: [Entry]
  /// The comparison's data.
  let comparison: MethodComparison
  /// The processor and the number of threads.
  let machine: String
  /// The test pictures' coordinates along the first two principal components of the training pictures.
  let plane: Matrix

  init(_ entries: [Entry], of comparison: MethodComparison, machine: String, plane: Matrix) {
    self.comparison = comparison
    self.machine = machine
    self.plane = plane
    self.entries = entries.sorted {
      ($1.measures.accuracy, $0.result.method) < ($0.measures.accuracy, $1.result.method)
    }
  }

  /// The test pictures and their digits.
  var test: Samples { comparison.test }

  /// McNemar's probability that an entry differs from the one above it by chance alone; nil for the first.
  func chance(at index: Int) -> Double? {
    guard index > 0 else { return nil }
    return entries[index].result.compared(with: entries[index - 1].result, test.labels).probability
  }

  /// The indices of the test pictures that most methods misread, the hardest first.
  func hardestPictures(_ count: Int) -> [Int] {
    let mistakes = test.labels.indices.map { index in entries.count { !isCorrect($0, index) } }
    let misread = mistakes.indices.filter { mistakes[$0] > 0 }
    return Array(misread.sorted { (mistakes[$1], $0) < (mistakes[$0], $1) }.prefix(count))
  }

  /// Whether a method read a test picture correctly.
  func isCorrect(_ entry: Entry, _ index: Int) -> Bool { entry.result.answers[index] == test.labels[index] }

  /// A test picture in 256 levels.
  func levels(_ index: Int) -> [UInt8] {
    test.pictures.row(index).map { UInt8(clamping: min(255, max(0, $0 * 255))) }
  }

  /// Writes the report's files into a folder, in place of older ones, and returns the path of the page.
  func write(to folder: String) throws(FileError) -> String {
    try Path.makeFolder(Path.join(folder, "plots"))
    var files = [("report.html", html), ("report.md", markdown), ("compare.json", json + "\n")]
    files += figures.map {
      ("plots/\($0.name).svg", $0.chart.svg($0.description, isStandalone: true))
    }
    for (name, text) in files {
      try File.write(Array(text.utf8), to: Path.join(folder, name), replacing: true)
    }
    return Path.join(folder, "report.html")
  }
}
