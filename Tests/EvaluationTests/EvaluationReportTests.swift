import Basics
import Datasets
import Evaluation
import Formats
import Foundation
import Preprocessing
import Recognition
import TestSupport
import Testing

@Suite struct EvaluationReportTests {
  private func inputs() throws -> [LabelledInput] {
    let folder = try TemporaryFolder()
    let letter = LabelledDrawing(Samples.digits[3].drawing, label: "A", writer: 1)
    try folder.write(StrokeFile.file(Samples.digits + [letter]), "ink.jsonl")
    return try EvaluationSamples(strokes: folder.path("ink.jsonl"), labels: nil).inputs(fittedBy: .usual)
  }

  private func report(_ name: String, seed: UInt64) throws -> EvaluationReport {
    try EvaluationReport(Recognizer(Samples.model(name, seed: seed)), inputs(), isMNISTTest: false)
  }

  private func object(_ json: JSON) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
  }

  @Test func theJSONHasTheFiguresOfTheEvaluation() throws {
    let report = try report("one", seed: 1)
    let figures = try object(report.json(withWriters: true))
    #expect(figures["model"] as? String == "one" && figures["samples"] as? Int == 20)
    #expect(figures["correct"] as? Int == report.evaluation.measures.correct)
    #expect(figures["foreign"] as? Int == 1 && figures["mcnemar"] == nil)
    let confusion = try #require(figures["confusion"] as? [[Int]])
    #expect(confusion.count == 10 && confusion.allSatisfy { $0.count == 10 && $0.reduce(0, +) == 2 })
    let writers = try #require(figures["writers"] as? [[String: Int]])
    #expect(writers.map { $0["writer"] } == [0, 1] && writers.map { $0["samples"] } == [10, 10])
    #expect(try object(report.json(withWriters: false))["writers"] == nil)
  }

  @Test func twoModelsAreComparedByMcNemarsTest() throws {
    let (one, two) = (try report("one", seed: 1), try report("two", seed: 2))
    let test = try #require(
      try object(one.json(withWriters: false, comparedWith: two))["mcnemar"] as? [String: Any])
    let expected = McNemar(
      first: one.evaluation.results.map(\.right), second: two.evaluation.results.map(\.right))
    #expect(test["against"] as? String == "two" && test["p"] as? Double == expected.probability)
    #expect(
      one.text(comparedWith: two).hasPrefix(
        "McNemar's test: only one is right on \(expected.firstOnly) samples"))
  }

  @Test func theTextAndTheMisreadSamplesAgreeWithTheMeasures() throws {
    let report = try report("one", seed: 1)
    let measures = report.evaluation.measures
    #expect(report.text(withWriters: false).contains("of 20 right (\(20 - measures.correct) wrong)"))
    #expect(report.text(withWriters: true).contains("  writer 1: "))
    #expect(report.misread.count == 20 - measures.correct)
    #expect(report.misread.allSatisfy { $0.answer != $0.sample.label && $0.sample.label != "A" })
  }

  @Test func theCardHasTheFiguresAndTheTableOfUnseenWriters() throws {
    let folder = try TemporaryFolder()
    try folder.write(StrokeFile.file(Samples.digits), "ink.jsonl")
    let samples = try EvaluationSamples(strokes: folder.path("ink.jsonl"), labels: nil)
    let card = ModelCard.text(
      of: try Samples.model("one"), report: try report("one", seed: 1), samples: samples,
      trainingSeconds: 41.25,
      unseenWriters: [])
    #expect(card.hasPrefix("# one\n") && card.contains("`784-8s-10`"))
    #expect(
      card.contains("| training time | 41 s |") && card.contains("accuracy on the drawings of 'ink.jsonl'"))
    #expect(!card.contains("## Unseen writers"))
  }
}
