// `inkling picture`: the window as a picture, without an X server.

import App
import CommandSupport
import Formats
import Graphics

extension Command {
  static let picture = Command(
    "picture", position: 140, summary: "Paint the window into a PNG file, without an X server",
    options: [
      .value("out", "FILE.png", "the file to write"),
      .flag("force", "replace the file if it exists"),
      .value("strokes", "FILE", "a stroke file whose drawing is shown and read"),
      .value("line", "K", "the number of the file's drawing, counted from 1 (default: 1)", with: "strokes"),
      .value("theme", "light|dark", "the colours (default: light)"),
      .value("size", "WxH", "the window's size in pixels (default: 960x680)"),
      .value("scale", "S", "dots per inch divided by 96 (default: 1)"),
      .value("model", "NAME|FILE", "the model that reads (default: inkling)"),
      .mode,
      .flag("look", "show the inspection panel too, as V does in the window"),
    ],
    discussion: "The picture shows what the window would show."
  ) { arguments throws(Failure) in
    let out = try arguments.required("out", "picture needs --out FILE.png")
    let scale = try arguments.windowScale() ?? 1
    let size = try arguments.windowSize() ?? WindowSize.usual.scaled(by: scale)
    var state = WindowState()
    var events: [AppEvent] = [.windowOpened(size, scale: scale), .inspectionSet(arguments.has("look"))]
    if let theme = try arguments.choice("theme", of: Theme.self) { events.append(.themeSet(theme)) }
    events.append(.modeSet(try arguments.mode()))
    if let path = arguments.text("strokes") {
      let line = try arguments.integer("line", in: 1...SizeLimit.drawings)
      let drawing = try Document.drawing(line, of: try Document.openDrawings(path), path)
      events.append(.pageRestored(drawing.page))
    }
    for event in events { _ = state.handle(event) }
    do throws(ModelProblem) {
      try state.read(with: arguments.text("model"), in: ShippedFiles.folders, load: loadReader)
    } catch {
      throw .badData(error.reason)
    }
    let picture = View.picture(of: state, renderer: TextRenderer())
    try writeFile(PNGEncoder.encode(picture), to: out, replacing: arguments.has("force"))
  }
}
