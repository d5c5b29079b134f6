// `inkling demo`: the real window at work, with nobody at the mouse.

import App
import Basics
import Formats
import Glibc
import Ink
import Recognition
import X11

extension Command {
  static let demo = Command(
    name: "demo",
    summary: "Open the window, draw a digit, predict and save by the pointer, keep a screenshot",
    operands: "",
    operandCount: 0...0,
    options: [
      .value(
        "out", "DIR", "where the page and the screenshot are saved, inkling-demo in the temporary folder"),
      .value("digit", "D", "the digit drawn, 7 unless told otherwise"),
      .value("strokes", "FILE", "a stroke file to take it from, instead of the sample drawings"),
      .value("theme", "light|dark", "the colours"),
      .value("size", "WxH", "the window's size in pixels"),
      .value("scale", "S", "dots per inch over 96"),
      .value("model", "NAME|FILE", "the model that reads"),
    ],
    discussion: """
      The pointer moves through the X server (XTEST) where it can. Your own page and settings are not touched.
      """
  ) { arguments throws(Failure) in
    let digit = try arguments.integer("digit", in: 0...9) ?? 7
    var wishes = LaunchOptions()
    wishes.isPrivate = true
    wishes.isLive = true
    wishes.theme = try arguments.choice("theme", of: Theme.allCases.map(\.rawValue)).flatMap(Theme.init)
    wishes.size = try arguments.windowSize()
    wishes.scale = try arguments.number("scale", in: 0.5...4)
    wishes.model = arguments.text("model")
    wishes.modelFolders = ShippedFiles.folders
    wishes.saveFolder =
      arguments.text("out") ?? (Environment["TMPDIR"] ?? "/tmp") + "/inkling-demo"
    let strokes = try sample(of: digit, in: arguments.text("strokes"))
    let result: Result<Demonstration.Outcome, Demonstration.Problem>
    do throws(DisplayError) {
      let window = try MainWindow(
        on: try Display(), options: wishes, icons: AppIcon.windowIcons, load: loadReader)
      result = window.run(Demonstration(strokes: strokes))
    } catch {
      throw .couldNot("\(error)")
    }
    do throws(Demonstration.Problem) {
      let outcome = try result.get()
      print("Drew \(digit), read \(outcome.text) (\(Chances.percent(outcome.confidence))).")
      print("page        \(outcome.page)")
      print("screenshot  \(outcome.screenshot)")
    } catch {
      throw .couldNot("the demonstration came to nothing: \(error.reason)")
    }
  }

  /// The first drawing of a digit in a file, or in the sample drawings.
  private static func sample(of digit: Int, in path: String?) throws(Failure) -> [Stroke] {
    guard let path = path ?? ShippedFiles.asset("digits.jsonl") else {
      throw .noInput(
        "the sample drawings (Assets/digits.jsonl) are not there; name a stroke file with --strokes")
    }
    for number in 1... {
      let drawing = try drawing(number, of: path)
      if drawing.label == String(digit) || drawing.label == nil { return drawing.drawing.strokes }
    }
    return []
  }
}
