// `inkling pages`: synthetic pages of several digits, to measure reading with.

import Basics
import CommandSupport
import Evaluation
import Formats
import Ink

extension Command {
  static let pages = Command(
    "pages", position: 20, summary: "Make test pages of several digits from a stroke file",
    operands: "STROKES", operandCount: 1...1,
    options: [
      .value("out", "FOLDER", "the folder for the pages and labels.tsv: file, tab, text"),
      .value(
        "kind", PageKind.allCases.map(\.rawValue).joined(separator: "|"),
        "the kind of the pages (default: spaced)"),
      .value("count", "N", "the number of pages (default: 100)"),
      .value("seed", "N", "another number makes other pages (default: 1)"),
      .value("last", "N", "use only the writers from this number on"),
    ],
    discussion: """
      'spaced', 'touching' and 'lines' are clean pages of 2 to 8 digits: apart, with one touching pair, on two
      lines. 'photo' pages have uneven light, shadow, noise, ruled or squared paper, and are rotated.
      """
  ) { arguments throws(Failure) in
    let out = try arguments.required("out", "pages needs --out FOLDER")
    let kind = try arguments.choice("kind", of: PageKind.self) ?? .spaced
    let count = try arguments.integer("count", in: 1...100_000) ?? 100
    let seed = try arguments.integer("seed", in: 0...Int(Int32.max)) ?? 1
    let first = try arguments.integer("last", in: 0...Int(Int32.max)) ?? 0
    let digits = try Document.openDrawings(arguments.operands[0]).filter { drawing in
      drawing.label.map { $0.count == 1 && $0.allSatisfy(\.isNumber) } == true
        && !drawing.drawing.isEmpty && (drawing.writer?.number ?? first) >= first
    }
    if digits.isEmpty { throw .badData("'\(arguments.operands[0])' has no drawing whose label is a digit") }
    try makeFolder(out)
    var labels = "file\ttext\n"
    for number in 1...count {
      var pages = SyntheticPages(digits: digits, seed: UInt64(seed) << 32 | UInt64(number))
      let page = pages.page(kind)
      let name = "\(kind.rawValue)-\(NumberText.padded("\(number)", to: 4)).pgm"
      try writeFile(PNM.pgm(page.picture), to: Path.join(out, name), replacing: true)
      labels += "\(name)\t\(page.text)\n"
    }
    try writeFile(Array(labels.utf8), to: Path.join(out, "labels.tsv"), replacing: true)
  }
}
