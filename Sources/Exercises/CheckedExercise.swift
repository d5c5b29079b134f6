// An exercise with its verdict, as files and reports show it.

package import Arithmetic
package import Ink
package import Recognition

/// A symbol that may be something else.
package struct DoubtedSymbol: Sendable, Hashable {
  /// The index of the symbol in the reading.
  package let index: Int
  /// The box of the symbol.
  package let box: Box
  /// What it may be, most probable first.
  package let candidates: [Candidate]
}

/// An exercise with its verdict.
package struct CheckedExercise: Sendable, Hashable {
  /// The exercise as plain text, with the answer in its place.
  package let text: String
  /// The exercise as LaTeX for mathematics mode.
  package let latex: String
  /// The verdict.
  package let verdict: Verdict
  /// The right answer as plain text; nil where there is no single one.
  package let expected: String?
  /// The answer as it was read; empty where there is none.
  package let answer: String
  /// How certain the ink makes the verdict.
  package let evidence: VerdictEvidence
  /// The probability of the reading of the question and of the answer.
  package let confidence: Double
  /// The box around the exercise.
  package let box: Box
  /// The boxes of its symbols.
  package let symbolBoxes: [Box]
  /// The symbols that make the verdict uncertain.
  package let doubtedSymbols: [DoubtedSymbol]
  /// Why the verdict is uncertain, in one sentence; nil where it is not.
  package let reason: String?
  /// The verdict by the key, where it has an answer for this exercise.
  package var keyed: KeyedVerdict?

  /// Makes a checked exercise.
  package init(
    text: String, latex: String, verdict: Verdict, expected: String?, answer: String,
    evidence: VerdictEvidence, confidence: Double, box: Box, symbolBoxes: [Box] = [],
    doubtedSymbols: [DoubtedSymbol], reason: String?
  ) {
    (self.text, self.latex, self.verdict, self.expected) = (text, latex, verdict, expected)
    (self.answer, self.evidence, self.confidence, self.box) = (answer, evidence, confidence, box)
    (self.symbolBoxes, self.doubtedSymbols, self.reason) = (symbolBoxes, doubtedSymbols, reason)
  }

  /// The box of the last symbol, from which a mark stands to the right.
  package var lastBox: Box { symbolBoxes.max { $0.right < $1.right } ?? box }
}

/// What a key says about an answer.
package struct KeyedVerdict: Sendable, Hashable {
  /// The answer of the key.
  package let answer: String
  /// The verdict on the pupil's answer by this answer.
  package let verdict: Verdict
}

/// The kinds of verdicts, by the names that files use.
package enum VerdictKind: String, Sendable, CaseIterable {
  case right
  case wrong
  case open
  case unsure
  case noExercise = "no exercise"
}

extension Verdict {
  /// The kind of the verdict.
  package var kind: VerdictKind {
    switch self {
    case .right: .right
    case .wrong: .wrong
    case .open: .open
    case .unsure: .unsure
    case .noExercise: .noExercise
    }
  }
}

extension Doubt {
  /// One sentence.
  package var sentence: String {
    switch self {
    case .symbols(let doubt):
      doubt.readings.count > 1 && doubt.readings.allSatisfy { !$0.isEmpty && !$0.contains("?") }
        ? doubt.readings.prefix(2).joined(separator: " or ") + "?" : "a symbol is not clear"
    case .ambiguous(let text): "\(text) can be understood in two ways"
    case .unreadable(let part, _): "the \(part == .question ? "question" : "answer") is no formula"
    case .nothingToCompute(let text): "there is nothing to compute in \(text)"
    case .notComputable(let error): error.description
    }
  }
}
