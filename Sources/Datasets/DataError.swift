// Why a data set could not be had, as a sentence that says what to do.

package import Formats

/// A data set that is not there, cannot be read, or is not what it should be.
package enum DataError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is not where it was looked for.
  case missing(String)
  /// It could not be fetched.
  case unfetched(String)
  /// A file of it could not be read or written.
  case unreadable(FileError)
  /// A file of it is damaged, or its parts do not belong together.
  case damaged(String)

  /// Makes an error of a reader's.
  init(_ error: ReadError) {
    switch error {
    case .file(let error): self = .unreadable(error)
    case .format: self = .damaged(error.description)
    }
  }

  /// One sentence.
  package var description: String {
    switch self {
    case .missing(let sentence), .damaged(let sentence), .unfetched(let sentence): sentence
    case .unreadable(let error): error.description
    }
  }
}
