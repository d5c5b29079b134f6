// The exit codes of the libraries' errors.

import CommandSupport
import Datasets
import Evaluation

extension Failure {
  /// A data set could not be read or written.
  init(_ error: DataError) {
    switch error {
    case .missing(let sentence): self.init(.noInput, sentence)
    case .unfetched(let sentence): self.init(.couldNot, sentence)
    case .unreadable(let error): self.init(error)
    case .damaged(let sentence): self.init(.badData, sentence)
    }
  }

  /// A model could not be measured.
  init(_ error: EvaluationError) {
    switch error {
    case .data(let error): self.init(error)
    case .file(let error): self.init(error)
    case .missing(let sentence): self.init(.noInput, sentence)
    case .unsuitable(let sentence): self.init(.badData, sentence)
    case .results(let error): self.init(error)
    }
  }
}
