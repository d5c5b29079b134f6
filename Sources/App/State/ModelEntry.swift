// A model in the list of models, and its last answer.

import Arithmetic
package import Exercises
package import Ink
package import Recognition

/// A model that can read the page.
package struct ModelEntry: Sendable, Equatable {
  /// Whether the model can be used.
  package enum Condition: Sendable, Equatable {
    /// It was not loaded yet.
    case unloaded
    /// It has read a page.
    case ready
    /// It cannot be used, for this reason.
    case unusable(String)
  }

  /// A model's answer to one revision of the page or of its frame.
  package struct Answer: Sendable, Equatable {
    /// The reading.
    package let reading: Reading
    /// What was read.
    package let mode: ReadingMode
    /// The part of the picture that was read, in page units; nil for the whole page.
    package let frame: Box?
    /// The exercises with their verdicts; empty in other modes than that for sums.
    package let exercises: [CheckedExercise]
    /// The time that the reading took; nil where it was not measured.
    package let milliseconds: Double?
    /// The revision of the page that was read.
    package let revision: Int

    /// Makes an answer.
    package init(
      reading: Reading, mode: ReadingMode = .digits, frame: Box? = nil, exercises: [CheckedExercise] = [],
      milliseconds: Double?, revision: Int
    ) {
      self.reading = reading
      self.mode = mode
      self.frame = frame
      self.exercises = exercises
      self.milliseconds = milliseconds
      self.revision = revision
    }

    /// The text: that of the exercises, a line each, where there are some.
    package var text: String {
      exercises.isEmpty ? reading.text : exercises.map(\.text).joined(separator: "\n")
    }

    /// The exercises as LaTeX, a line each; empty where there are none.
    package var latex: String { exercises.map(\.latex).joined(separator: " \\\\\n") }

    /// The exercises as MathML, an element each; empty where none is a statement.
    package var mathML: String {
      exercises.compactMap { try? FormulaParser.statement($0.text).mathML }.joined(separator: "\n")
    }
  }

  /// The name: the file's name without its ending.
  package let name: String
  /// The file's path.
  package let path: String
  /// Whether the model can be used.
  package var condition: Condition = .unloaded
  /// Its last answer.
  package var answer: Answer?

  /// Makes an entry.
  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }

  /// Whether the model is not known to be unusable.
  package var isUsable: Bool { if case .unusable = condition { false } else { true } }
}
