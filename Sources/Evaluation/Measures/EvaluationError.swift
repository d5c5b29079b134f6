package import Datasets
package import Formats
package import Recognition

/// Why a model could not be measured.
package enum EvaluationError: Error, CustomStringConvertible {
  /// A data set could not be read.
  case data(DataError)
  /// A file could not be read.
  case file(ReadError)
  /// There are no samples to measure with: a sentence that says what to do.
  case missing(String)
  /// The samples or the model are not what they should be: a sentence.
  case unsuitable(String)
  /// The model's results are not finite numbers.
  case results(ModelResultError)

  /// One sentence.
  package var description: String {
    switch self {
    case .data(let error): error.description
    case .file(let error): error.description
    case .missing(let sentence), .unsuitable(let sentence): sentence
    case .results(let error): error.description
    }
  }
}
