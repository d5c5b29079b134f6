// `inkling see`: the input of the network.

import Basics
import CommandSupport
import Explanation
import Formats
import Graphics
import Ink
import Preprocessing

extension Command {
  static let see = Command(
    "see", position: 40, summary: "Show the network's input: each symbol as 28 by 28 pixels",
    operands: "FILE",
    operandCount: 1...1,
    options: [
      .flag("single", "treat the whole picture, or each drawing, as one symbol"),
      .value("out", "FILE", "write the symbols as PGM images, one after the other, ink 255 and paper 0"),
      .flag("force", "replace the file of --out if it exists", with: "out"),
      .value("fitting", "TEXT", "how ink is fitted, as in a model's file: 'pen 2.2', 'pen 2.2 deskew'"),
      .flag("json", "print the boxes and levels of the symbols as JSON"),
      .flag("steps", "write the steps of reading a picture as PNG files into the folder of --out"),
    ],
    discussion: """
      FILE is a picture (PGM, PNG, JPEG) or a stroke file; - is standard input. The symbols are in reading
      order. For a page without ink nothing is shown, and the exit code is 0. The files of --steps show the
      evened light, the ink that was found, what is ignored, the ink that is kept, its pieces, and the inputs.
      """
  ) { arguments throws(Failure) in
    var normalizer = InputNormalizer.usual
    if let text = arguments.text("fitting") {
      guard let named = InputNormalizer(text) else {
        throw .usage("--fitting takes 'pen WIDTH' and 'deskew', not '\(text)'")
      }
      normalizer = named
    }
    if arguments.has("steps") {
      let folder = try arguments.required("out", "see --steps needs --out FOLDER")
      return try writeSteps(
        of: arguments.operands[0], into: folder, Segmentation(normalizer: normalizer),
        replacing: arguments.has("force"))
    }
    let symbols = FoundSymbol.all(
      in: try Document(opening: arguments.operands[0]), normalizedBy: normalizer,
      single: arguments.has("single"))
    if let out = arguments.text("out"), !symbols.isEmpty || out == "-" {
      let side = InputNormalizer.side
      let bytes = symbols.flatMap { symbol in
        PNM.pgm(GrayImage(width: side, height: side, pixels: symbol.input.levels))
      }
      try writeFile(bytes, to: out, replacing: arguments.has("force"))
    }
    if arguments.has("json") {
      printLine(JSON.object([("symbols", .array(symbols.map(\.json)))]).text)
    } else if arguments.text("out") == nil || symbols.isEmpty {
      if symbols.isEmpty { printError("there is no ink on the page") }
      for symbol in symbols { printLine(HalfBlocks.text(of: symbol.input)) }
    }
  }

  /// Writes the pictures of the steps by which a picture is read.
  private static func writeSteps(
    of path: String, into folder: String, _ segmentation: Segmentation, replacing: Bool
  ) throws(Failure) {
    guard case .image(let picture) = try Document(opening: path) else {
      throw .badData("'\(path)' has drawings; --steps takes a picture")
    }
    try makeFolder(folder)
    for step in ReadingSteps(of: picture, by: segmentation).steps {
      let file = Path.join(folder, step.name + ".png")
      try writeFile(PNGEncoder.encode(step.bitmap), to: file, replacing: replacing)
    }
  }
}

/// A symbol's box and the network's input for it.
private struct FoundSymbol {
  let box: Box
  let input: Coverage

  static func all(in file: Document, normalizedBy normalizer: InputNormalizer, single: Bool) -> [FoundSymbol]
  {
    let segmentation = Segmentation(normalizer: normalizer)
    switch file {
    case .image(let picture) where single:
      let box = Box(x: 0, y: 0, width: Double(picture.width), height: Double(picture.height))
      let input = normalizer.input(of: InkExtraction.removed(from: picture))
      return input.map { [FoundSymbol(box: box, input: $0)] } ?? []
    case .image(let picture):
      return all(in: segmentation.lattice(of: picture), segmentation)
    case .drawings(let drawings) where single:
      return drawings.compactMap { drawing in
        guard let box = drawing.drawing.bounds, let input = normalizer.input(of: drawing.drawing.strokes)
        else { return nil }
        return FoundSymbol(box: box, input: input)
      }
    case .drawings(let drawings):
      return drawings.flatMap { all(in: segmentation.lattice(of: $0.drawing.strokes), segmentation) }
    }
  }

  private static func all(in page: PageLattice, _ segmentation: Segmentation) -> [FoundSymbol] {
    zip(page.lines, page.symbolsByArrangement).flatMap { line, hypotheses in
      hypotheses.map { hypothesis in
        FoundSymbol(
          box: page.pageBox(of: hypothesis.box), input: segmentation.input(of: hypothesis, in: line).picture)
      }
    }
  }

  var json: JSON {
    .object([("box", box.json), ("input", .array(input.levels.map { .integer(Int($0)) }))])
  }
}

extension Box {
  /// The box as JSON.
  var json: JSON {
    .object([
      ("x", .number(x)), ("y", .number(y)), ("width", .number(width)), ("height", .number(height)),
    ])
  }
}
