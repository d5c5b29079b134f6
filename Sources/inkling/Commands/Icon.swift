// `inkling icon`: the program's icon as a file.

import App
import CommandSupport
import Formats
import Graphics
import X11

extension Command {
  static let icon = Command(
    "icon", position: 160, summary: "Write Inkling's icon as PNG at any size, or as SVG",
    options: [
      .value("out", "FILE", "the file to write; its ending selects the format, .png or .svg"),
      .flag("force", "replace the file if it exists"),
      .value("size", "N", "the side of a PNG in pixels (default: 256)"),
    ],
    discussion: "This command made the files in Assets/icons."
  ) { arguments throws(Failure) in
    let out = try arguments.required("out", "icon needs --out FILE.png or FILE.svg")
    let size = try arguments.integer("size", in: 8...1024) ?? 256
    let bytes: [UInt8]
    switch Path.ending(of: out) {
    case "svg" where arguments.has("size"):
      throw .usage("--size has no effect on an SVG; leave it out, or name a PNG")
    case "svg": bytes = Array(AppIcon.svg.utf8)
    case "png": bytes = PNGEncoder.encode(argb: AppIcon.picture(size: size).pixels, width: size, height: size)
    default: throw .usage("--out takes a name that ends in .png or .svg, not '\(out)'")
    }
    try writeFile(bytes, to: out, replacing: arguments.has("force"))
  }
}
