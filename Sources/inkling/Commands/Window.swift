// `inkling` without a command: the window.

import App
import Basics
import CLibrary
import CommandSupport
import Recognition
import X11

extension Command {
  static let window = Command(
    "window", position: 10, summary: "Open the window; the word may be left out", operands: "[FILE]",
    operandCount: 0...1,
    options: [
      .value("theme", "light|dark", "the colours"),
      .value("scale", "S", "dots per inch divided by 96, for screens with small pixels"),
      .value("size", "WxH", "the window's size in pixels"),
      .value("save-dir", "DIR", "the folder for saved pictures (default: the desktop's pictures folder)"),
      .value("save-size", "N", "the longer side of saved pictures in pixels (default: as on the screen)"),
      .flag("live", "read while drawing"),
      .flag("no-live", "read only on request"),
      .value("model", "NAME|FILE", "the model that reads"),
      .value("mode", "digits|sums|text", "what is read (default: as in the last window)"),
      .value("speak-to", "FD|FIFO", "write what a screen reader says, line by line"),
    ],
    discussion: """
      FILE is a picture or a stroke file to open. Press F1 in the window for its keys.
      The page is kept in $XDG_STATE_HOME/inkling and shown again at the next start.
      --speak-to writes the focused control (name, role, state), messages and the reading as lines to an open descriptor
      or a FIFO: `mkfifo /tmp/lines; spd-say --pipe-mode < /tmp/lines & inkling --speak-to /tmp/lines`. Lines that the
      reader does not take at once are lost.
      """
  ) { arguments throws(Failure) in
    var options = try arguments.launchOptions()
    options.saveFolder = arguments.text("save-dir")
    options.saveSize = try arguments.integer("save-size", in: 1...16384)
    if arguments.has("live"), arguments.has("no-live") { throw .usage("give --live or --no-live, not both") }
    if arguments.has("live") { options.isLive = true }
    if arguments.has("no-live") { options.isLive = false }
    options.mode = try arguments.choice("mode", of: ReadingMode.self)
    options.language = Language(
      locale: ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { Environment[$0] }.first { !$0.isEmpty })
    var speech: SpeechOutput?
    if let target = arguments.text("speak-to") {
      do throws(SpeechOutput.Problem) { speech = try SpeechOutput(to: target) } catch {
        throw .usage("--speak-to: \(error.reason)")
      }
    }
    options.file = arguments.operands.first
    if let file = options.file, access(file.nameBytes, R_OK) != 0 {
      throw .noInput("\(file) cannot be read: \(String(cString: strerror(errno)))")
    }
    let losses: [String]
    do throws(DisplayError) {
      let window = try MainWindow(
        on: try Display(), options: options, icons: AppIcon.windowIcons, speech: speech, load: loadReader)
      losses = window.run()
    } catch {
      throw .couldNot("\(error)")
    }
    if !losses.isEmpty { throw .couldNot(losses.joined(separator: " ")) }
  }
}
