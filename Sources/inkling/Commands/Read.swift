// `inkling read`: the text of files.

import Basics
import CLibrary
import CommandSupport
import Exercises
import Formats
import Ink
import Recognition

extension Command {
  static let read = Command(
    "read", position: 30, summary: "Read what is written in pictures and stroke files", operands: "FILE…",
    operandCount: 1...Int.max,
    options: [
      .value("model", "NAME|FILE", "the model that reads (default: inkling)"),
      .mode,
      .flag("single", "treat each picture or drawing as one symbol"),
      .value("expect", "LABEL", "check that every text is LABEL; the exit code is 1 if one is not"),
      .value("threads", "N", "the number of threads (default: one for each processor)"),
      .flag("json", "print JSON: an object, or a list of objects for several files or a folder"),
    ],
    discussion: """
      FILE is a picture (PGM, PNG, JPEG), a stroke file, a folder of such files, or - for standard input. One line
      is printed for each file, in order, with tabs between the file, the text and the confidence. In the text
      a '?' is a symbol that the model refuses, and a blank separates lines of writing. With --mode sums the text is
      that of the exercises, one after the other: ^ for a power, (a)/(b) for a fraction, _ for a gap. A stroke file with
      several drawings gives a line for each: FILE:1, FILE:2 and so on. Boxes are in pixels for pictures, and
      in page units for drawings; the page's longer side has 1024 of them. In the JSON 'none' is the probability that a symbol is none of the labels,
      and those of the candidates are given that it is one. The confidence is that of the whole text.
      """
  ) { arguments throws(Failure) in
    var files: [String] = []
    for path in arguments.operands { files += try Command.files(in: path) }
    let recognizer = try Recognizer(named: arguments.text("model"), mode: arguments.mode())
    let threads = try arguments.integer("threads", in: 1...256)
    var session = ReadSession(arguments, files)
    OrderedWork.run(files.count, threads: threads) { [single = arguments.has("single"), files] index in
      FileReading(files[index], with: recognizer, single: single)
    } each: {
      session.report($1, at: $0)
    }
    try session.finish()
  }

  /// The files that an operand names: itself, or a folder's files with the endings of pictures and drawings.
  static func files(in path: String) throws(Failure) -> [String] {
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

/// The output of `inkling read`, file by file.
private struct ReadSession {
  private let files: [String]
  private let expected: String?
  private let printsJSON: Bool
  /// Whether JSON is one object: a single file with a single page, not by way of a folder.
  private let isSingleFile: Bool
  private var progress = ProgressLine()
  private var firstFailure: Failure?
  private var answers: [JSON] = []
  private var matches = 0
  private var pages = 0

  init(_ arguments: Arguments, _ files: [String]) {
    self.files = files
    expected = arguments.text("expect")
    printsJSON = arguments.has("json")
    isSingleFile = files == arguments.operands
  }

  /// Prints a file's pages, or why it could not be read.
  mutating func report(_ reading: FileReading, at index: Int) {
    if let failure = reading.failure {
      progress.clear()
      if files.count > 1 { printError("inkling: \(failure)") }
      firstFailure = firstFailure ?? failure
    }
    for page in reading.pages {
      pages += 1
      if page.line == expected { matches += 1 }
      if printsJSON {
        answers.append(page.json)
      } else {
        if isatty(STDOUT_FILENO) == 1 { progress.clear() }
        let confidence = NumberText.fixed(min(max(page.reading.confidence, 0), 1), 4)
        print("\(page.name)\t\(page.line)\t\(confidence)")
      }
    }
    if files.count > 1 {
      let share = Double(index + 1) / Double(files.count)
      progress.show("\(ProgressLine.bar(share)) \(index + 1) of \(files.count)")
    }
  }

  /// Prints the JSON; fails where a file could not be read or a text is not the expected one.
  mutating func finish() throws(Failure) {
    progress.clear()
    if printsJSON, firstFailure == nil || files.count > 1 {
      print(answers.count == 1 && isSingleFile ? answers[0].text : JSON.array(answers).text)
    }
    let mismatch = expected.flatMap { expected in
      matches < pages ? "\(pages - matches) of \(pages) are not read as '\(expected)'" : nil
    }
    if let firstFailure {
      guard files.count > 1 else { throw firstFailure }
      throw Failure(
        firstFailure.code, "some files could not be read" + (mismatch.map { ", and \($0)" } ?? ""))
    }
    if let mismatch { throw .couldNot(mismatch) }
  }
}

/// The readings of a file's pages, or why it could not be read.
private struct FileReading: Sendable {
  /// The reading of a picture or of one drawing.
  struct PageReading: Sendable {
    let name: String
    let reading: Reading
    /// The text: in the mode for sums that of the layout, with a line for each exercise.
    let text: String
    let milliseconds: Double

    /// The text on one line.
    var line: String { text.split(separator: "\n").joined(separator: " ") }

    var json: JSON {
      .object([
        ("file", .string(name)), ("text", .string(line)), ("confidence", .number(reading.confidence)),
        ("symbols", .array(reading.symbols.map(Self.json))), ("milliseconds", .number(milliseconds)),
      ])
    }

    private static func json(_ symbol: Symbol) -> JSON {
      let candidates = symbol.candidates.map { candidate -> JSON in
        .object([("label", .string(candidate.label)), ("probability", .number(candidate.probability))])
      }
      return .object([
        ("box", symbol.box.json), ("refused", .boolean(symbol.refused)), ("none", .number(symbol.background)),
        ("candidates", .array(candidates)),
      ])
    }
  }

  private(set) var pages: [PageReading] = []
  private(set) var failure: Failure?

  init(_ path: String, with recognizer: Recognizer, single: Bool) {
    var start = MonotonicClock.seconds
    func page(_ name: String, _ read: () throws(ModelResultError) -> Reading) throws(Failure) {
      let reading: Reading
      do throws(ModelResultError) { reading = try read() } catch { throw Failure(error) }
      let end = MonotonicClock.seconds
      let sums = recognizer.mode == .sums && !single ? PageExercises(reading).text : ""
      pages.append(
        PageReading(
          name: name, reading: reading, text: sums.isEmpty ? reading.text : sums,
          milliseconds: (end - start) * 1000))
      start = end
    }
    do throws(Failure) {
      switch try Document(opening: path) {
      case .image(let picture):
        try page(path) { () throws(ModelResultError) in
          try single ? recognizer.read(single: picture) : recognizer.read(picture)
        }
      case .drawings(let drawings):
        for (index, drawing) in drawings.enumerated() {
          try page(drawings.count == 1 ? path : "\(path):\(index + 1)") { () throws(ModelResultError) in
            try single ? recognizer.read(single: drawing.drawing.strokes) : recognizer.read(drawing.page)
          }
        }
      }
    } catch {
      failure = error
    }
  }
}
