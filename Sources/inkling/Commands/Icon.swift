// `inkling icon`: the program's icon as a file, at any size.

import App
import Formats
import Graphics
import X11

extension Command {
  static let icon = Command(
    name: "icon",
    summary: "Write Inkling's icon as PNG at any size, or as SVG",
    operands: "",
    operandCount: 0...0,
    options: [
      .value("out", "FILE", "the file to write; its ending says which, .png or .svg"),
      .value("size", "N", "the side of a PNG in pixels, 256 unless told otherwise"),
    ],
    discussion: "The files in Assets/icons are made by it. A file of that name is replaced."
  ) { arguments throws(Failure) in
    guard let out = arguments.text("out") else { throw .usage("icon needs --out FILE.png or FILE.svg") }
    let size = try arguments.integer("size", in: 8...1024) ?? 256
    let bytes: [UInt8]
    if out.hasSuffix(".svg") {
      bytes = Array(AppIcon.svg.utf8)
    } else if out.hasSuffix(".png") {
      bytes = PNGEncoder.encode(argb: AppIcon.picture(size: size).pixels, width: size, height: size)
    } else {
      throw .usage("--out takes a name that ends in .png or .svg, not '\(out)'")
    }
    do throws(FileError) {
      try File.write(bytes, to: out, replacing: true)
    } catch {
      throw .couldNot("\(error)")
    }
  }
}
