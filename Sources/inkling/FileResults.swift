// What the commands that read many files have in common: their files, progress, failures, and answers as JSON.

import Basics
import CLibrary
import CommandSupport
import Formats

/// The results of a command that reads files one after the other.
struct FileResults {
  let files: [String]
  let printsJSON: Bool
  /// The answers as JSON.
  var answers: [JSON] = []
  /// Whether there is one file alone, whose failure is that of the command.
  private let isSingle: Bool
  private var firstFailure: Failure?
  private var progress = ProgressLine()

  init(_ arguments: Arguments, _ files: [String], isSingle: Bool? = nil) {
    self.files = files
    printsJSON = arguments.has("json")
    self.isSingle = isSingle ?? (files.count <= 1)
  }

  /// Keeps the first failure, and prints it where there are other files.
  mutating func note(_ failure: Failure) {
    progress.clear()
    if !isSingle { printError("inkling: \(failure)") }
    firstFailure = firstFailure ?? failure
  }

  /// Adds to the answers why a file could not be read.
  mutating func answer(_ failure: Failure, at index: Int) {
    answers.append(
      .object([
        ("file", .string(files[index].onOneLine)), ("error", .string(failure.description.printable)),
      ]))
  }

  /// Prints a line in place of the progress.
  mutating func printResult(_ line: String) {
    if isatty(STDOUT_FILENO) == 1 { progress.clear() }
    printLine(line)
  }

  /// Shows how many files have been read.
  mutating func showProgress(after index: Int) {
    guard files.count > 1 else { return }
    let share = Double(index + 1) / Double(files.count)
    progress.show("\(ProgressLine.bar(share)) \(index + 1) of \(files.count)")
  }

  /// Prints the answers as a list, or that of a single file as an object if `mayBeObject`.
  mutating func printAnswers(mayBeObject: Bool = false) {
    progress.clear()
    guard printsJSON, firstFailure == nil || !isSingle else { return }
    printLine(mayBeObject && isSingle && answers.count == 1 ? answers[0].text : JSON.array(answers).text)
  }

  /// Fails where a file could not be read: with its failure, or with a summary where there are other files.
  func throwFailure(_ summary: String) throws(Failure) {
    guard let firstFailure else { return }
    throw isSingle ? firstFailure : Failure(firstFailure.code, summary)
  }
}

extension Command {
  /// The files that operands name: themselves, or a folder's files with the endings of pictures and drawings.
  static func files(in operands: [String]) throws(Failure) -> [String] {
    var files: [String] = []
    for path in operands { files += try self.files(in: path) }
    return files
  }

  private static func files(in path: String) throws(Failure) -> [String] {
    guard path != "-", Path.kind(of: path) == .folder else { return [path] }
    let names: [String]
    do throws(FileError) { names = try Path.names(in: path) } catch { throw Failure(error) }
    let files = names.sorted().filter { Document.endings.contains(Path.ending(of: $0)) }
      .map { Path.join(path, $0) }.filter { Path.kind(of: $0) != .folder }
    if files.isEmpty {
      throw .noInput("'\(path)' has no picture or stroke file in it; name another folder")
    }
    return files
  }
}
