// The models that can be asked, and what each has said of the page.

import Basics
package import Recognition

/// A model that can be asked, and how far it is.
package struct ModelEntry: Sendable, Equatable {
  /// Whether it can answer.
  package enum Condition: Sendable, Equatable {
    /// Nobody has asked yet.
    case unloaded
    /// It answers.
    case ready
    /// Its file cannot be used; why.
    case unusable(String)
  }

  /// A model's answer for one state of the page.
  package struct Answer: Sendable, Equatable {
    /// What it reads.
    package let reading: Reading
    /// How long it took, or nil where nobody measured.
    package let milliseconds: Double?
    /// Which state of the page it has read.
    package let revision: Int

    /// Makes an answer.
    package init(reading: Reading, milliseconds: Double?, revision: Int) {
      self.reading = reading
      self.milliseconds = milliseconds
      self.revision = revision
    }
  }

  /// The name, which its file has too.
  package let name: String
  /// The file.
  package let path: String
  /// Whether it can answer.
  package var condition: Condition = .unloaded
  /// Whether nothing is known that keeps it from answering.
  package var isUsable: Bool {
    if case .unusable = condition { return false }
    return true
  }
  /// What it said last.
  package var answer: Answer?

  /// Makes an offer.
  package init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}
