// `inkling panel`: a low, wide panel that types what is written into other programs.

import App
import CommandSupport
import Formats
import Gestures
import Graphics
import Ink
import Panel
import Preprocessing
import Recognition
import X11

extension Command {
  static let panel = Command(
    "panel", position: 33, summary: "Open the panel, which types what is written into other programs",
    options: [
      .value("pause", "S", "seconds after the last stroke until the text is typed (default: 1)"),
      .value(
        "without", "NAME",
        "switch a gesture off: " + PenGesture.allCases.map(\.rawValue).joined(separator: ", "),
        repeats: true),
      .value("teach", "NAME", "teach a gesture for commands by drawing it five times"),
      .value("theme", "light|dark", "the colours"),
      .value("scale", "S", "dots per inch divided by 96"),
      .value("size", "WxH", "the panel's size in pixels"),
      .flag("xid", "print the window's number, for a program that takes the panel into its own window"),
      .value("model", "NAME|FILE", "the model that reads"),
      .language,
      .noLanguage,
      .value("picture", "FILE.png", "paint the panel into a file, without an X server"),
      .value("strokes", "FILE", "a stroke file whose drawing is shown and read in the picture"),
    ],
    discussion: """
      What is written on the lines is typed into the window that has the keyboard focus; the panel never takes it.
      A tap on the text types it at once, a tap on another text types that one. Back and forth over ink deletes it,
      without ink the last character; a long dash to the right is a blank, to the left Backspace, and a hook down and
      to the left Enter. Undo takes back what was typed, as long as nothing else was.
      The button with the flash draws commands; see 'inkling commands --help'. What is written is kept nowhere.
      """
  ) { arguments throws(Failure) in
    var options = PanelOptions()
    options.theme = try arguments.choice("theme", of: Theme.self)
    options.scale = try arguments.windowScale()
    options.size = try arguments.windowSize()
    options.pause = .milliseconds(Int(clamping: (try arguments.number("pause", in: 0...60) ?? 1) * 1000))
    for name in arguments.texts("without") {
      guard let gesture = PenGesture(rawValue: name) else {
        throw .unknown("gesture", name, among: PenGesture.allCases.map(\.rawValue))
      }
      options.gestures.remove(gesture)
    }
    options.isEmbedded = arguments.has("xid")
    options.taught = arguments.text("teach")
    if options.taught == "" { throw .usage("--teach takes the name of a gesture") }
    if arguments.has("language"), arguments.has("no-language") {
      throw .usage("--language and --no-language do not go together")
    }
    if let out = arguments.text("picture") {
      return try paint(options, arguments, to: out)
    }
    let panel: PanelWindow
    do throws(DisplayError) {
      panel = try PanelWindow(on: try Display(), options: options, icons: AppIcon.windowIcons) {
        () throws(PanelReaderProblem) in try panelReader(arguments)
      }
    } catch {
      throw .couldNot("\(error)")
    }
    // The other program waits for the number, and standard output would keep it until the end.
    if options.isEmbedded { try writeFile(Array("\(panel.identifier)\n".utf8), to: "-", replacing: true) }
    Interruption.watch()
    panel.run { Interruption.isRequested }
  }

  /// Paints the panel with a drawing and its reading.
  private static func paint(
    _ options: PanelOptions, _ arguments: Arguments, to out: String
  ) throws(Failure) {
    let scale = options.scale ?? 1
    let size = options.size ?? PanelArea.usual(screenWidth: 1280, scale: scale)
    var state = PanelState()
    var events: [PanelEvent] = [.opened(size, scale: scale), .themeSet(options.theme ?? .light)]
    if let strokes = arguments.text("strokes") {
      let drawing = try Document.drawing(1, of: try Document.openDrawings(strokes), strokes)
      for stroke in drawing.page.drawing.strokes { events += PanelEvent.events(drawing: stroke) }
    }
    for event in events { _ = state.handle(event) }
    if !state.page.isEmpty {
      do throws(PanelReaderProblem) {
        let reading = try panelReader(arguments)(state.page)
        _ = state.handle(.read(PanelReading(reading), revision: state.revision))
      } catch {
        throw .badData(error.reason)
      }
    }
    let picture = PanelView.picture(of: state, renderer: TextRenderer())
    try writeFile(PNGEncoder.encode(picture), to: out, replacing: true)
  }
}

/// Loads a model that reads text, with the languages that help.
@Sendable
private func panelReader(_ arguments: Arguments) throws(PanelReaderProblem) -> PanelReader {
  let recognizer: Recognizer
  do throws(Failure) {
    recognizer = try Recognizer(
      named: arguments.text("model"), mode: .text, language: try arguments.language())
  } catch {
    throw PanelReaderProblem(error.description)
  }
  return { page throws(PanelReaderProblem) in
    let guide = GuideLine(
      baseline: page.height * PanelState.guides.base, height: page.height * PanelState.capitalHeight)
    do throws(ModelResultError) { return try recognizer.read(page, guides: [guide]) } catch {
      throw PanelReaderProblem(error.description)
    }
  }
}
