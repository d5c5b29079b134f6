import Evaluation
import Formats
import Recognition
import Testing

@Suite struct EvaluationTests {
  @Test func foreignSymbolsAreCountedSeparately() throws {
    let classes = Classes(labels: ["0", "1"], hasBackground: true)
    let samples = [("0", 1), ("1", 1), ("1", 2), ("a", 2), ("b", 2)].map {
      LabelledInput(nil, label: $0.0, writer: Writer($0.1))
    }
    let rows: [[Double]] = [
      [0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.1, 0.3, 0.6], [0.05, 0.05, 0.9], [0.9, 0.05, 0.05],
    ]
    let answers = rows.map { row in
      Answer(probabilities: row.prefix(2).map { $0 / (row[0] + row[1]) }, background: row[2])
    }
    let evaluation = Evaluation(answers, to: samples, classes: classes) { _ in Refusal(threshold: 0.5) }
    #expect(evaluation.results.map(\.answer) == ["0", "0", "1", "0", "0"])
    #expect(evaluation.results.map(\.refused) == [false, false, true, true, false])
    #expect(evaluation.measures.samples == 3 && evaluation.measures.correct == 2)
    #expect(evaluation.measures.refused == 1)
    #expect(evaluation.foreign == 2 && evaluation.foreignRefused == 1)
    let writers = evaluation.byWriter(samples, classes: classes)
    #expect(
      writers.map(\.writer) == [1, 2] && writers.map(\.samples) == [2, 1] && writers.map(\.correct) == [1, 1])
  }

  @Test func onlySomeLabelsMayBeAnsweredAndLookalikesCountAsOne() {
    let classes = Classes(labels: ["0", "1", "O", "l", "A", "a"], hasBackground: true)
    let answer = Answer(probabilities: [0.2, 0.1, 0.4, 0.1, 0.05, 0.15], background: 0.2)
    let samples = ["0", "l", "A"].map { LabelledInput(nil, label: $0) }
    func evaluation(_ change: (inout EvaluationOptions) -> Void) -> Evaluation {
      var options = EvaluationOptions()
      change(&options)
      return Evaluation([answer, answer, answer], to: samples, classes: classes, options: options) { _ in
        .never
      }
    }
    #expect(evaluation { _ in }.results.map(\.answer) == ["O", "O", "O"])
    let letters = evaluation { $0.only = ["A", "a", "l"] }
    #expect(letters.results.map(\.answer) == ["a", "a", "a"])
    #expect(letters.foreign == 1 && letters.measures.samples == 2)
    let folded = evaluation { $0.folds = true }
    #expect(folded.results.map(\.right) == [true, false, false] && folded.measures.samples == 3)
    let small = evaluation {
      $0.folds = true
      $0.only = ["a", "A", "l"]
    }
    #expect(small.results.map(\.right) == [false, false, true])
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
