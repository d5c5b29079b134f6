// `inkling read`: the text of files.

import Basics
import CommandSupport
import Exercises
import Formats
import Ink
import Preprocessing
import Recognition

extension Command {
  static let read = Command(
    "read", position: 30, summary: "Read what is written in pictures and stroke files", operands: "FILE…",
    operandCount: 1...Int.max,
    options: [
      .value("model", "NAME|FILE", "the model that reads (default: inkling)"),
      .mode,
      .language,
      .noLanguage,
      .value(
        "guide", "Y,HEIGHT",
        "a guide line of text: the baseline and the height of capitals, in the units of boxes", repeats: true),
      .flag("stream", "read drawings from standard input as they come, and print each at once"),
      .flag("single", "treat each picture or drawing as one symbol"),
      .value("expect", "LABEL", "check that every text is LABEL; the exit code is 1 if one is not"),
      .value("region", "X,Y,W,H", "read only this part of each picture, in pixels"),
      .value("regions", "FILE", "read the fields of a form that this JSON file describes"),
      .flag("csv", "with --regions, print a table: a line for each file, a column for each field"),
      .value("threads", "N", "the number of threads (default: one for each processor)"),
      .flag("json", "print JSON: an object, or a list for several files, several drawings or a folder"),
    ],
    discussion: """
      FILE is a picture (PGM, PNG, JPEG), a stroke file, a folder of such files, or - for standard input. One line
      is printed for each file, in order, with tabs between the file, the text and the confidence. In the text
      a '?' is a symbol that the model refuses, and a blank separates lines of writing. With --mode sums the text is
      that of the exercises, one after the other: ^ for a power, (a)/(b) for a fraction, _ for a gap. A stroke file with
      several drawings gives a line for each: FILE:1, FILE:2 and so on. Boxes are in pixels for pictures, and
      in page units for drawings; the page's longer side has 1024 of them. A list of --json has an object with
      'file' and 'error' for each file that could not be read.
      In the mode for digits, what stands beside numbers on a form is set aside: printed lines, small print, underlines,
      dots; JSON lists it with the reason as 'ignored'.
      With --mode text, words are divided by blanks, and languages help: they never override clear ink. JSON then
      has the words too, each with its first symbol, its number of symbols and its candidates.
      With --stream, FILE is -, with a drawing on each line as in stroke files. A line is printed, and with --json
      an object, as soon as a drawing's line has come; a damaged line is reported, and the next one is read.
      In the JSON 'none' is the probability that a symbol is none of the labels; those of the candidates are given that
      it is one. The confidence is that of the whole text.

      The file of --regions is an object such as {"width": 2480, "height": 3508, "fields": [{"name": "amount", "x": 200,
      "y": 310, "width": 400, "height": 90, "content": "amount"}]}. The boxes are in pixels of a scan with these sides;
      without 'width', of each picture. The content is 'digits', 'date', 'amount' or 'sum'. A line is printed for each
      field, with tabs between the file, the name, the text and the confidence. A '?' behind a text says that it is no
      date or amount.
      """
  ) { arguments throws(Failure) in
    let mode = try arguments.mode()
    if mode != .text {
      for option in ["language", "no-language", "guide"] where arguments.has(option) {
        throw .usage("--\(option) goes with --mode text alone")
      }
    }
    if let regions = arguments.text("regions") {
      let files = try Command.files(in: arguments.operands)
      let threads = try arguments.integer("threads", in: 1...256)
      var session = try FieldSession(arguments, files, regions: regions)
      return try session.run(threads: threads)
    }
    if arguments.has("csv") { throw .usage("--csv needs --regions FILE") }
    let region = try arguments.region()
    let recognizer = try Recognizer(
      named: arguments.text("model"), mode: mode, language: mode == .text ? arguments.language() : nil)
    let guides = try arguments.guides()
    if arguments.has("stream") {
      guard arguments.operands == ["-"] else { throw .usage("--stream reads standard input: give - as FILE") }
      for option in ["single", "expect", "threads", "region"] where arguments.has(option) {
        throw .usage("--stream and --\(option) do not go together")
      }
      return try readStream(with: recognizer, guides: guides, asJSON: arguments.has("json"))
    }
    let files = try Command.files(in: arguments.operands)
    let threads = try arguments.integer("threads", in: 1...256)
    var session = ReadSession(arguments, files)
    OrderedWork.run(files.count, threads: threads) { [single = arguments.has("single"), files] index in
      FileReading(files[index], with: recognizer, guides: guides, single: single, region: region)
    } each: {
      session.report($1, at: $0)
    }
    try session.finish()
  }

