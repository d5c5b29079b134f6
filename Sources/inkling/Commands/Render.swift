// `inkling render`: a drawing as a picture.

import Basics
import CommandSupport
import Formats
import Graphics
import Ink

extension Command {
  static let render = Command(
    "render", position: 50, summary: "Draw a stroke file's drawing into a picture", operands: "STROKES",
    operandCount: 1...1,
    options: [
      .value(
        "out", "FILE", "the picture to write: PNG if the name ends in .png, else PGM; - is standard output"),
      .value("size", "N", "pixels on the page's longer side (default: 448)"),
      .value("line", "K", "the number of the file's drawing, counted from 1 (default: 1)"),
      .flag("force", "replace FILE if it exists"),
    ],
    discussion: "The strokes are drawn as the window draws them, dark ink on white."
  ) { arguments throws(Failure) in
    let out = try arguments.required("out", "render needs --out FILE")
    let size = try arguments.integer("size", in: 1...16_384) ?? 448
    let line = try arguments.integer("line", in: 1...Int(Int32.max))
    let path = arguments.operands[0]
    let image = try Document.drawing(line, of: try Document.openDrawings(path), path).page.image(
      longerSide: size)
    let isPNG = Path.ending(of: out) == "png"
    try writeFile(
      isPNG ? PNGEncoder.encode(image) : PNM.pgm(image), to: out, replacing: arguments.has("force"))
  }
}
