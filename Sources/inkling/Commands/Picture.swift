// `inkling picture`: the window as a picture, without a window.

import App
import Basics
import Formats
import Graphics
import Ink

extension Command {
  static let picture = Command(
    name: "picture",
    summary: "Paint the window into a PNG file, without an X server",
    operands: "",
    operandCount: 0...0,
    options: [
      .value("out", "FILE.png", "the file to write"),
      .value("strokes", "FILE", "a stroke file whose first drawing is on the page, and read"),
      .value("line", "K", "the file's K-th drawing, instead of its first"),
      .value("theme", "light|dark", "the colours, light unless told otherwise"),
      .value("size", "WxH", "the window's size in pixels, 960x680 unless told otherwise"),
      .value("scale", "S", "dots per inch over 96, 1 unless told otherwise"),
      .value("model", "NAME|FILE", "the model that reads, the flagship unless told otherwise"),
      .flag("look", "with the look inside the model, as V shows it"),
    ],
    discussion: "The picture is what the window would show; a file of that name is replaced."
  ) { arguments throws(Failure) in
    guard let out = arguments.text("out") else { throw .usage("picture needs --out FILE.png") }
    let scale = try arguments.number("scale", in: 0.5...4) ?? 1
    let size = try arguments.windowSize() ?? WindowSize.usual.scaled(by: scale)
    let theme = try arguments.choice("theme", of: Theme.allCases.map(\.rawValue)).flatMap(Theme.init)
    var state = WindowState()
    var events: [AppEvent] = [.windowOpened(size, scale: scale), .inspectionSet(arguments.has("look"))]
    if let theme { events.append(.themeSet(theme)) }
    if let path = arguments.text("strokes") {
      let line = try arguments.integer("line", in: 1...SizeLimit.drawings) ?? 1
      events.append(.pageRestored(try drawing(line, of: path).page))
    }
    for event in events { _ = state.handle(event) }
    do throws(ModelProblem) {
      try state.read(with: arguments.text("model"), in: ShippedFiles.folders, load: loadReader)
    } catch {
      throw .badData(error.reason)
    }
    do throws(FileError) {
      let picture = View.picture(of: state, renderer: TextRenderer())
      try File.write(PNGEncoder.encode(picture), to: out, replacing: true)
    } catch {
      throw .couldNot("\(error)")
    }
  }

  /// A stroke file's drawing by its number from 1.
  static func drawing(_ number: Int, of path: String) throws(Failure) -> LabelledDrawing {
    let drawings = try Document.openDrawings(path)
    guard drawings.indices.contains(number - 1) else {
      throw .badData("'\(path)' has \(drawings.count) drawings; there is no number \(number)")
    }
    return drawings[number - 1]
  }
}
