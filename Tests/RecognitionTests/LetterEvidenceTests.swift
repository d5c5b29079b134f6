// What the network for all characters tells of symbols on a page of numbers.

import Formats
import Ink
import NeuralNetwork
import Preprocessing
import Recognition
import Testing

@Suite struct LetterEvidenceTests {
  private func model() throws -> Model {
    let digits = Network(try Architecture("28x28-4C3-P2-11"), seed: 1)
    let symbols = Network(try Architecture("28x28-4C3-P2-102"), seed: 1)
    return try Model(
      name: "small", networks: [digits], classes: .digitsOrNone,
      companions: [ModelPart(networks: [symbols], classes: .symbols)])
  }

  private func probabilities(_ shares: [String: Double]) -> [Double] {
    Classes.symbols.labels.map { shares[$0] ?? 0 } + [0]
  }

  @Test func lettersAndDigitsAreToldApart() throws {
    let evidence = try #require(LetterEvidence(model()))
    func of(_ shares: [String: Double], isStroke: Bool = false) -> Double {
      evidence.evidence(probabilities(shares), confidence: 0.95, isStroke: isStroke)
    }
    #expect(of(["k": 0.9, "4": 0.1]) > 2)
    #expect(of(["4": 0.9, "k": 0.1]) < 0)
    // Characters that look like digits tell less, and beside a 1 nothing.
    #expect(of(["s": 1]) > 0 && of(["s": 1]) < of(["k": 1]))
    #expect(of(["l": 1], isStroke: true) == 0)
    #expect(of(["1": 1], isStroke: true) < 0)
    #expect(of(["k": 1], isStroke: true) > 2)
  }

  @Test func aModelWithoutLettersHasNone() throws {
    let digits = Network(try Architecture("28x28-4C3-P2-10"), seed: 1)
    #expect(LetterEvidence(try Model(name: "small", networks: [digits], classes: .digits)) == nil)
  }

  @Test func wordsAreSetAsideUnlessTheyAreWanted() throws {
    var picture = GrayImage(width: 240, height: 80)
    picture.pixels = picture.pixels.map { _ in 255 }
    for mark in 0..<5 {
      for y in 20..<60 { for x in 0..<24 { picture[20 + 40 * mark + x, y] = 0 } }
    }
    // All marks are a 4 to the network for digits, and a k to the other.
    let predictor: Recognizer.Predictor = { part, _, count in
      let row: [Float] =
        part == 0
        ? (0..<11).map { $0 == 4 ? 1 : 0 } : Classes.symbols.labels.map { $0 == "k" ? 1 : 0 } + [0]
      return [(0..<count).flatMap { _ in row }]
    }
    let reading = try Recognizer(model(), predictor: predictor).read(picture)
    #expect(reading.text.isEmpty)
    #expect(reading.ignored.count { $0.reason == .letters } == 5)
    let other = IgnoredMark.Reason.all.subtracting([.letters])
    #expect(try Recognizer(model(), ignoring: other, predictor: predictor).read(picture).text == "44444")
    #expect(try Recognizer(model(), ignoring: [], predictor: predictor).read(picture).text == "44444")
  }
}
