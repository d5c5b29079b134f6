import Evaluation
import NeuralNetwork
import Recognition
import Testing

@Suite struct ExaminationTests {
  @Test func foreignSymbolsAreCountedApart() throws {
    let model = try Model(
      name: "m", networks: [Network(try Architecture("784-3"))],
      classes: Classes(labels: ["0", "1"], hasBackground: true), refusal: Refusal(threshold: 0.5))
    let questions = [("0", 1), ("1", 1), ("1", 2), ("a", 2), ("b", 2)].map {
      Question(input: [], label: $0.0, writer: $0.1)
    }
    let rows: [[Float]] = [
      [0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.1, 0.3, 0.6], [0.05, 0.05, 0.9], [0.9, 0.05, 0.05],
    ]
    let examination = try Evaluation(model, questions) { _ in rows.map { [$0] } }
    #expect(examination.results.map(\.answer) == ["0", "0", "1", "0", "0"])
    #expect(examination.results.map(\.refused) == [false, false, true, true, false])
    #expect(examination.measures.samples == 3 && examination.measures.correct == 2)
    #expect(examination.measures.refused == 1)
    #expect(examination.foreign == 2 && examination.foreignRefused == 1)
    let writers = examination.byWriter(questions, classes: model.classes)
    #expect(
      writers.map(\.writer) == [1, 2] && writers.map(\.samples) == [2, 1] && writers.map(\.correct) == [1, 1])
  }

  @Test func theRuleLosesNoMoreDigitsThanAllowed() {
    let digits = (1...200).map { Double($0) / 200 }
    let rule = Refusal.chosen(digits: digits, foreign: [0.001, 0.01, 0.5], allowed: 0.01)
    #expect(rule.threshold == 0.015)
    #expect(rule.falseReject == 0.01)
    #expect(rule.falseAccept.map { abs($0 - 1.0 / 3) < 1e-12 } == true)
    #expect(Refusal.chosen(digits: [], foreign: [], allowed: 0.01) == .never)
  }
}
