// Models of several parts, and their modes.

import Ink
import NeuralNetwork
import Preprocessing
import Recognition
import Testing

@Suite struct FusionTests {
  /// A model of networks for digits, for characters as pictures, and for the path of the pen.
  private func model(_ change: (inout [ReadingMode: ModeFusion]) -> Void = { _ in }) throws -> Model {
    let digits = Network(try Architecture("28x28-11"), seed: 1)
    let symbols = Classes.symbols
    let pictures = Network(try Architecture("28x28-\(symbols.outputs)"), seed: 2)
    let strokes = Network(
      try Architecture("1x\(Trajectory.points)x\(Trajectory.channels)-G-\(symbols.outputs)"), seed: 3)
    var fusions: [ReadingMode: ModeFusion] = [:]
    for mode in ReadingMode.allCases {
      fusions[mode] = ModeFusion(
        strokes: Fusion(
          weights: mode == .digits ? [0.5, 0, 0.5] : [0, 0.4, 0.6], sizeWeight: mode == .digits ? 0 : 0.5,
          temperature: 0.9, refusal: Refusal(threshold: 0.25, falseAccept: 0.01, falseReject: 0.005)),
        pictures: Fusion(weights: mode == .digits ? [1, 0, 0] : [0, 1, 0]))
    }
    change(&fusions)
    return try Model(
      name: "fused", networks: [digits], classes: .digitsOrNone,
      companions: [
        ModelPart(networks: [pictures], classes: symbols), ModelPart(networks: [strokes], classes: symbols),
      ], fusions: fusions,
      sizes: SizePrior(means: [",": -1.2, "1": -0.1], deviations: [",": 0.5, "1": 0.35]))
  }

  private let drawn: [Stroke] = [
    Stroke([(100, 100), (200, 100), (130, 300)].map { Stroke.Sample(Point(x: $0.0, y: $0.1)) }, width: 20)
  ]

  @Test func aFusedModelIsTheSameAfterItsFile() throws {
    let model = try model()
    #expect(try Model(bytes: model.bytes) == model)
    #expect(model.modes == ReadingMode.allCases)
  }

  @Test func partsThatDoNotCountAreNotAsked() throws {
    for (hasStrokes, asked) in [(true, [0, 2]), (false, [0])] {
      let calls = Calls()
      let recognizer = try Recognizer(try model()) { part, _, count in
        calls.add(part)
        return [[Float](repeating: 1 / Float(part == 0 ? 11 : 102), count: count * (part == 0 ? 11 : 102))]
      }
      var input = try #require(SymbolInput(drawn, normalizer: .usual))
      if !hasStrokes { input.trajectory = nil }
      _ = try recognizer.answers(to: [input, input])
      #expect(calls.parts == asked)
    }
  }

  /// Which parts were asked.
  private final class Calls: @unchecked Sendable {
    private(set) var parts: [Int] = []
    func add(_ part: Int) { parts.append(part) }
  }

  @Test func lookalikesCountForWhatTheModeAllows() throws {
    // The network is sure of the letter O, which is a 0 among digits, nothing among signs but a 0, and itself in text.
    let letter = try #require(Classes.symbols.labels.firstIndex(of: "O"))
    let sure = try model { fusions in
      for mode in ReadingMode.allCases {
        fusions[mode] = ModeFusion(
          strokes: Fusion(weights: [0, 1, 0]), pictures: Fusion(weights: [0, 1, 0]))
      }
    }
    for (mode, expected) in [(ReadingMode.digits, "0"), (.sums, "0"), (.text, "O")] {
      let recognizer = try Recognizer(sure, mode: mode) { part, _, count in
        var row = [Float](repeating: 1e-6, count: 102)
        row[letter] = 1
        return [Array(repeatElement(row, count: count).joined())]
      }
      let answer = try recognizer.answers(to: [SymbolInput(drawn, normalizer: .usual)].compactMap(\.self))[0]
      #expect(recognizer.classes.labels[answer.best] == expected && answer.confidence > 0.99)
    }
  }

  @Test func whatAModeExcludesIsNoSymbol() throws {
    let letter = try #require(Classes.symbols.labels.firstIndex(of: "&"))
    let recognizer = try Recognizer(
      try model { fusions in
        fusions[.digits] = ModeFusion(
          strokes: Fusion(weights: [0, 1, 0]), pictures: Fusion(weights: [0, 1, 0]))
      }
    ) { part, _, count in
      var row = [Float](repeating: 1e-6, count: 102)
      row[letter] = 1
      return [Array(repeatElement(row, count: count).joined())]
    }
    let answer = try recognizer.answers(to: [SymbolInput(drawn, normalizer: .usual)].compactMap(\.self))[0]
    #expect(answer.background > 0.99)
  }

  @Test func aModelOfDigitsAloneReadsNoSums() throws {
    let model = try Model(
      name: "digits", networks: [Network(try Architecture("28x28-11"))], classes: .digitsOrNone)
    #expect(model.modes == [.digits])
    let error = #expect(throws: ModelError.self) { try Recognizer(model, mode: .sums) }
    #expect(
      error?.description == "this model does not read sums, only digits; choose another model or mode")
  }

  @Test(arguments: [
    Fusion(weights: [1]), Fusion(weights: [1, 0, .nan]), Fusion(weights: [1, 0, -1]),
    Fusion(weights: [1, 0, 0], temperature: 0), Fusion(weights: [1, 0, 0], refusal: Refusal(threshold: 2)),
  ]) func weightsThatDoNotFitAreRefused(fusion: Fusion) {
    #expect(throws: ModelError.self) {
      try model { $0[.sums] = ModeFusion(strokes: fusion, pictures: fusion) }
    }
  }

  @Test func aCommaIsToldFromAOneByItsSize() throws {
    let recognizer = try Recognizer(
      try model { fusions in
        fusions[.sums] = ModeFusion(
          strokes: Fusion(weights: [0, 1, 0], sizeWeight: 1), pictures: Fusion(weights: [0, 1, 0]))
      }, mode: .sums
    ) { _, _, count in [[Float](repeating: 1.0 / 102, count: 102 * count)] }
    func probability(of label: String, height: Double) throws -> Double {
      let input = try #require(SymbolInput(drawn, normalizer: .usual, height: height))
      let answer = try recognizer.answers(to: [input])[0]
      return answer.probabilities[try #require(recognizer.classes.labels.firstIndex(of: label))]
    }
    #expect(try probability(of: ",", height: 600) > 2 * probability(of: "1", height: 600))
    #expect(try probability(of: "1", height: 210) > 2 * probability(of: ",", height: 210))
  }

  @Test func everyLookalikeStandsInOneGroup() {
    let all = Lookalikes.groups.flatMap(\.self)
    #expect(Set(all).count == all.count)
    #expect(
      Lookalikes.folded("O") == Lookalikes.folded("0") && Lookalikes.folded("A") == Lookalikes.folded("a"))
    #expect(Lookalikes.folded("A") != Lookalikes.folded("B"))
  }
}
