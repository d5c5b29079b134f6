// The errors that end a comparison.

package import Formats
package import Recognition

/// A reason why a comparison ended without a report.
package enum ComparisonError: Error, Sendable, CustomStringConvertible {
  /// The run was interrupted; the results so far are stored in the folder.
  case stopped(finished: Int, of: Int, folder: String)
  /// A model could not be read, or a file could not be written.
  case file(FileError)
  /// A file holds no valid model.
  case modelFile(path: String, ModelFileError)
  /// A model's input or labels are not those of the pictures.
  case unsuitableModel(path: String)
  /// A model's results are not finite numbers.
  case modelResult(ModelResultError)

  /// The reason, and what to do.
  package var description: String {
    switch self {
    case .stopped(let finished, let count, let folder):
      "stopped; what is known of \(finished) of \(count) methods is kept in '\(folder)', and the same command "
        + "goes on from there"
    case .file(let error): error.description
    case .modelFile(let path, let error): "'\(path)': \(error)"
    case .unsuitableModel(let path):
      "'\(path)' does not read digits of 28 by 28 pixels: leave it out with --methods"
    case .modelResult(let error): error.description
    }
  }
}
