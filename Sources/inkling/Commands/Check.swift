// `inkling check`: exercises in arithmetic on pages, with their verdicts.

import Arithmetic
import Basics
import CommandSupport
import ExerciseReports
import Exercises
import Formats
import Graphics
import Ink
import Recognition

extension Command {
  static let check = Command(
    "check", position: 35, summary: "Check exercises in arithmetic on pictures and stroke files",
    operands: "FILE|FOLDER…", operandCount: 1...Int.max,
    options: [
      .value(
        "out", "FOLDER", "write marked pages, items.csv, items.json and report.html into this folder"),
      .value("key", "FILE", "compare with given answers too: lines of file, item and answer, with tabs"),
      .value("model", "NAME|FILE", "the model that reads (default: inkling)"),
      .value("threads", "N", "the number of threads (default: one for each processor)"),
      .flag("json", "print JSON: a list with an object for each page, or with 'error' for a file"),
      .flag("force", "replace files in FOLDER that exist", with: "out"),
      .flag(
        "resume", "go on with a check into FOLDER that was stopped; its pages are not read again", with: "out"
      ),
    ],
    discussion: """
      FILE is a picture (PGM, PNG, JPEG), a stroke file, or - for standard input. One line is printed for each
      exercise, with tabs between the file, the item's number, the text, the verdict, the expected answer and the
      confidence. The verdict is 'right', 'wrong', 'open' (no answer yet), 'unsure' or 'no exercise'. An answer is read
      from its ink alone; what is expected never decides what was written. In the text ^ is a power, (a)/(b) a fraction
      and _ a gap. FOLDER gets NAME-checked.png for each page, with ticks, crosses, the right answers in red, and '?'
      for what a person must look at. The pages themselves are never changed. The exit code is 0 whatever the verdicts.
      Lines of the key without a file hold for all pages.
      """
  ) { arguments throws(Failure) in
    let files = try Command.files(in: arguments.operands)
    let recognizer = try Recognizer(named: arguments.text("model"), mode: .sums)
    let threads = try arguments.integer("threads", in: 1...256)
    let key = try arguments.text("key").map { (path) throws(Failure) in try answerKey(path) }
    let checker = ExerciseChecker(VerdictMargins(of: recognizer.model))
    var session = try CheckSession(arguments, files)
    let kept = try session.folder.map { (folder) throws(Failure) in
      do throws(FileError) {
        return try KeptReadings(
          in: folder, version: version, model: recognizer.model, resumes: arguments.has("resume"))
      } catch {
        throw Failure(error)
      }
    }
    OrderedWork.run(files.count, threads: threads) { index in
      CheckedFile(files[index], recognizer, checker, key, kept)
    } each: {
      session.report($1, at: $0)
    }
    try session.finish()
    kept?.remove()
  }

  private static func answerKey(_ path: String) throws(Failure) -> AnswerKey {
    let bytes = try readFile(path)
    do throws(FormatError) { return try AnswerKey(bytes) } catch { throw .badData("'\(path)': \(error)") }
  }
}

/// The pages of a file with their verdicts and pictures, or why it could not be read.
private struct CheckedFile: Sendable {
  struct Output: Sendable {
    let page: CheckedPage
    /// The marked page as a PNG file, and the page of the report; nil where no folder is written.
    var picture: [UInt8]?
    var report: ReportPage?
  }

  private(set) var pages: [Output] = []
  private(set) var failure: Failure?

