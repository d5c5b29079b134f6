// The texts of the window for readings and times.

import Basics
import ExerciseReports
package import Exercises
package import Recognition

/// Texts about a reading.
package enum WindowText {
  /// A time in milliseconds, with a decimal below 10 ms.
  package static func milliseconds(_ time: Double) -> String {
    NumberText.fixed(max(0.1, time), time < 10 ? 1 : 0) + " ms"
  }

  /// The word for a symbol that is none of the labels.
  static let none = "no digit"

  /// What is shown where no symbol was found.
  static func nothingRead(inFrame: Bool) -> String {
    inFrame ? "Nothing to read in the frame" : "Nothing to read: dots and specks only"
  }

  /// The certainty of a symbol's answer.
  package static func certainty(_ symbol: Symbol) -> String {
    if symbol.refused { return symbol.background >= 0.5 ? none : "not sure" }
    return certainty(symbol.confidence)
  }

  /// The word for a confidence.
  static func certainty(_ confidence: Double) -> String {
    confidence >= 0.99 ? "sure" : confidence >= 0.9 ? "fairly sure" : "perhaps"
  }

  /// The window's title; it starts with the text of the reading, where one of its symbols is not refused.
  package static func title(_ reading: Reading?, _ exercises: [CheckedExercise] = []) -> String {
    guard let reading else { return "Inkling" }
    if !exercises.isEmpty { return exercises.map(line).joined(separator: "; ") + " · Inkling" }
    if let only = reading.symbols.first, reading.symbols.count == 1, only.refused {
      return certainty(only) + " · Inkling"
    }
    if reading.symbols.isEmpty { return "no digit · Inkling" }
    if reading.symbols.allSatisfy(\.refused) { return "not sure · Inkling" }
    return reading.text.split(separator: "\n").joined(separator: " ") + " · Inkling"
  }

  /// An exercise with its verdict, on one line.
  package static func line(_ exercise: CheckedExercise) -> String {
    let answer = exercise.expected.map { AnswerText.written($0) }
    switch exercise.verdict.kind {
    case .right: return "\(exercise.text) ✓"
    case .wrong: return "\(exercise.text) ✗" + (answer.map { " \($0)" } ?? "")
    case .open: return exercise.text + (answer.map { " → \($0)" } ?? "")
    case .unsure: return "\(exercise.text) ?"
    case .noExercise: return exercise.text
    }
  }
}