  /// Reads the drawings of standard input as they come.
  private static func readStream(
    with recognizer: Recognizer, guides: [GuideLine], asJSON: Bool
  ) throws(Failure) {
    var lines = LineReader()
    var number = 0
    var firstFailure: Failure?
    while true {
      let line: [UInt8]?
      do throws(FileError) { line = try lines.next() } catch { throw Failure(error) }
      guard let line else { break }
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      number += 1
      let reading = FileReading(line, named: "-:\(number)", with: recognizer, guides: guides)
      if let failure = reading.failure {
        printError("inkling: drawing \(number): \(failure)")
        firstFailure = firstFailure ?? failure
      }
      for page in reading.pages { printLine(asJSON ? page.json.text : page.row) }
      StandardOutput.flush()
    }
    if let firstFailure { throw Failure(firstFailure.code, "some drawings could not be read") }
  }
}

/// The output of `inkling read`, file by file.
private struct ReadSession {
  private let expected: String?
  private var results: FileResults
  private var matches = 0
  private var pages = 0

  init(_ arguments: Arguments, _ files: [String]) {
    expected = arguments.text("expect")
    // The file of a folder is one of a list, whatever their number.
    results = FileResults(arguments, files, isSingle: files.count == 1 && files == arguments.operands)
  }

  /// Prints a file's pages, or why it could not be read.
  mutating func report(_ reading: FileReading, at index: Int) {
    if let failure = reading.failure { results.note(failure) }
    for page in reading.pages {
      pages += 1
      if page.line == expected { matches += 1 }
      if results.printsJSON { results.answers.append(page.json) } else { results.printResult(page.row) }
    }
    if let failure = reading.failure { results.answer(failure, at: index) }
    results.showProgress(after: index)
  }

  /// Prints the JSON; fails where a file could not be read or a text is not the expected one.
  mutating func finish() throws(Failure) {
    results.printAnswers(mayBeObject: true)
    let mismatch = expected.flatMap { expected in
      matches < pages ? "\(pages - matches) of \(pages) are not read as '\(expected)'" : nil
    }
    try results.throwFailure("some files could not be read" + (mismatch.map { ", and \($0)" } ?? ""))
    if let mismatch { throw .couldNot(mismatch) }
  }
}

/// The readings of a file's pages, or why it could not be read.
struct FileReading: Sendable {
  /// The reading of a picture or of one drawing.
  struct PageReading: Sendable {
    let name: String
    let reading: Reading
    /// The text: in the mode for sums that of the layout, with a line for each exercise.
    let text: String
    let milliseconds: Double

    /// The text on one line.
    var line: String { text.split(separator: "\n").joined(separator: " ") }

    /// The name, the text and the confidence, divided by tabs.
    var row: String {
      "\(name.onOneLine)\t\(line)\t\(NumberText.fixed(min(max(reading.confidence, 0), 1), 4))"
    }

    var json: JSON {
      let words = reading.words.isEmpty ? [] : [("words", JSON.array(reading.words.map(Self.json)))]
      return .object(
        [
          ("file", .string(name.onOneLine)), ("text", .string(line)),
          ("confidence", .number(reading.confidence)),
          ("symbols", .array(reading.symbols.map(Self.json))),
          (
            "ignored",
            .array(
              reading.ignored.map { mark in
                .object([("box", mark.box.json), ("reason", .string(mark.reason.rawValue))])
              })
          ),
        ] + words + [("milliseconds", .number(milliseconds))])
    }

