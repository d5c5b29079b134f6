// `inkling evaluate --photos`: pages whose text is known, read as `inkling read` reads them.

import Basics
import Formats
import Ink
import Recognition

/// How much of a page's text was read.
struct PageScore {
  /// The texts without blanks and line ends: where they stand is not what is measured.
  let expected: String
  let found: String

  init(_ found: String, of expected: String) {
    self.expected = expected.filter { !$0.isWhitespace }
    self.found = found.filter { !$0.isWhitespace }
  }

  var characters: Int { expected.count }
  /// What must be changed, added or dropped is wrong; nothing is worse than all wrong.
  var right: Int { max(0, characters - editDistance(expected, found)) }
  var isWhole: Bool { expected == found }
}

/// How well a model reads photographed or made pages.
struct PhotoEvaluation {
  private var pages = 0
  private var pagesRight = 0
  private var digits = 0
  private var digitsRight = 0
  private var wrong: [(file: String, expected: String, found: String)] = []
  private let name: String
  private var seconds = 0.0
  /// How many pages could not be read.
  private(set) var unread = 0

  /// Reads the pages that a folder's `labels.tsv` names: a header, then a file's name and its text, apart by a tab.
  ///
  /// A page that cannot be read is told of, and the others are read all the same.
  init(_ recognizer: Recognizer, folder: String, threads: Int?) throws(Failure) {
    name = recognizer.model.name
    let began = ProgressLine.seconds
    let labels = try Self.labels(in: folder)
    OrderedWork.run(labels.count, threads: threads) { i in
      Self.score(labels[i], in: folder, recognizer)
    } each: { i, result in
      switch result {
      case .success(let score):
        pages += 1
        digits += score.characters
        digitsRight += score.right
        if score.isWhole {
          pagesRight += 1
        } else {
          wrong.append((labels[i].file, score.expected, score.found))
        }
      case .failure(let failure):
        printError("inkling: \(failure)")
        unread += 1
      }
    }
    seconds = ProgressLine.seconds - began
  }

  private static func score(
    _ label: (file: String, text: String), in folder: String, _ recognizer: Recognizer
  ) -> Result<PageScore, Failure> {
    let path = label.file.hasPrefix("/") ? label.file : Path.join(folder, label.file)
    let picture: GrayImage
    do throws(ReadError) { picture = try File.read(path, as: Document.image) } catch {
      return .failure(Failure(error))
    }
    do throws(ModelResultError) {
      return .success(PageScore(try recognizer.read(picture).text, of: label.text))
    } catch {
      return .failure(Failure(error))
    }
  }

  private static func labels(in folder: String) throws(Failure) -> [(file: String, text: String)] {
    let path = Path.join(folder, "labels.tsv")
    let bytes: [UInt8]
    do throws(FileError) { bytes = try File.read(path) } catch { throw Failure(error) }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var labels: [(file: String, text: String)] = []
    for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let fields = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      guard fields.count == 2, !fields[0].isEmpty else {
        throw .badData(
          "'\(path)', line \(number + 1): expected a file and its text, apart by a tab, found '\(line)'")
      }
      labels.append((String(fields[0]), String(fields[1])))
    }
    guard !labels.isEmpty else {
      let count = lines.count { !$0.isEmpty }
      throw .badData("'\(path)': expected a header and at least one file, found \(count) lines")
    }
    return labels
  }

  /// The figures as JSON.
  var json: JSON {
    .object([
      ("model", .string(name)), ("pages", .integer(pages)), ("pages_right", .integer(pagesRight)),
      ("samples", .integer(digits)), ("correct", .integer(digitsRight)),
      ("accuracy", .number(digits == 0 ? 0 : Double(digitsRight) / Double(digits))),
      ("seconds", .number(seconds)),
    ])
  }

  /// The figures for people, with the pages that were read wrong.
  var text: String {
    let share = digits == 0 ? 0 : Double(digitsRight) / Double(digits)
    let first =
      "\(name): \(pagesRight) of \(pages) pages right, \(percent(share)) of \(digits) characters, \(rounded(seconds, 2)) s"
    return ([first] + wrong.map { "  \($0.file): '\($0.expected)' was read as '\($0.found)'" }).joined(
      separator: "\n")
  }
}
