// Reading of text with a rule in place of networks.

import Ink
import NeuralNetwork
import Preprocessing
import Recognition
import Testing

@Suite struct TextReadingTests {
  /// Reads with a rule instead of networks: upright lines, lines with a dot above, and all other ink have these labels.
  private func recognizer(
    line: [String: Float] = ["l": 1], dotted: [String: Float] = ["i": 1], ring: [String: Float] = ["o": 1],
    language: LanguageModel? = nil, costs: TextCosts? = nil
  ) throws -> Recognizer {
    let classes = Classes.symbols
    var model = try Model(
      name: "rule", networks: [Network(try Architecture("28x28-\(classes.outputs)"))], classes: classes)
    model.textCosts = costs
    return try Recognizer(model, mode: .text, language: language) { _, inputs, count in
      var rows: [Float] = []
      for sample in 0..<count {
        let inked = (0..<784).filter { inputs[sample * 784 + $0] > 0.3 }
        let columns = Set(inked.map { $0 % 28 })
        let lines = Set(inked.map { $0 / 28 })
        let isDotted = lines.count < (lines.max() ?? 0) - (lines.min() ?? 0) + 1
        let labels = columns.count > 9 ? ring : isDotted ? dotted : line
        let sum = labels.values.reduce(0, +)
        rows += classes.labels.map { (labels[$0] ?? 0) / sum * 0.998 + 1e-6 } + [0.001]
      }
      return [rows]
    }
  }

  /// The guide line of these tests: capitals reach from 300 up to 200.
  private let guide = GuideLine(baseline: 300, height: 100)

  private func line(_ x: Double, from top: Double, to bottom: Double) -> Stroke {
    Stroke((0...8).map { Stroke.Sample(Point(x: x, y: top + (bottom - top) * Double($0) / 8)) }, width: 6)
  }

  /// A ring that stands on the baseline.
  private func ring(_ x: Double, height: Double, width: Double = 50) -> Stroke {
    Stroke(
      (0...24).map { step in
        let angle = Double(step) / 24
        // A square with cut corners is round enough.
        let (u, v) = (Self.triangle(angle), Self.triangle(angle + 0.25))
        return Stroke.Sample(Point(x: x + width / 2 * (1 + u), y: 300 - height / 2 * (1 + v)))
      }, width: 6)
  }

  /// A wave of period 1 between -1 and 1.
  private static func triangle(_ x: Double) -> Double {
    let phase = x - x.rounded(.down)
    return max(-1, min(1, 1.5 * (1 - 4 * abs(phase - 0.5))))
  }

  private func text(_ recognizer: Recognizer, _ strokes: [Stroke], guided: Bool = true) throws -> String {
    try recognizer.read(Page(drawing: Drawing(strokes)), guides: guided ? [guide] : []).text
  }

  private let rounds: [String: Float] = ["0": 1, "O": 1, "o": 1]
  private let bars: [String: Float] = ["l": 1, "I": 1, "1": 1, "|": 1, ",": 1, "'": 1]

  @Test func heightAndPlaceOnTheGuideLineTellCharactersOfOneShapeApart() throws {
    let recognizer = try recognizer(line: bars, ring: rounds)
    let small = [ring(100, height: 55), ring(165, height: 57)]
    #expect(try text(recognizer, small) == "oo")
    #expect(try text(recognizer, [ring(100, height: 98), ring(165, height: 55)]) == "Oo")
    #expect(try text(recognizer, small + [line(235, from: 285, to: 325)]) == "oo,")
    #expect(try text(recognizer, small + [line(235, from: 200, to: 235)]) == "oo'")
  }

  @Test func neighboursTellCharactersOfOneShapeAndHeightApart() throws {
    let recognizer = try recognizer(line: bars, ring: ["0": 1, "O": 1, "o": 1])
    func bar(_ x: Double) -> Stroke { line(x, from: 200, to: 300) }
    #expect(try text(recognizer, [ring(100, height: 55), bar(170), ring(185, height: 55)]) == "olo")
    let digits = try self.recognizer(line: bars, ring: ["8": 1])
    #expect(try text(digits, [ring(100, height: 100), bar(170), ring(185, height: 100)]) == "818")
  }

  @Test func withoutGuideLinesTheyAreEstimatedFromTheSymbols() throws {
    let recognizer = try recognizer(line: bars, ring: ["o": 1, "O": 1])
    let strokes = [
      line(60, from: 202, to: 300), ring(80, height: 56), ring(145, height: 54),
      line(215, from: 200, to: 298),
      ring(235, height: 55),
    ]
    #expect(try text(recognizer, strokes, guided: false) == "loolo")
  }

