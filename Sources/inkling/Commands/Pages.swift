// `inkling pages`: made pages of several digits, to measure reading with.

import Basics
import Formats
import Ink
import Preprocessing

extension Command {
  static let pages = Command(
    name: "pages",
    summary: "Make test pages of several digits from a stroke file",
    operands: "STROKES",
    operandCount: 1...1,
    options: [
      .value("out", "FOLDER", "where the pages go, with labels.tsv: file, tab, text"),
      .value(
        "kind", PageKind.allCases.map(\.rawValue).joined(separator: "|"), "spaced unless told otherwise"),
      .value("count", "N", "how many pages, 100 unless told otherwise"),
      .value("seed", "N", "another number makes other pages, 1 unless told otherwise"),
      .value("last", "N", "use only the writers from this number on"),
    ],
    discussion: """
      'spaced', 'touching' and 'lines' are clean pages of 2 to 8 digits: apart, with one pair that touches,
      on two lines. 'photo' pages have uneven light, shadow, noise, ruled or squared paper, and are rotated.
      """
  ) { arguments throws(Failure) in
    guard let out = arguments.text("out") else { throw .usage("pages needs --out FOLDER") }
    let kind = try arguments.choice("kind", of: PageKind.allCases.map(\.rawValue)).flatMap(PageKind.init)
    let count = try arguments.integer("count", in: 1...100_000) ?? 100
    let seed = try arguments.integer("seed", in: 0...Int(Int32.max)) ?? 1
    let first = try arguments.integer("last", in: 0...Int(Int32.max)) ?? 0
    let digits = try Document.openDrawings(arguments.operands[0]).filter { drawing in
      drawing.label.map { $0.count == 1 && $0.allSatisfy(\.isNumber) } == true
        && !drawing.drawing.isEmpty && (drawing.writer ?? first) >= first
    }
    if digits.isEmpty { throw .badData("'\(arguments.operands[0])' has no drawing whose label is a digit") }
    do throws(FileError) { try Path.makeFolder(out) } catch { throw Failure(error) }
    var labels = "file\ttext\n"
    for number in 1...count {
      var maker = SyntheticPages(digits: digits, seed: UInt64(seed) << 32 | UInt64(number))
      let page = maker.page(kind ?? .spaced)
      let digits = String(number)
      let name =
        "\((kind ?? .spaced).rawValue)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits).pgm"
      try writeFile(PNM.pgm(page.picture), to: Path.join(out, name), replacing: true)
      labels += "\(name)\t\(page.text)\n"
    }
    try writeFile(Array(labels.utf8), to: Path.join(out, "labels.tsv"), replacing: true)
  }
}

/// What made pages are like.
enum PageKind: String, CaseIterable {
  case spaced
  case touching
  case lines
  case photo
}
