// `inkling explain`: a picture that explains a reading, from the input through every layer to the answer.

import Basics
import CommandSupport
import Explanation
import Formats
import Graphics
import Recognition

extension Command {
  static let explain = Command(
    "explain", position: 120, summary: "Explain a reading as a picture of the network's layers",
    operands: "FILE", operandCount: 1...1,
    options: [
      .value("model", "NAME|FILE", "the model that reads (default: inkling)"),
      .value(
        "out", "FILE", "the picture, .png or .svg (default: explanation.png here)"),
      .flag("force", "replace the picture if it exists"),
      .value(
        "symbol", "N", "the number of the symbol on the page, counted from 1 in reading order (default: 1)"),
      .value("line", "K", "the number of the file's drawing, counted from 1 (default: 1)"),
      .value("theme", "light|dark", "the colours (default: light)"),
    ],
    discussion: """
      FILE is a picture (PGM, PNG, JPEG) or a stroke file. The picture shows the network's input, the pixels that
      speak for the answer (orange) and against it (blue; gradient × input), the answer, and the output of each layer.
      """
  ) { arguments throws(Failure) in
    let out = arguments.text("out") ?? "explanation.png"
    let ending = Path.ending(of: out)
    guard ["svg", "png"].contains(ending) else {
      throw .usage("--out takes a name that ends in .png or .svg, not '\(out)'")
    }
    let theme = try arguments.choice("theme", of: ["light", "dark"])
    let number = try arguments.integer("symbol", in: 1...10_000) ?? 1
    let line = try arguments.integer("line", in: 1...Int(Int32.max))
    let recognizer = try Recognizer(named: arguments.text("model"))
    let path = arguments.operands[0]
    let symbol = try symbol(number, of: reading(of: path, line, by: recognizer), path)
    let explained: Explanation?
    do throws(ModelResultError) { explained = try Explainer(recognizer.model)?.explanation(of: symbol) } catch
    {
      throw Failure(error)
    }
    guard let explanation = explained else {
      throw .badData(
        "the model '\(recognizer.model.name)' cannot be explained: its input is not one grey image")
    }
    let picture = ExplanationPicture(explanation, colors: theme == "dark" ? .darkFile : .lightFile)
    let isSVG = ending == "svg"
    let bytes = isSVG ? Array(picture.svg.utf8) : PNGEncoder.encode(picture.bitmap(TextRenderer()))
    try writeFile(bytes, to: out, replacing: arguments.has("force"))
    printLine(out)
  }

  /// The reading of a picture, or of the drawing that `--line` names.
  private static func reading(
    of path: String, _ line: Int?, by recognizer: Recognizer
  ) throws(Failure) -> Reading {
    switch try Document(opening: path) {
    case .image(let picture):
      if line != nil { throw .usage("--line has no effect: '\(path)' is a picture, not a stroke file") }
      do throws(ModelResultError) { return try recognizer.read(picture) } catch { throw Failure(error) }
    case .drawings(let drawings):
      let page = try Document.drawing(line, of: drawings, path).page
      do throws(ModelResultError) { return try recognizer.read(page) } catch { throw Failure(error) }
    }
  }

  private static func symbol(_ number: Int, of reading: Reading, _ path: String) throws(Failure) -> Symbol {
    guard !reading.symbols.isEmpty else {
      throw .badData("there is no ink in '\(path)'; expected at least one symbol")
    }
    guard number <= reading.symbols.count else {
      throw .usage(
        "--symbol \(number): expected a number from 1 to \(reading.symbols.count), the symbols in '\(path)'")
    }
    return reading.symbols[number - 1]
  }
}
