// What it means to the command line that a file or a data set could not be read or written.

import Datasets
import Formats

extension Failure {
  /// A file that is not there or may not be read is no input; one that cannot be written could not be done.
  init(_ error: FileError) {
    self.init(error.action == .read ? .noInput : .couldNot, error.description)
  }

  /// A file that could not be read, or that holds other bytes than it should.
  init(_ error: ReadError) {
    switch error {
    case .file(let error): self.init(error)
    case .format: self.init(.badData, error.description)
    }
  }

  /// A data set that could not be had.
  init(_ error: DataError) {
    switch error {
    case .missing(let sentence): self.init(.noInput, sentence)
    case .unfetched(let sentence): self.init(.couldNot, sentence)
    case .unreadable(let error): self.init(error)
    case .damaged(let sentence): self.init(.badData, sentence)
    }
  }
}
