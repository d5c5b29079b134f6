// `inkling layout`: the positions of the window's parts, for scripts and assistive tools.

import App
import Basics
import CommandSupport

extension Command {
  static let layout = Command(
    "layout", position: 130, summary: "Print where the window's parts are, as JSON",
    options: [
      .value("size", "WxH", "the window's size in pixels (default: 960x680)"),
      .value("scale", "S", "dots per inch divided by 96 (default: 1)"),
      .flag("look", "with the inspection panel, as V shows it in the window"),
      .mode,
    ],
    discussion:
      "The output is one object with the name of each part and its x, y, width and height in pixels."
  ) { arguments throws(Failure) in
    let scale = try arguments.windowScale() ?? 1
    let size = try arguments.windowSize() ?? WindowSize.usual.scaled(by: scale)
    let layout = Layout(
      width: size.width, height: size.height, scale: scale, isLooking: arguments.has("look"),
      mode: try arguments.mode())
    let lines = layout.named.map { part in
      let (name, area) = (part.name, part.area)
      return
        #"  "\#(name)": {"x": \#(area.x), "y": \#(area.y), "width": \#(area.width), "height": \#(area.height)}"#
    }
    printLine("{\n" + lines.joined(separator: ",\n") + "\n}")
  }
}
