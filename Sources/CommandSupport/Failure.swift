import Basics
package import Formats
package import Recognition

/// Why a command failed: the exit code, and one sentence that says what to do.
package struct Failure: Error, CustomStringConvertible {
  /// The exit codes; those above 1 are from sysexits(3).
  package enum Code: Int32, Sendable {
    case couldNot = 1
    case usage = 64
    case badData = 65
    case noInput = 66
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

  /// A word that is not one of those allowed; the message names the nearest of these.
  package static func unknown(_ kind: String, _ word: String, among words: [String]) -> Failure {
    let nearest = words.min { $0.editDistance(to: word) < $1.editDistance(to: word) }
    let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
    return usage("unknown \(kind): '\(word)'\(hint)")
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