    private static func json(_ word: Word) -> JSON {
      .object([
        ("first", .integer(word.symbols.lowerBound)), ("symbols", .integer(word.symbols.count)),
        ("candidates", .array(word.candidates.map(Self.json))),
      ])
    }

    private static func json(_ candidate: Candidate) -> JSON {
      .object([("label", .string(candidate.label)), ("probability", .number(candidate.probability))])
    }

    static func json(_ symbol: Symbol) -> JSON {
      .object([
        ("box", symbol.box.json), ("refused", .boolean(symbol.refused)), ("none", .number(symbol.background)),
        ("candidates", .array(symbol.candidates.map(Self.json))),
      ])
    }
  }

  private(set) var pages: [PageReading] = []
  private(set) var failure: Failure?

  /// Reads a file.
  init(_ path: String, with recognizer: Recognizer, guides: [GuideLine], single: Bool, region: Rectangle?) {
    do throws(Failure) {
      switch try Document(opening: path) {
      case .image(let picture):
        let whole = Rectangle(x: 0, y: 0, width: picture.width, height: picture.height)
        if let region, region.intersection(whole).isEmpty {
          throw .badData(
            "--region \(region.x),\(region.y) is outside '\(path)', which has \(picture.width) × "
              + "\(picture.height) pixels")
        }
        try add(path, recognizer, single: single) { () throws(ModelResultError) in
          guard let region else {
            return try single ? recognizer.read(single: picture) : recognizer.read(picture, guides: guides)
          }
          if !single { return try recognizer.read(picture, in: region, guides: guides) }
          return try recognizer.read(single: picture.cropped(to: region))
            .moved(x: Double(region.x), y: Double(region.y))
        }
      case .drawings(let drawings):
        if region != nil { throw .badData("'\(path)' has drawings; --region takes pictures") }
        for (index, drawing) in drawings.enumerated() {
          try add(drawings.count == 1 ? path : "\(path):\(index + 1)", recognizer, single: single) {
            () throws(ModelResultError) in
            try single
              ? recognizer.read(single: drawing.drawing.strokes)
              : recognizer.read(drawing.page, guides: guides)
          }
        }
      }
    } catch {
      failure = error
    }
  }

  /// Reads a line of a stroke file.
  init(_ line: [UInt8], named name: String, with recognizer: Recognizer, guides: [GuideLine]) {
    do throws(Failure) {
      let drawings: [LabelledDrawing]
      do throws(FormatError) { drawings = try StrokeFile.drawings(line) } catch { throw .badData("\(error)") }
      for drawing in drawings {
        try add(name, recognizer) { () throws(ModelResultError) in
          try recognizer.read(drawing.page, guides: guides)
        }
      }
    } catch {
      failure = error
    }
  }

  private mutating func add(
    _ name: String, _ recognizer: Recognizer, single: Bool = false,
    _ read: () throws(ModelResultError) -> Reading
  ) throws(Failure) {
    let start = MonotonicClock.seconds
    let reading: Reading
    do throws(ModelResultError) { reading = try read() } catch { throw Failure(error) }
    let sums = recognizer.mode == .sums && !single ? PageExercises(reading).text : ""
    pages.append(
      PageReading(
        name: name, reading: reading, text: sums.isEmpty ? reading.text : sums,
        milliseconds: (MonotonicClock.seconds - start) * 1000))
  }
}

extension Arguments {
  /// The guide lines of the options `--guide`.
  fileprivate func guides() throws(Failure) -> [GuideLine] {
    var guides: [GuideLine] = []
    for text in texts("guide") {
      let numbers = text.split(separator: ",").map { Double($0) }
      guard numbers.count == 2, let baseline = numbers[0], let height = numbers[1], baseline.isFinite,
        height.isFinite, height > 0
      else {
        throw .usage("--guide takes the baseline and the height of capitals, such as 400,60, not '\(text)'")
      }
      guides.append(GuideLine(baseline: baseline, height: height))
    }
    return guides
  }
}
