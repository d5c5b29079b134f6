import Evaluation
import Formats
import NeuralNetwork
import Recognition
import Testing

@Suite struct EvaluationTests {
  @Test func foreignSymbolsAreCountedSeparately() throws {
    let model = try Model(
      name: "m", networks: [Network(try Architecture("784-3"))],
      classes: Classes(labels: ["0", "1"], hasBackground: true), refusal: Refusal(threshold: 0.5))
    let samples = [("0", 1), ("1", 1), ("1", 2), ("a", 2), ("b", 2)].map {
      LabelledInput(input: [], label: $0.0, writer: Writer($0.1))
    }
    let rows: [[Float]] = [
      [0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.1, 0.3, 0.6], [0.05, 0.05, 0.9], [0.9, 0.05, 0.05],
    ]
    let evaluation = try Evaluation(model, samples, probabilities: rows.map { [$0] })
    #expect(evaluation.results.map(\.answer) == ["0", "0", "1", "0", "0"])
    #expect(evaluation.results.map(\.refused) == [false, false, true, true, false])
    #expect(evaluation.measures.samples == 3 && evaluation.measures.correct == 2)
    #expect(evaluation.measures.refused == 1)
    #expect(evaluation.foreign == 2 && evaluation.foreignRefused == 1)
    let writers = evaluation.byWriter(samples, classes: model.classes)
    #expect(
      writers.map(\.writer) == [1, 2] && writers.map(\.samples) == [2, 1] && writers.map(\.correct) == [1, 1])
  }

  @Test func theRuleRefusesNoMoreDigitsThanAllowed() {
    let digits = (1...200).map { Double($0) / 200 }
    let rule = Refusal.chosen(digits: digits, foreign: [0.001, 0.01, 0.5], allowed: 0.01)
    #expect(rule.threshold == 0.015)
    #expect(rule.falseReject == 0.01)
    #expect(rule.falseAccept.map { abs($0 - 1.0 / 3) < 1e-12 } == true)
    #expect(Refusal.chosen(digits: [], foreign: [], allowed: 0.01) == .never)
  }
}
