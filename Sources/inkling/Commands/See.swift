// `inkling see`: what a network would get.

import Basics
import Formats
import Ink
import Preprocessing

extension Command {
  static let see = Command(
    name: "see",
    summary: "Show what a network would get: each symbol as 28 by 28 pixels",
    operands: "FILE",
    operandCount: 1...1,
    options: [
      .flag("single", "take the whole picture, or each drawing, as one symbol"),
      .value("out", "FILE", "write the symbols as PGM images, one after the other, ink 255 and paper 0"),
      .flag("force", "replace the file of --out if it exists"),
      .value("fitting", "TEXT", "how ink is fitted, as a model says it: 'pen 2.2', 'pen 2.2 deskew'"),
      .flag("json", "print the symbols' boxes and levels as JSON"),
    ],
    discussion: """
      FILE is a picture (PGM, PNG, JPEG) or a stroke file; - is standard input. Symbols come in reading
      order. A page without ink has none: nothing is shown, and the exit code is 0.
      """
  ) { arguments throws(Failure) in
    var normalizer = InputNormalizer.usual
    if let text = arguments.text("fitting") {
      guard let asked = InputNormalizer(text) else {
        throw .usage("--fitting takes 'pen WIDTH' and 'deskew', not '\(text)'")
      }
      normalizer = asked
    }
    let symbols = try seen(
      try PageFile.read(arguments.operands[0]), by: normalizer, single: arguments.has("single"))
    if let out = arguments.text("out"), !symbols.isEmpty || out == "-" {
      let bytes = symbols.flatMap { symbol in
        PNM.pgm(
          GrayImage(width: InputNormalizer.side, height: InputNormalizer.side, pixels: symbol.input.levels))
      }
      try writeFile(bytes, to: out, replacing: arguments.has("force"))
    }
    if arguments.has("json") {
      print(JSON.object([("symbols", .array(symbols.map(json)))]).text)
    } else if arguments.text("out") == nil || symbols.isEmpty {
      if symbols.isEmpty { printError("no ink on the page") }
      for symbol in symbols { print(HalfBlocks.text(of: symbol.input)) }
    }
  }

  private static func seen(
    _ file: PageFile, by normalizer: InputNormalizer, single: Bool
  ) throws(Failure) -> [(box: Box, input: Coverage)] {
    let segmentation = Segmentation(normalizer: normalizer)
    switch file {
    case .picture(let picture):
      if single {
        let ink = InkExtraction.removed(from: picture)
        guard let input = normalizer.input(of: ink) else { return [] }
        return [(Box(x: 0, y: 0, width: Double(picture.width), height: Double(picture.height)), input)]
      }
      return symbols(segmentation.lattice(of: picture), segmentation)
    case .drawings(let drawings):
      return drawings.flatMap { drawing -> [(box: Box, input: Coverage)] in
        let strokes = drawing.drawing.strokes
        if single {
          guard let box = drawing.drawing.bounds, let input = normalizer.input(of: strokes) else { return [] }
          return [(box, input)]
        }
        return symbols(segmentation.lattice(of: strokes), segmentation)
      }
    }
  }

  private static func symbols(
    _ page: PageLattice, _ segmentation: Segmentation
  ) -> [(box: Box, input: Coverage)] {
    zip(page.lines, page.symbolsByArrangement).flatMap { line, hypotheses in
      hypotheses.map { ($0.box.scaled(by: page.unit), segmentation.input(of: $0, in: line)) }
    }
  }

  private static func json(_ symbol: (box: Box, input: Coverage)) -> JSON {
    .object([
      ("box", box(symbol.box)), ("input", .array(symbol.input.levels.map { .integer(Int($0)) })),
    ])
  }

  /// A box as programs read it.
  static func box(_ box: Box) -> JSON {
    .object([
      ("x", .number(box.x)), ("y", .number(box.y)), ("width", .number(box.width)),
      ("height", .number(box.height)),
    ])
  }
}

/// Pictures in a terminal: each character shows two pixels, one above the other.
enum HalfBlocks {
  /// Ink as shades of the terminal's 24 greys, framed by nothing.
  static func text(of ink: Coverage) -> String {
    var lines: [String] = []
    for y in stride(from: 0, to: ink.height, by: 2) {
      var line = ""
      for x in 0..<ink.width {
        let top = Int(ink[x, y])
        let bottom = y + 1 < ink.height ? Int(ink[x, y + 1]) : 0
        // Colours 232 to 255 of the 256 are greys from black to white: paper is black as in MNIST.
        line += "\u{1B}[38;5;\(232 + top * 23 / 255);48;5;\(232 + bottom * 23 / 255)m\u{2580}"
      }
      lines.append(line + "\u{1B}[0m")
    }
    return lines.joined(separator: "\n")
  }
}
