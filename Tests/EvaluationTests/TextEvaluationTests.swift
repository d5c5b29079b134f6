import Basics
import Datasets
import Evaluation
import Formats
import Foundation
import Ink
import Recognition
import TestSupport
import Testing

@Suite struct TextEvaluationTests {
  /// A data folder with characters of three writers, of whom one is kept for training.
  private func writers(withCharacters: Bool = true) throws -> UnseenWriters {
    let folder = try TemporaryFolder()
    try folder.writeImages("mnist/train", side: 28, [UInt8](repeating: 9, count: 40 * 784))
    try folder.write(StrokeFile.file(Samples.digits), "chars74k-strokes/strokes.jsonl")
    if withCharacters {
      let labels = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
      let characters = (1...3).flatMap { writer in
        labels.enumerated().map { index, label in
          var drawing = Samples.digits[index % Samples.digits.count]
          drawing.label = String(label)
          drawing.writer = Writer(writer)
          return drawing
        }
      }
      try folder.write(StrokeFile.file(characters), "unipen-chars/strokes.jsonl")
    }
    return try UnseenWriters(
      UnseenWriters.Validation(pictures: 10, writers: ["unipen-chars": 2]),
      from: DatasetLocator(given: folder.path, environment: [:]))
  }

  private var language: LanguageModel {
    let words = ["ba", "lo", "mi", "tu", "se", "ra"].flatMap { a in
      ["ba", "lo", "mi", "tu", "se", "ra"].flatMap { b in ["", "n", "m", "s", "r"].map { a + b + $0 } }
    }
    return LanguageModel([CharacterNGrams(learning: words, name: "made", sources: "")])
  }

  private func evaluation(_ writers: UnseenWriters, _ language: LanguageModel) throws -> TextEvaluation {
    try TextEvaluation(
      Samples.model(classes: .symbols), language: language, writers: writers, threads: 2)
  }

  @Test func everyKindOfTextIsMeasuredWithAndWithoutALanguage() throws {
    var evaluation = try evaluation(writers(), language)
    try evaluation.measure(words: 2, lines: 1)
    let object = try JSONSerialization.jsonObject(with: Data(evaluation.json.text.utf8))
    let answer = try #require(object as? [String: Any])
    let trials = try #require(answer["trials"] as? [[String: Any]])
    for kind in ["words", "held-out words", "lines", "codes"] {
      for name in ["without language", "with language"] {
        let trial = try #require(
          trials.first { $0["kind"] as? String == kind && $0["name"] as? String == name })
        #expect(trial["total"] as? Int ?? 0 > 0)
      }
    }
    #expect(answer["writers"] as? Int == 1)
    #expect(evaluation.text.contains("codes, with language"))
  }

  @Test func theFittedCostsLoseNothingOnTheTextsThatTheyWereFittedOn() throws {
    var losses: [String] = []
    let fields = TextCosts.fields.filter { ["neighbours", "code"].contains($0.name) }
    _ = try evaluation(writers(), language).fitted(words: 3, lines: 1, fields: fields) { losses.append($0) }
    let values = losses.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    #expect(values.count == losses.count && values.count > 2)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func withoutCharactersOrWordsItSaysWhatToDo() throws {
    #expect(throws: EvaluationError.self) { try evaluation(writers(withCharacters: false), language) }
    #expect(throws: EvaluationError.self) { try evaluation(writers(), LanguageModel([])) }
  }
}