  @Test func gapsDivideWordsAndGuideLinesDivideLines() throws {
    let recognizer = try recognizer()
    let strokes = [ring(50, height: 55), ring(112, height: 55), ring(240, height: 55), ring(302, height: 55)]
    let below = strokes.map { stroke in
      Stroke(
        stroke.samples.map { Stroke.Sample(Point(x: $0.point.x, y: $0.point.y + 200)) }, width: stroke.width)
    }
    let page = Page(drawing: Drawing(below + strokes))
    let reading = try recognizer.read(page, guides: [GuideLine(baseline: 500, height: 100), guide])
    #expect(reading.text == "oo oo\noo oo")
    #expect(reading.words.map(\.symbols) == [0..<2, 2..<4, 4..<6, 6..<8])
    let box = try #require(reading.box(of: reading.words[1]))
    #expect(box.x > 230 && box.right < 365 && box.bottom < 310)
  }

  @Test func theDotOfAnIBelongsToIt() throws {
    let recognizer = try recognizer()
    let strokes = [
      ring(50, height: 55), line(122, from: 245, to: 300), line(125, from: 212, to: 218),
      ring(145, height: 55),
    ]
    let reading = try recognizer.read(Page(drawing: Drawing(strokes)), guides: [guide])
    #expect(reading.text == "oio")
    #expect(reading.symbols.count == 3)
  }

  /// A language whose words have an a between two l.
  private var language: LanguageModel {
    LanguageModel([
      CharacterNGrams(learning: ["lal", "lala", "lalal", "all", "ala"], name: "la", sources: "")
    ])
  }

  private var word: [Stroke] {
    [line(60, from: 200, to: 300), ring(80, height: 55), line(150, from: 200, to: 300)]
  }

  @Test func aLanguageHelpsWhereInkIsUnclear() throws {
    let unclear: [String: Float] = ["o": 0.6, "a": 0.4]
    #expect(try text(recognizer(ring: unclear), word) == "lol")
    #expect(try text(recognizer(ring: unclear, language: language), word) == "lal")
  }

  @Test func aLanguageNeverOverridesClearInk() throws {
    var costs = TextCosts()
    // So much that the language would prefer the a, and that no word is read as a code.
    costs.language = 1
    costs.code = 20
    let clear: [String: Float] = ["o": 0.998, "a": 0.002]
    #expect(try text(recognizer(ring: clear, language: language, costs: costs), word) == "lol")
  }

  @Test func aLanguageOfWeightZeroChangesNothing() throws {
    var costs = TextCosts()
    costs.language = 0
    let unclear: [String: Float] = ["o": 0.51, "a": 0.49]
    #expect(try text(recognizer(ring: unclear, language: language, costs: costs), word) == "lol")
  }

  @Test func symbolsAndWordsHaveTheirCandidates() throws {
    let recognizer = try recognizer(ring: ["o": 0.5, "a": 0.4, "e": 0.1], language: language)
    let reading = try recognizer.read(Page(drawing: Drawing(word)), guides: [guide])
    #expect(reading.text == "lal")
    for symbol in reading.symbols {
      #expect(symbol.candidates.first?.label == symbol.text)
      #expect(abs(symbol.candidates.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
      #expect(symbol.candidates.count == ReadingMode.text.classes.labels.count)
    }
    #expect(reading.symbols[1].candidates.prefix(3).map(\.label).sorted() == ["a", "e", "o"])
    let own = try #require(reading.words.first)
    #expect(own.candidates.first?.label == "lal")
    #expect(own.candidates.map(\.label).contains("lol"))
    #expect(Set(own.candidates.map(\.label)).count == own.candidates.count)
    #expect(own.candidates.reduce(0) { $0 + $1.probability } <= 1 + 1e-9)
  }

  @Test func anEmptyPageHasNoText() throws {
    #expect(try recognizer().read(Page(), guides: [guide]) == .empty)
    #expect(try recognizer().read(GrayImage(width: 100, height: 100)) == .empty)
  }

  @Test func aPictureIsReadToo() throws {
    let page = Page(
      drawing: Drawing([line(120, from: 200, to: 300), ring(170, height: 57), ring(235, height: 56)]))
    let picture = page.image(longerSide: 512)
    let recognizer = try recognizer(ring: ["o": 1, "O": 1])
    let text = try recognizer.read(picture, guides: [guide.scaled(by: 0.5)]).text
    #expect(text == "loo")
  }

  @Test func theCostsOfAModelAreInItsFile() throws {
    var costs = TextCosts()
    costs.place = 0.125
    costs.code = -1
    let network = Network(try Architecture("28x28-10"))
    var model = try Model(name: "m", networks: [network], classes: .digits)
    #expect(try Model(bytes: model.bytes).textCosts == nil)
    model.textCosts = costs
    #expect(try Model(bytes: model.bytes).textCosts == costs)
    var metadata = model.metadata
    metadata["text"] = "place"
    #expect(throws: ModelError.self) { try Model(networks: [network], metadata: metadata) }
  }
}
