// The error of a data set that is missing, damaged or unreadable, with advice.

package import Formats

/// A data set that is missing, damaged or unreadable.
package enum DataError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The set is in none of the folders that were searched.
  case missing(String)
  /// The set could not be fetched or exported.
  case unfetched(String)
  /// A file of the set could not be read or written.
  case unreadable(FileError)
  /// A file of the set is damaged, or the files do not match.
  case damaged(String)

  /// The result of work on files, whose error becomes one of a data set.
  static func catching<Result>(
    _ work: @autoclosure () throws(FileError) -> Result
  ) throws(DataError) -> Result {
    do { return try work() } catch { throw .unreadable(error) }
  }

  /// One sentence.
  package var description: String {
    switch self {
    case .missing(let sentence), .damaged(let sentence), .unfetched(let sentence): sentence
    case .unreadable(let error): error.description
    }
  }
}
