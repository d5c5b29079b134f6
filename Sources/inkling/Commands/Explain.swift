// `inkling explain`: the picture of a reading, from the input through every layer to the answer.

import App
import Basics
import Explanation
import Formats
import Graphics
import Ink
import Recognition

extension Command {
  /// `inkling explain`.
  static let explain = Command(
    name: "explain", summary: "Show what a network sees: the picture of a reading", operands: "FILE",
    operandCount: 1...1,
    options: [
      .value("model", "NAME|FILE", "the model that reads, '\(flagship)' unless told otherwise"),
      .value(
        "out", "FILE", "the picture, .png or .svg (else explanation.png here); one of that name is replaced"),
      .value("symbol", "N", "which symbol of the page, counted from 1 in reading order"),
      .value("line", "K", "which of a stroke file's drawings, counted from 1, the first unless told"),
      .value("theme", "light|dark", "the colours, light unless told otherwise"),
    ],
    discussion: """
      FILE is a picture (PGM, PNG, JPEG) or a stroke file. The picture shows the input as the network gets it, which of its
      pixels spoke for the answer (orange) and against it (blue; gradient × input), the answer, and what each layer made of it.
      """
  ) { (arguments: Arguments) throws(Failure) in
    let out = arguments.text("out") ?? "explanation.png"
    let isSVG = Path.ending(of: out).lowercased().hasSuffix("svg")
    guard isSVG || Path.ending(of: out).lowercased().hasSuffix("png") else {
      throw .usage("--out takes a name that ends in .png or .svg, not '\(out)'")
    }
    let theme = try arguments.choice("theme", of: ["light", "dark"])
    let number = try arguments.integer("symbol", in: 1...10_000) ?? 1
    let line = try arguments.integer("line", in: 1...Int(Int32.max)) ?? 1
    let recognizer = try loadRecognizer(arguments.text("model") ?? flagship)
    let path = arguments.operands[0]
    let file = try Document.open(path)
    if case .drawings(let drawings) = file {
      guard drawings.indices.contains(line - 1) else {
        throw .badData(
          "'\(path)' has \(drawings.count) drawings; --line takes a number from 1 to \(drawings.count)")
      }
    }
    let reading: Reading
    do throws(ModelResultError) {
      switch file {
      case .image(let picture): reading = try recognizer.read(picture)
      case .drawings(let drawings): reading = try recognizer.read(drawings[line - 1].page)
      }
    } catch {
      throw Failure(error)
    }
    guard !reading.symbols.isEmpty else {
      throw .badData("there is no ink in '\(path)': expected at least one symbol")
    }
    guard number <= reading.symbols.count else {
      throw .usage(
        "--symbol \(number): expected a number from 1 to \(reading.symbols.count), the symbols in '\(path)'")
    }
    let explained: Explanation?
    do throws(ModelResultError) {
      explained = try Explainer(recognizer.model)?.explanation(of: reading.symbols[number - 1])
    } catch {
      throw Failure(error)
    }
    guard let explanation = explained else {
      throw .badData(
        "the model '\(recognizer.model.name)' does not read single pictures of grey: name another")
    }
    let picture = ExplanationPicture(explanation, colors: theme == "dark" ? .darkFile : .lightFile)
    let bytes = isSVG ? Array(picture.svg.utf8) : PNGEncoder.encode(picture.bitmap(TextRenderer()))
    do throws(FileError) { try File.write(bytes, to: out, replacing: true) } catch { throw Failure(error) }
    print(out)
  }
}
