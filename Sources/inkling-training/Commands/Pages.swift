// `inkling pages`: synthetic pages of several digits or of exercises, to measure reading with.

import Basics
import CommandSupport
import Datasets
import Evaluation
import Formats
import Ink

extension Command {
  static let pages = Command(
    "pages", position: 20, summary: "Make test pages of several digits or of exercises from a stroke file",
    operands: "STROKES", operandCount: 1...1,
    options: [
      .value("out", "FOLDER", "the folder for the pages and labels.tsv: file, tab, text"),
      .value(
        "kind", PageKind.allCases.map(\.rawValue).joined(separator: "|"),
        "the kind of the pages (default: spaced)"),
      .value("count", "N", "the number of pages (default: 100)"),
      .value("seed", "N", "another number makes other pages (default: 1)"),
      .value("last", "N", "use only the writers from this number on"),
      .value("held-out", "N", "use only the N writers that training keeps out"),
      .flag("sums", "make pages of exercises, half of them wrong, with their truth in truth.tsv"),
    ],
    discussion: """
      'spaced', 'touching' and 'lines' are clean pages of 2 to 8 digits: apart, with one touching pair, on two
      lines. 'photo' pages have uneven light, shadow, noise, ruled or squared paper, and are rotated. 'tilted' ones are
      photos of a sheet on a table, seen at an angle. 'form' pages are scans of forms with print, lines or boxes and a
      number in each row, by ink that may be faint, with the loss of JPEG; 'empty' ones are forms without any number.
      With --sums the pages have exercises; the kind is 'spaced', 'photo' or 'tilted'. Half of the wrong answers differ
      from the right one by a digit that is often confused. truth.tsv has a line for each exercise: file, item, text,
      right or wrong, the right answer, and the box in pixels.
      """
  ) { arguments throws(Failure) in
    let out = try arguments.required("out", "pages needs --out FOLDER")
    let kind = try arguments.choice("kind", of: PageKind.self) ?? .spaced
    let count = try arguments.integer("count", in: 1...100_000) ?? 100
    let seed = try arguments.integer("seed", in: 0...Int(Int32.max)) ?? 1
    let drawings = try drawings(arguments)
    try makeFolder(out)
    if arguments.has("sums") {
      guard kind == .spaced || kind.isPhoto else {
        throw .usage("--sums takes --kind spaced, photo or tilted")
      }
      return try writeSums(drawings, kind, count: count, seed: seed, to: out)
    }
    let digits = drawings.filter { drawing in
      drawing.label.map { $0.count == 1 && $0.allSatisfy(\.isNumber) } == true && !drawing.drawing.isEmpty
    }
    if digits.isEmpty { throw .badData("'\(arguments.operands[0])' has no drawing whose label is a digit") }
    var labels = "file\ttext\n"
    for number in 1...count {
      let page = SyntheticPages.page(kind, of: digits, seed: UInt64(seed) << 32 | UInt64(number))
      let name = fileName(kind.rawValue, number)
      try writeFile(PNM.pgm(page.picture), to: Path.join(out, name), replacing: true)
      labels += "\(name)\t\(page.text)\n"
    }
    try writeFile(Array(labels.utf8), to: Path.join(out, "labels.tsv"), replacing: true)
  }

  /// The drawings of the writers that the options name.
  private static func drawings(_ arguments: Arguments) throws(Failure) -> [LabelledDrawing] {
    let first = try arguments.integer("last", in: 0...Int(Int32.max)) ?? 0
    let drawings = try Document.openDrawings(arguments.operands[0])
    let heldOut = try arguments.integer("held-out", in: 1...100_000).map {
      ValidationSplit.heldOut(drawings.compactMap(\.writer), count: $0)
    }
    return drawings.filter { drawing in
      (drawing.writer?.number ?? first) >= first
        && heldOut.map { writers in drawing.writer.map(writers.contains) ?? false } ?? true
    }
  }

  private static func fileName(_ kind: String, _ number: Int) -> String {
    "\(kind)-\(NumberText.padded("\(number)", to: 4)).pgm"
  }

  private static func writeSums(
    _ drawings: [LabelledDrawing], _ kind: PageKind, count: Int, seed: Int, to out: String
  ) throws(Failure) {
    var truth = "file\titem\ttext\tverdict\texpected\tx\ty\twidth\theight\n"
    for number in 1...count {
      guard
        let page = SyntheticSums.page(kind, of: drawings, seed: UInt64(seed) << 32 | UInt64(number))
      else { throw .badData("the strokes have no drawing of some digits, which exercises need") }
      let name = fileName(kind == .spaced ? "sums" : "sums-\(kind.rawValue)", number)
      try writeFile(PNM.pgm(page.picture), to: Path.join(out, name), replacing: true)
      for (index, item) in page.items.enumerated() {
        let box = item.pictureBox
        let sides = [box.x, box.y, box.width, box.height].map {
          NumberText.fixed($0, 1).replacing("−", with: "-")
        }
        let fields = [
          name, "\(index + 1)", item.exercise.text, item.exercise.isRight ? "right" : "wrong",
          item.exercise.expected,
        ]
        truth += (fields + sides).joined(separator: "\t") + "\n"
      }
    }
    try writeFile(Array(truth.utf8), to: Path.join(out, "truth.tsv"), replacing: true)
  }
}