  init(
    _ path: String, _ recognizer: Recognizer, _ checker: ExerciseChecker, _ key: AnswerKey?,
    _ kept: KeptReadings?
  ) {
    var bytes: [UInt8] = []
    func add(
      _ name: String, unitsAcross: Double, picture: () -> GrayImage,
      read: () throws(ModelResultError) -> Reading
    ) throws(Failure) {
      let reading: Reading
      do throws(ModelResultError) {
        if let kept {
          reading = try kept.reading(ofPage: pages.count, in: bytes, read: read)
        } else {
          reading = try read()
        }
      } catch {
        throw Failure(error)
      }
      let page = CheckedPage(
        file: name, exercises: checker.check(reading, key: key?.answers(for: name) ?? [:]))
      var output = Output(page: page)
      if kept != nil {
        let textRenderer = TextRenderer()
        let picture = picture()
        output.picture = MarkedPage(picture, page.exercises, unitsAcross: unitsAcross).png(textRenderer)
        output.report = ReportPage(
          page, picture: picture, unitsAcross: unitsAcross, textRenderer: textRenderer)
      }
      pages.append(output)
    }
    do throws(Failure) {
      let document: Document
      do throws(ReadError) {
        (document, bytes) = try File.read(path) { (content) throws(FormatError) in
          (try Document(content), content)
        }
      } catch {
        throw Failure(error)
      }
      switch document {
      case .image(let picture):
        try add(
          path, unitsAcross: Double(picture.width), picture: { picture },
          read: { () throws(ModelResultError) in try recognizer.read(picture) })
      case .drawings(let drawings):
        for (index, drawing) in drawings.enumerated() {
          let page = drawing.page
          try add(
            drawings.count == 1 ? path : "\(path):\(index + 1)", unitsAcross: page.width,
            picture: { page.image(longerSide: Self.drawingSide) },
            read: { () throws(ModelResultError) in try recognizer.read(page) })
        }
      }
    } catch {
      failure = error
    }
  }

  /// The longer side of the picture of a drawing in pixels.
  private static let drawingSide = 1400
}

/// The output of `inkling check`, file by file.
private struct CheckSession {
  /// The folder of `--out`.
  let folder: String?
  private let replaces: Bool
  private var results: FileResults
  private var pages: [CheckedPage] = []
  private var reportPages: [ReportPage] = []
  private var names: Set<String> = []

  init(_ arguments: Arguments, _ files: [String]) throws(Failure) {
    results = FileResults(arguments, files)
    replaces = arguments.has("force") || arguments.has("resume")
    folder = arguments.text("out")
    guard let folder else { return }
    try makeFolder(folder)
    for name in ["items.csv", "items.json", "report.html"]
    where !replaces && Path.kind(of: Path.join(folder, name)) != nil {
      throw .couldNot("'\(Path.join(folder, name))' exists; name another folder, or give --force")
    }
  }

  /// Prints a file's exercises and writes its marked pages, or prints why it could not be read.
  mutating func report(_ file: CheckedFile, at index: Int) {
    if let failure = file.failure {
      results.note(failure)
      results.answer(failure, at: index)
    }
    for output in file.pages {
      pages.append(output.page)
      results.answers.append(output.page.json)
      if let report = output.report { reportPages.append(report) }
      if let picture = output.picture { write(picture, of: output.page) }
      if results.printsJSON { continue }
      for line in output.page.lines { results.printResult(line) }
    }
    results.showProgress(after: index)
  }

  private mutating func write(_ picture: [UInt8], of page: CheckedPage) {
    guard let folder else { return }
    let path = Path.join(folder, pictureName(of: page))
    do throws(Failure) {
      guard !results.files.contains(path) else {
        throw .couldNot("'\(path)' is one of the pages, which are never changed; name another folder")
      }
      try writeFile(picture, to: path, replacing: replaces)
    } catch {
      results.note(error)
    }
  }

  /// A name for the marked page that no other page has.
  private mutating func pictureName(of page: CheckedPage) -> String {
    let file = Path.name(of: page.file).replacing(":", with: "-")
    let ending = Path.ending(of: Path.name(of: page.file))
    let isKnown = Document.endings.contains(ending)
    let base = file == "-" ? "page" : isKnown ? String(file.dropLast(ending.count + 1)) : file
    var name = "\(base)-checked.png"
    var number = 2
    while !names.insert(name).inserted {
      name = "\(base)-\(number)-checked.png"
      number += 1
    }
    return name
  }

  /// Prints the JSON and writes the tables and the report; fails where a file could not be read.
  mutating func finish() throws(Failure) {
    results.printAnswers()
    if let folder, !pages.isEmpty {
      let lines = [CheckedPage.tableHeader] + pages.flatMap(\.tableLines)
      let outputs = [
        ("items.csv", lines.joined(separator: "\r\n") + "\r\n"),
        ("items.json", JSON.array(pages.map(\.json)).text + "\n"),
        ("report.html", CheckReport(reportPages).html),
      ]
      for (name, text) in outputs {
        try writeFile(Array(text.utf8), to: Path.join(folder, name), replacing: replaces)
      }
    }
    try results.throwFailure(
      "some files could not be read or written" + (folder == nil ? "" : "; go on with --resume"))
  }
}
