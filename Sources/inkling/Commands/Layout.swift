// `inkling layout`: where everything stands in the window, for scripts and assistive tools.

import App
import Basics
import Graphics

extension Command {
  static let layout = Command(
    name: "layout",
    summary: "Print where the window's parts are, as JSON",
    operands: "",
    operandCount: 0...0,
    options: [
      .value("size", "WxH", "the window's size in pixels, 960x680 unless told otherwise"),
      .value("scale", "S", "dots per inch over 96, 1 unless told otherwise"),
      .flag("look", "with the look inside the model, as V shows it"),
    ],
    discussion: """
      One object: a name for each part, with x, y, width and height in window pixels.
      """
  ) { arguments throws(Failure) in
    let scale = try arguments.number("scale", in: 0.5...4) ?? 1
    let size = try arguments.windowSize() ?? WindowSize.usual.scaled(by: scale)
    let layout = Layout(
      width: size.width, height: size.height, scale: scale, isLooking: arguments.has("look"))
    let lines = layout.named.map { part in
      let (name, area) = (part.name, part.area)
      return
        #"  "\#(name)": {"x": \#(area.x), "y": \#(area.y), "width": \#(area.width), "height": \#(area.height)}"#
    }
    print("{\n" + lines.joined(separator: ",\n") + "\n}")
  }
}

extension Arguments {
  /// The value of `--size`, two whole numbers with an x between them.
  func windowSize() throws(Failure) -> WindowSize? {
    guard let text = text("size") else { return nil }
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
      (1...16384).contains(width), (1...16384).contains(height)
    else {
      throw .usage("--size takes a width and a height in pixels, such as 1280x800, not '\(text)'")
    }
    return WindowSize(width: width, height: height)
  }
}
