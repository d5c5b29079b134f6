import Basics
package import Formats
package import Recognition

/// Why a command failed: the exit code, and one sentence that says what to do.
package struct Failure: Error, CustomStringConvertible {
  /// The exit codes: those of sysexits(3), and 128 and more for the signals that can end a long work.
  package enum Code: Int32, Sendable {
    case couldNot = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case hungUp = 129
    case interrupted = 130
    case pipeClosed = 141
    case terminated = 143
  }

  package let code: Code
  package let description: String

  /// Makes a failure.
  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  /// The arguments are wrong.
  package static func usage(_ description: String) -> Failure { Failure(.usage, description) }
  /// The work could not be done.
  package static func couldNot(_ description: String) -> Failure { Failure(.couldNot, description) }
  /// A file's content is not what it should be.
  package static func badData(_ description: String) -> Failure { Failure(.badData, description) }
  /// A file or a model is missing or cannot be read.
  package static func noInput(_ description: String) -> Failure { Failure(.noInput, description) }

  /// A word that is not one of those allowed; the message names the nearest of these, or all where none is near.
  package static func unknown(_ kind: String, _ word: String, among words: [String]) -> Failure {
    // A long word is near to none, and comparing takes time in proportion to its length.
    let distances = word.count > 40 ? [] : words.map { ($0, $0.editDistance(to: word)) }
    let nearest = distances.min { $0.1 < $1.1 }
    let shown = word.count > 40 ? word.prefix(40) + "…" : word[...]
    if let (name, distance) = nearest, distance <= max(1, name.drop { $0 == "-" }.count / 3) {
      return usage("unknown \(kind): '\(shown)'; did you mean '\(name)'?")
    }
    let others = words.isEmpty ? "there is none" : "there is \(words.joined(separator: ", "))"
    return usage("unknown \(kind): '\(shown)'; \(others)")
  }

  /// A model's results are not finite numbers.
  package init(_ error: ModelResultError) { self.init(.badData, error.description) }

  /// A file could not be read or written.
  package init(_ error: FileError) {
    self.init(error.action == .read ? .noInput : .couldNot, error.description)
  }

  /// A file could not be read, or its content is not what it should be.
  package init(_ error: ReadError) {
    switch error {
    case .file(let error): self.init(error)
    case .format: self.init(.badData, error.description)
    }
  }
}
