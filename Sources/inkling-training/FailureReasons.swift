// The exit codes of the libraries' errors.

import CommandSupport
import Datasets
import Evaluation

/// An error of a library that ends a command with an exit code.
protocol CommandError: Error {
  /// The exit code, and what the user is told.
  var failure: Failure { get }
}

extension Failure {
  /// Does work whose error ends the command.
  static func wrapping<Problem: CommandError, Value>(
    _ work: () throws(Problem) -> Value
  ) throws(Failure) -> Value {
    do throws(Problem) { return try work() } catch { throw error.failure }
  }

  /// A value whose error ends the command.
  static func wrapping<Problem: CommandError, Value>(
    _ problem: Problem.Type, _ value: @autoclosure () throws(Problem) -> Value
  ) throws(Failure) -> Value {
    try wrapping(value)
  }
}

extension ProgressLine {
  /// Does work whose progress a line shows and whose error ends the command; the line is removed in the end.
  static func showing<Problem: CommandError, Value>(
    _ work: (inout ProgressLine) throws(Problem) -> Value
  ) throws(Failure) -> Value {
    var line = ProgressLine()
    defer { line.clear() }
    return try Failure.wrapping(Problem.self, try work(&line))
  }
}

extension DataError: CommandError {
  var failure: Failure {
    switch self {
    case .missing(let sentence): .noInput(sentence)
    case .unfetched(let sentence): .couldNot(sentence)
    case .unreadable(let error): Failure(error)
    case .damaged(let sentence): .badData(sentence)
    }
  }
}

extension EvaluationError: CommandError {
  var failure: Failure {
    switch self {
    case .data(let error): error.failure
    case .file(let error): Failure(error)
    case .missing(let sentence): .noInput(sentence)
    case .unsuitable(let sentence): .badData(sentence)
    case .results(let error): Failure(error)
    }
  }
}
