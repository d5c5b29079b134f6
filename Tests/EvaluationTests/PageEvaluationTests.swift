import Basics
import Evaluation
import Formats
import Recognition
import TestSupport
import Testing

@Suite struct PageEvaluationTests {
  @Test func theScoreCountsCharactersWithoutWhiteSpace() {
    let score = PageScore("12 3\n4", of: "1 23 5")
    #expect(score.characters == 4 && score.right == 3 && !score.isWhole)
    #expect(PageScore("1\n2", of: "1 2").isWhole)
    #expect(PageScore("999999", of: "12").right == 0)
  }

  private func evaluate(_ folder: TemporaryFolder) throws(EvaluationError) -> PageEvaluation {
    do {
      return try PageEvaluation(try Recognizer(try Samples.model()), folder: folder.path(""), threads: 2)
    } catch let error as EvaluationError {
      throw error
    } catch {
      throw .missing("\(error)")
    }
  }

  @Test func pagesAreMeasuredByTheirLabels() throws {
    let folder = try TemporaryFolder()
    var labels = "file\ttext\n"
    var characters = 0
    for number in 1...3 {
      let page = SyntheticPages.page(.touching, of: Samples.digits, seed: UInt64(number))
      try folder.write(PNM.pgm(page.picture), "\(number).pgm")
      labels += "\(number).pgm\t\(page.text)\n"
      characters += page.text.count
    }
    try folder.write(labels.utf8, "labels.tsv")
    let evaluation = try evaluate(folder)
    #expect(evaluation.failures.isEmpty)
    let json = evaluation.json.text
    #expect(
      json.hasPrefix("{\"model\": \"random\", \"pages\": 3, ") && json.contains("\"samples\": \(characters),")
    )
    #expect(evaluation.text.hasPrefix("random: ") && evaluation.text.contains("of 3 pages right"))
    // The evaluation goes on after a page that is missing.
    try folder.write(("file\ttext\nnone.pgm\t1\n" + labels.dropFirst(10)).utf8, "labels.tsv")
    let partial = try evaluate(folder)
    #expect(partial.failures.map(\.description).contains { $0.contains("none.pgm") })
    #expect(partial.text.contains("of 3 pages right"))
  }

  @Test(arguments: [
    ("file\ttext\n\nno tab\n", "line 3:"), ("file\ttext\n", "at least one file"),
    ("file\ttext\n\tx\n", "line 2:"),
    ("file\ttext\n1.pgm\t\(String(repeating: "7", count: 20_000))\n", "at most 4096 bytes"),
  ])
  func labelsMustNameFilesAndTexts(labels: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(labels.utf8, "labels.tsv")
    let error = #expect(throws: EvaluationError.self) { try evaluate(folder) }
    #expect(error?.description.contains(message) == true)
  }

  @Test func aFolderWithoutLabelsIsAnError() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: EvaluationError.self) { try evaluate(folder) }
    #expect(error?.description.contains("labels.tsv") == true)
  }
}
