// The evaluation of a model on photographed or synthetic pages whose text is known.

package import Basics
import Formats
import Ink
package import Recognition

/// How well a model reads the pages of a folder.
package struct PageEvaluation: Sendable {
  private struct Label {
    let file: String
    let text: String
  }

  private struct ScoredPage: Sendable {
    let file: String
    let score: PageScore
  }

  private let name: String
  private var pages: [ScoredPage] = []
  private var seconds = 0.0
  /// Why pages could not be read.
  package private(set) var failures: [EvaluationError] = []

  /// Reads the pages that a folder's `labels.tsv` names: a header, then lines of a file's name, a tab and its text.
  ///
  /// The evaluation goes on after a page that cannot be read.
  package init(_ recognizer: Recognizer, folder: String, threads: Int?) throws(EvaluationError) {
    name = recognizer.model.name
    let began = MonotonicClock.seconds
    let labels = try Self.labels(in: folder)
    OrderedWork.run(labels.count, threads: threads) { i in
      Result { () throws(EvaluationError) in try Self.score(labels[i], in: folder, recognizer) }
    } each: { i, result in
      switch result {
      case .success(let score): pages.append(ScoredPage(file: labels[i].file, score: score))
      case .failure(let error): failures.append(error)
      }
    }
    seconds = MonotonicClock.seconds - began
  }

  private static func score(
    _ label: Label, in folder: String, _ recognizer: Recognizer
  ) throws(EvaluationError) -> PageScore {
    let path = label.file.hasPrefix("/") ? label.file : Path.join(folder, label.file)
    let picture: GrayImage
    do throws(ReadError) { picture = try File.read(path, as: Document.image) } catch { throw .file(error) }
    do throws(ModelResultError) { return PageScore(try recognizer.read(picture).text, of: label.text) } catch
    {
      throw .results(error)
    }
  }

  /// The longest text of a page in bytes; a page that is full of writing has half of it.
  private static let longestText = 4096

  private static func labels(in folder: String) throws(EvaluationError) -> [Label] {
    let path = Path.join(folder, "labels.tsv")
    let bytes: [UInt8]
    do throws(FileError) { bytes = try File.read(path) } catch { throw .file(.file(error)) }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var labels: [Label] = []
    for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let fields = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      guard fields.count == 2, !fields[0].isEmpty else {
        throw .unsuitable(
          "'\(path)', line \(number + 1): expected a file name, a tab and a text, found '\(line)'")
      }
      // Comparing takes time in proportion to the square of the length.
      guard fields[1].utf8.count <= Self.longestText else {
        throw .unsuitable(
          "'\(path)', line \(number + 1): expected a text of at most \(Self.longestText) bytes, "
            + "found \(fields[1].utf8.count)")
      }
      labels.append(Label(file: String(fields[0]), text: String(fields[1])))
    }
    guard !labels.isEmpty else {
      let count = lines.count { !$0.isEmpty }
      throw .unsuitable("'\(path)': expected a header and at least one file, found \(count) lines")
    }
    return labels
  }

  private var wrong: [ScoredPage] { pages.filter { !$0.score.isWhole } }
  private var pagesRight: Int { pages.count - wrong.count }
  /// The pages that were read wrong without a refused symbol.
  private var pagesWrong: Int { wrong.count { !$0.score.isRefused } }
  private var digits: Int { pages.reduce(0) { $0 + $1.score.characters } }
  private var digitsRight: Int { pages.reduce(0) { $0 + $1.score.right } }
  private var accuracy: Double { digits == 0 ? 0 : Double(digitsRight) / Double(digits) }

  /// The figures as JSON.
  package var json: JSON {
    .object([
      ("model", .string(name)), ("pages", .integer(pages.count)), ("pages_right", .integer(pagesRight)),
      ("pages_wrong", .integer(pagesWrong)), ("pages_refused", .integer(wrong.count - pagesWrong)),
      ("samples", .integer(digits)), ("correct", .integer(digitsRight)), ("accuracy", .number(accuracy)),
      ("seconds", .number(seconds)),
    ])
  }

  /// The figures for people, with the pages that were read wrong.
  package var text: String {
    let figures =
      "\(name): \(pagesRight) of \(pages.count) pages right, \(pagesWrong) wrong, \(wrong.count - pagesWrong) "
      + "with refused symbols, \(NumberText.percent(accuracy)) % of \(digits) characters, "
      + "\(NumberText.fixed(seconds, 2)) s"
    let mistakes = wrong.map { "  \($0.file): '\($0.score.expected)' was read as '\($0.score.found)'" }
    return ([figures] + mistakes).joined(separator: "\n")
  }
}
