// `inkling demo`: a demonstration of the window with a pointer that moves by itself.

import App
import Basics
import CommandSupport
import Formats
import Ink
import Recognition
import X11

extension Command {
  static let demo = Command(
    "demo", position: 150,
    summary: "Demonstrate the window: draw a digit, predict it, save it, keep a screenshot",
    options: [
      .value(
        "out", "DIR", "the folder for the page and the screenshot (default: inkling-demo in $TMPDIR or /tmp)"),
      .value("digit", "D", "the digit to draw (default: 7)"),
      .value("strokes", "FILE", "a stroke file with the digit (default: the sample drawings)"),
      .value("theme", "light|dark", "the colours"),
      .value("size", "WxH", "the window's size in pixels"),
      .value("scale", "S", "dots per inch divided by 96"),
      .value("model", "NAME|FILE", "the model that reads"),
    ],
    discussion: """
      The demonstration moves the pointer by the X server's XTEST extension if there is one. It does not change
      your page or your settings.
      """
  ) { arguments throws(Failure) in
    let digit = try arguments.integer("digit", in: 0...9) ?? 7
    var options = try arguments.launchOptions()
    options.isPrivate = true
    options.isLive = true
    options.saveFolder =
      arguments.text("out") ?? (Environment["TMPDIR"] ?? "/tmp") + "/inkling-demo"
    let demonstration = Demonstration(strokes: try sample(of: digit, in: arguments.text("strokes")))
    let result: Result<Demonstration.Outcome, Demonstration.Problem>
    do throws(DisplayError) {
      let window = try MainWindow(
        on: try Display(), options: options, icons: AppIcon.windowIcons, load: loadReader)
      result = window.run(demonstration)
    } catch {
      throw .couldNot("\(error)")
    }
    do throws(Demonstration.Problem) {
      let outcome = try result.get()
      printLine("Drew \(digit), read \(outcome.text) (\(ProbabilityText.percent(outcome.confidence))).")
      printLine("page        \(outcome.page)")
      printLine("screenshot  \(outcome.screenshot)")
    } catch {
      throw .couldNot("the demonstration failed: \(error.reason)")
    }
  }

  /// The first drawing of a digit in a file or in the sample drawings.
  private static func sample(of digit: Int, in path: String?) throws(Failure) -> [Stroke] {
    guard let path = path ?? ShippedFiles.asset("digits.jsonl") else {
      throw .noInput(
        "the sample drawings (Assets/digits.jsonl) are missing; name a stroke file with --strokes")
    }
    let drawings = try Document.openDrawings(path)
    guard let drawing = drawings.first(where: { $0.label == nil || $0.label == String(digit) }) else {
      throw .badData("'\(path)' has no drawing of a \(digit)")
    }
    return drawing.drawing.strokes
  }
}
