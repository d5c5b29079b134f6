// `inkling` without a command: the window.

import App
import Glibc
import X11

extension Command {
  static let window = Command(
    name: "window",
    summary: "Open the window; the word may be left out",
    operands: "[FILE]",
    operandCount: 0...1,
    options: [
      .value("theme", "light|dark", "the colours"),
      .value("scale", "S", "dots per inch over 96, for screens with small pixels"),
      .value("size", "WxH", "the window's size in pixels"),
      .value("save-dir", "DIR", "where pictures are saved, instead of the desktop's pictures folder"),
      .value(
        "save-size", "N", "the longer side of saved pictures in pixels, instead of the page's on the screen"),
      .flag("live", "let the reading follow the pen"),
      .flag("no-live", "read only when told to"),
      .value("model", "NAME|FILE", "the model that reads"),
    ],
    discussion: """
      FILE is a picture or a stroke file to open. Press F1 in the window for its keys.
      The page is kept (in $XDG_STATE_HOME/inkling) and shown again at the next start.
      """
  ) { arguments throws(Failure) in
    var wishes = LaunchOptions()
    wishes.theme = try arguments.choice("theme", of: Theme.allCases.map(\.rawValue)).flatMap(Theme.init)
    wishes.scale = try arguments.number("scale", in: 0.5...4)
    wishes.size = try arguments.windowSize()
    wishes.saveFolder = arguments.text("save-dir")
    wishes.saveSize = try arguments.integer("save-size", in: 1...16384)
    if arguments.has("live"), arguments.has("no-live") { throw .usage("give --live or --no-live, not both") }
    if arguments.has("live") { wishes.isLive = true }
    if arguments.has("no-live") { wishes.isLive = false }
    wishes.model = arguments.text("model")
    wishes.modelFolders = ShippedFiles.folders
    wishes.file = arguments.operands.first
    if let file = wishes.file, access(file, R_OK) != 0 {
      throw .noInput("\(file) cannot be read: \(String(cString: strerror(errno)))")
    }
    let losses: [String]
    do throws(DisplayError) {
      let window = try MainWindow(
        on: try Display(), options: wishes, icons: AppIcon.windowIcons, load: loadReader)
      losses = window.run()
    } catch {
      throw .couldNot("\(error)")
    }
    if !losses.isEmpty { throw .couldNot(losses.joined(separator: " ")) }
  }
}
