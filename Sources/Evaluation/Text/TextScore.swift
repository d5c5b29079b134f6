// How much of made texts was read right.

import Basics
import Formats
import Recognition

/// Counts of the characters that were read right.
struct TextScore: Sendable {
  /// The counts of one writer's texts.
  private struct Counts {
    var characters = 0
    var mistakes = 0
    var sizedLetters = 0
    var casesRight = 0
  }

  private var byWriter: [Writer: Counts] = [:]

  /// Adds a text and what was read of it.
  mutating func add(_ truth: String, read: String, by writer: Writer) {
    var counts = byWriter[writer] ?? Counts()
    counts.characters += truth.count
    counts.mistakes += min(truth.editDistance(to: read), truth.count)
    if truth.count == read.count {
      for (letter, other) in zip(truth, read) {
        let label = String(letter)
        guard Lookalikes.differsFromOtherCaseBySizeAlone(label), label.lowercased() == other.lowercased()
        else {
          continue
        }
        counts.sizedLetters += 1
        if letter == other { counts.casesRight += 1 }
      }
    }
    byWriter[writer] = counts
  }

  /// A share of what was right, with its standard error over the writers.
  struct Share: Sendable {
    var right: Int
    var total: Int
    var standardError: Double

    var value: Double { total == 0 ? 0 : Double(right) / Double(total) }
  }

  /// The share of the characters: one less the edit distance divided by the length.
  var characters: Share { share { ($0.characters - $0.mistakes, $0.characters) } }

  /// The share of right cases among the letters that differ by size alone, where all characters of the text were found.
  var cases: Share { share { ($0.casesRight, $0.sizedLetters) } }

  private func share(_ counts: (Counts) -> (right: Int, total: Int)) -> Share {
    let all = byWriter.values.map(counts).filter { $0.total > 0 }
    let right = all.reduce(0) { $0 + $1.right }
    let total = all.reduce(0) { $0 + $1.total }
    guard total > 0, all.count > 1 else { return Share(right: right, total: total, standardError: 0) }
    let mean = Double(right) / Double(total)
    // The ratio of two sums over writers.
    let squares = all.reduce(0.0) { sum, own in
      let difference = Double(own.right) - mean * Double(own.total)
      return sum + difference * difference
    }
    let count = Double(all.count)
    return Share(
      right: right, total: total,
      standardError: (squares * count / (count - 1)).squareRoot() / Double(total))
  }
}
