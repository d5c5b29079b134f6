// The content of the comparison's report, and its files.

import Basics
package import ClassicalMethods
package import Evaluation
package import Formats

/// The results of all methods, and the test pictures that they read.
package struct ComparisonReport: Sendable {
  /// One method of the report.
  package struct Entry: Sendable {
    /// The measured result.
    package let result: MethodResult
    /// The method's usual name.
    package let title: String
    /// What the method does, in a sentence or two.
    package let about: String
    /// The figures on the test pictures.
    package let measures: Measures
  }

  /// The texts that describe a method.
  package struct Description: Sendable {
    /// The method's usual name.
    package let title: String
    /// What the method does, in a sentence or two.
    package let about: String

    /// Makes a description.
    package init(title: String, about: String) {
      self.title = title
      self.about = about
    }
  }

  /// A test picture that methods misread.
  struct MisreadPicture {
    let index: Int
    /// The number of methods that misread it.
    let methods: Int
  }

  /// The methods, the most accurate first.
  package let entries: [Entry]
  /// The comparison's data.
  package let comparison: MethodComparison
  /// The processor and the number of threads.
  package let machine: String
  /// The test pictures' coordinates along the first two principal components of the training pictures.
  package let plane: Matrix

  /// Makes a report of results, in the order of their accuracy.
  package init(
    _ results: [MethodResult], of comparison: MethodComparison, machine: String, plane: Matrix,
    description: (MethodResult) -> Description
  ) {
    self.comparison = comparison
    self.machine = machine
    self.plane = plane
    let labels = comparison.test.labels
    entries = results.map { result in
      let description = description(result)
      return Entry(
        result: result, title: description.title, about: description.about, measures: result.measures(labels))
    }.sorted { ($1.measures.accuracy, $0.result.method) < ($0.measures.accuracy, $1.result.method) }
  }

  /// The test pictures and their digits.
  var test: Samples { comparison.test }

  /// McNemar's probability that an entry differs from the one above it by chance alone; nil for the first.
  package func chance(at index: Int) -> Double? {
    guard index > 0 else { return nil }
    return entries[index].result.compared(with: entries[index - 1].result, test.labels).probability
  }

  /// The test pictures that most methods misread, the hardest first.
  func hardestPictures(_ count: Int) -> [MisreadPicture] {
    let misread = test.labels.indices.map { index in
      MisreadPicture(index: index, methods: entries.count { !isCorrect($0, index) })
    }
    return Array(
      misread.filter { $0.methods > 0 }.sorted { ($1.methods, $0.index) < ($0.methods, $1.index) }
        .prefix(count))
  }

  /// Whether a method read a test picture correctly.
  func isCorrect(_ entry: Entry, _ index: Int) -> Bool { entry.result.answers[index] == test.labels[index] }

  /// A test picture in 256 levels.
  func levels(_ index: Int) -> [UInt8] {
    test.pictures.row(index).map { UInt8(clamping: min(255, max(0, $0 * 255))) }
  }

  /// Writes the report's files into a folder, in place of older ones.
  ///
  /// - Returns: The path of the page.
  /// - Throws: `FileError` if a file or folder cannot be written.
  package func write(to folder: String) throws(FileError) -> String {
    let plots = Path.join(folder, "plots")
    try Path.makeFolder(plots)
    let page = Path.join(folder, "report.html")
    var files = [
      (page, html), (Path.join(folder, "report.md"), markdown),
      (Path.join(folder, "compare.json"), json + "\n"),
    ]
    files += figures.map { figure in
      (
        Path.join(plots, figure.name + ".svg"),
        figure.chart.svg(figure.description, isStandalone: true)
      )
    }
    for (path, text) in files { try File.write(Array(text.utf8), to: path, replacing: true) }
    return page
  }
}
