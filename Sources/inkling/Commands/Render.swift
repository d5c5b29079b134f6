// `inkling render`: a drawing as a picture.

import App
import Basics
import Formats
import Graphics
import Ink

extension Command {
  static let render = Command(
    name: "render",
    summary: "Draw a stroke file's drawing into a picture",
    operands: "STROKES",
    operandCount: 1...1,
    options: [
      .value("out", "FILE", "the picture to write: PGM, or PNG by its name's ending; - is standard output"),
      .value("size", "N", "pixels on the page's longer side, 448 unless told otherwise"),
      .value("line", "K", "which of the file's drawings, counted from 1; the first unless told otherwise"),
      .flag("force", "replace FILE if it exists"),
    ],
    discussion: "The strokes are drawn as the window draws them, dark ink on white."
  ) { arguments throws(Failure) in
    guard let out = arguments.text("out") else { throw .usage("render needs --out FILE") }
    let size = try arguments.integer("size", in: 1...16_384) ?? 448
    let line = try arguments.integer("line", in: 1...Int(Int32.max)) ?? 1
    let path = arguments.operands[0]
    let drawings = try Document.openDrawings(path)
    guard drawings.indices.contains(line - 1) else {
      throw .badData(
        "'\(path)' has \(drawings.count) drawings; --line takes a number from 1 to \(drawings.count)")
    }
    let image = drawings[line - 1].page.image(longerSide: size)
    let isPNG = out.lowercased().hasSuffix(".png")
    try writeFile(
      isPNG ? PNGEncoder.encode(image) : PNM.pgm(image), to: out, replacing: arguments.has("force"))
  }
}
