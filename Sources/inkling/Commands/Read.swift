// `inkling read`: what files say.

import Basics
import Formats
import Ink
import Recognition

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension Command {
  static let read = Command(
    name: "read",
    summary: "Read the digits in pictures and stroke files",
    operands: "FILE…",
    operandCount: 1...Int.max,
    options: [
      .value("model", "NAME|FILE", "the model that reads, '\(flagship)' unless told otherwise"),
      .flag("single", "each picture or drawing is one symbol, and is not taken apart"),
      .value("expect", "LABEL", "check that every text is this one: exit code 1 where one is not"),
      .value("threads", "N", "threads that read, as many as processors unless told otherwise"),
      .flag("json", "print JSON: an object, or a list of them for several files or a folder"),
    ],
    discussion: """
      FILE is a picture (PGM, PNG, JPEG), a stroke file, a folder of such files, or - for standard input. A line
      is printed for each file, in order: file, text and confidence, apart by tabs; a symbol that the
      model refuses is a '?', a second line of writing follows after a blank. A stroke file with several
      drawings gives a line for each, FILE:1, FILE:2 and so on. Boxes are in pixels for pictures; for drawings in
      page units, of which the page's longer side has 1024.
      """
  ) { arguments throws(Failure) in
    var named: [String] = []
    for path in arguments.operands { named += try filesIn(path) }
    let files = named
    let recognizer = try loadRecognizer(arguments.text("model") ?? flagship)
    let single = arguments.has("single")
    let expected = arguments.text("expect")
    let asJSON = arguments.has("json")
    var progress = ProgressLine()
    var firstFailure: Failure?
    var answers: [JSON] = []
    var (right, all) = (0, 0)
    OrderedWork.run(
      files.count, threads: try arguments.integer("threads", in: 1...256),
      work: { i in ReadFile(files[i], with: recognizer, single: single) }
    ) { i, file in
      if let failure = file.failure {
        progress.clear()
        if files.count > 1 { printError("inkling: \(failure)") }
        firstFailure = firstFailure ?? failure
      }
      for page in file.pages {
        all += 1
        if page.line == expected { right += 1 }
        if asJSON {
          answers.append(page.json)
        } else {
          if isatty(1) == 1 { progress.clear() }
          print("\(page.name)\t\(page.line)\t\(shortened(page.reading.confidence))")
        }
      }
      if files.count > 1 {
        progress.show("\(ProgressLine.bar(Double(i + 1) / Double(files.count))) \(i + 1) of \(files.count)")
      }
    }
    progress.clear()
    if asJSON, firstFailure == nil || files.count > 1 {
      let isOne = answers.count == 1 && files == arguments.operands
      print(isOne ? answers[0].text : JSON.array(answers).text)
    }
    let mismatch = expected.flatMap { right < all ? "\(all - right) of \(all) are not read as '\($0)'" : nil }
    if let firstFailure {
      guard files.count > 1 else { throw firstFailure }
      throw Failure(
        firstFailure.code, "not every file could be read" + (mismatch.map { ", and \($0)" } ?? ""))
    }
    if let mismatch { throw .couldNot(mismatch) }
  }

  /// The files that an operand names: itself, or those of a folder that may be pictures or drawings.
  private static func filesIn(_ path: String) throws(Failure) -> [String] {
    guard path != "-", Path.kind(of: path) == .folder else { return [path] }
    let all: [String]
    do throws(FileError) { all = try Path.names(in: path) } catch { throw Failure(error) }
    let names = all.sorted().filter {
      Document.endings.contains(Path.ending(of: $0)) && Path.kind(of: Path.join(path, $0)) != .folder
    }
    if names.isEmpty {
      throw .noInput("'\(path)' has no picture or stroke file in it; name another folder")
    }
    return names.map { Path.join(path, $0) }
  }

  /// A confidence with four digits, as people and scripts read it.
  private static func shortened(_ confidence: Double) -> String {
    let digits = String(Int(clamping: (min(max(confidence, 0), 1) * 10_000).rounded()))
    let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    return padded.dropLast(4) + "." + padded.suffix(4)
  }
}

/// What was read in a file, or why it could not be.
struct ReadFile: Sendable {
  /// A page of it.
  struct ReadPage: Sendable {
    var name: String
    var reading: Reading
    var milliseconds: Double

    /// The text on one line.
    var line: String { reading.text.split(separator: "\n").joined(separator: " ") }

    var json: JSON {
      .object([
        ("file", .string(name)), ("text", .string(line)), ("confidence", .number(reading.confidence)),
        ("symbols", .array(reading.symbols.map(symbol))), ("milliseconds", .number(milliseconds)),
      ])
    }

    private func symbol(_ symbol: Symbol) -> JSON {
      .object([
        ("box", Command.box(symbol.box)), ("refused", .boolean(symbol.refused)),
        (
          "candidates",
          .array(
            symbol.candidates.map {
              .object([("label", .string($0.label)), ("probability", .number($0.probability))])
            })
        ),
      ])
    }
  }

  var pages: [ReadPage] = []
  var failure: Failure?

  init(_ path: String, with recognizer: Recognizer, single: Bool) {
    let start = ProgressLine.seconds
    func page(
      _ name: String, since start: Double, _ read: () throws(ModelResultError) -> Reading
    ) throws(Failure) {
      let reading: Reading
      do throws(ModelResultError) { reading = try read() } catch { throw Failure(error) }
      pages.append(
        ReadPage(name: name, reading: reading, milliseconds: (ProgressLine.seconds - start) * 1000))
    }
    do throws(Failure) {
      switch try Document.open(path) {
      case .image(let picture):
        try page(path, since: start) { () throws(ModelResultError) in
          single ? try recognizer.read(single: picture) : try recognizer.read(picture)
        }
      case .drawings(let drawings):
        for (i, drawing) in drawings.enumerated() {
          let start = i == 0 ? start : ProgressLine.seconds
          let name = drawings.count == 1 ? path : "\(path):\(i + 1)"
          try page(name, since: start) { () throws(ModelResultError) in
            single
              ? try recognizer.read(single: drawing.drawing.strokes) : try recognizer.read(drawing.page)
          }
        }
      }
    } catch {
      failure = error
    }
  }
}
