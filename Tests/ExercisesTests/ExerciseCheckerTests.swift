// Exercises of pages, from recognised symbols to verdicts.

import Arithmetic
import Basics
import Exercises
import Foundation
import Ink
import Recognition
import Testing

@Suite struct ExerciseCheckerTests {
  /// How often a test with random probabilities is repeated; code that is not optimized takes about 0.1 s each time.
  #if DEBUG
  private static let repetitions = 25
  #else
  private static let repetitions = 1000
  #endif

  // MARK: - Right, wrong, open and unsure

  @Test func certainSymbolsGetAVerdict() throws {
    let page = WrittenPage(["12×3=36", "12×3=35", "12×3=", "7+1"])
    let checked = ExerciseChecker().check(page.reading)
    #expect(checked.map(\.text) == ["12×3=36", "12×3=35", "12×3=", "7+1"])
    #expect(checked.map(\.verdict.kind) == [.right, .wrong, .open, .noExercise])
    #expect(checked.map(\.expected) == ["36", "36", "36", nil])
    #expect(checked[0].latex == "12 \\times 3 = 36")
    #expect(checked[0].confidence > 0.9)
  }

  @Test func aDoubtedDigitIsNamedWithWhatItMayBe() throws {
    var page = WrittenPage(["12×3=36"])
    page.candidates[6] = [Candidate(label: "6", probability: 0.7), Candidate(label: "5", probability: 0.3)]
    let checked = try #require(ExerciseChecker().check(page.reading).first)
    #expect(checked.verdict.kind == .unsure)
    #expect(checked.text == "12×3=36")
    #expect(checked.expected == "36")
    #expect(checked.doubtedSymbols.map(\.index) == [6])
    #expect(checked.doubtedSymbols.first?.candidates.map(\.label) == ["6", "5"])
    #expect(checked.reason == "6 or 5?")
  }

  @Test func besideAnEqualsSignAComparisonIsRatherASeven() throws {
    let candidates = [Candidate(label: ">", probability: 0.7), Candidate(label: "7", probability: 0.3)]
    var page = WrittenPage(["3+4=7", "3>4"])
    page.candidates[4] = candidates
    page.candidates[6] = candidates
    #expect(PageExercises(page.reading).exercises.map(\.text) == ["3+4=7", "3>4"])
  }

  @Test func aSmallStrokeOnTheBaseLineIsACommaAndNoOne() throws {
    var page = WrittenPage(["2,5+1=3,5"])
    page.candidates[1] = [Candidate(label: "1", probability: 0.7), Candidate(label: ",", probability: 0.3)]
    #expect(PageExercises(page.reading).exercises.map(\.text) == ["2,5+1=3,5"])
  }

  @Test func whatIsExpectedNeverChoosesTheReading() throws {
    var page = WrittenPage(["12×3=35"])
    page.candidates[6] = [Candidate(label: "5", probability: 0.51), Candidate(label: "6", probability: 0.49)]
    let checked = try #require(ExerciseChecker().check(page.reading).first)
    #expect(checked.text == "12×3=35" && checked.verdict.kind == .unsure)
  }

  @Test func aSymbolThatIsNoneOfTheLabelsMakesTheAnswerUncertain() throws {
    var page = WrittenPage(["12×3=36"])
    page.background[6] = 0.9
    let checked = try #require(ExerciseChecker().check(page.reading).first)
    #expect(checked.verdict.kind == .unsure)
  }

  @Test func inkThatMayBeDividedInAnotherWayMakesTheAnswerUncertain() throws {
    var page = WrittenPage(["12×3=36", "12×3=35"])
    #expect(ExerciseChecker().check(page.reading).map(\.verdict.kind) == [.right, .wrong])
    for symbol in [6, 13] { page.divisionLeads[symbol] = 0.5 }
    let checked = ExerciseChecker().check(page.reading)
    #expect(checked.map(\.verdict.kind) == [.unsure, .unsure])
    #expect(checked.map { $0.doubtedSymbols.map(\.index) } == [[6], [13]])
  }

  @Test func theHeightOfADotTellsAPointFromATimesSign() throws {
    for text in ["15·2=30", "1.5+2=3.5"] {
      var page = WrittenPage([text])
      for (index, sign) in text.enumerated() where ".·".contains(sign) {
        // Networks see the dot alone.
        page.candidates[index] = [
          Candidate(label: ".", probability: 0.98), Candidate(label: "·", probability: 0.001),
          Candidate(label: ",", probability: 0.019),
        ]
      }
      let checked = try #require(ExerciseChecker().check(page.reading).first)
      #expect(checked.text == text)
    }
  }

  @Test func decimalsFractionsAndRemaindersAreExpectedInTheirNotation() throws {
    for (text, expected) in [
      ("1,5+1=3", "2,5"), ("1.5+1=3", "2.5"), ("7:2=3", "(7)/(2)"), ("12:5=2R3", "2R2"), ("7>9", "<"),
    ] {
      let checked = try #require(ExerciseChecker().check(WrittenPage([text]).reading).first)
      #expect(checked.verdict.kind == .wrong && checked.expected == expected, "\(checked)")
    }
  }

  @Test func theHeightOfASymbolTellsALineFromAComma() throws {
    var page = WrittenPage(["12×3=31"])
    page.candidates[6] = [Candidate(label: "1", probability: 0.6), Candidate(label: ",", probability: 0.4)]
    #expect(ExerciseChecker().check(page.reading).first?.verdict.kind == .wrong)
    page = WrittenPage(["1,5+1=2,5"])
    page.candidates[1] = [Candidate(label: "1", probability: 0.6), Candidate(label: ",", probability: 0.4)]
    let checked = try #require(ExerciseChecker().check(page.reading).first)
    #expect(checked.text == "1,5+1=2,5")
  }

  @Test func aStrokeFarHigherThanTheDigitsIsABracket() {
    var page = WrittenPage(["(2+3)·2=10"])
    for (index, bracket) in [(0, "("), (4, ")")] {
      page.candidates[index] = [
        Candidate(label: "1", probability: 0.7), Candidate(label: bracket, probability: 0.3),
      ]
      page.boxes[index].y -= 12
      page.boxes[index].height += 24
    }
    #expect(PageExercises(page.reading).text == "(2+3)·2=10")
  }

  @Test func bothNeighboursTellHowLowADotStands() {
    var page = WrittenPage(["1.3+1=2.3"])
    for index in [1, 7] {
      page.candidates[index] = [
        Candidate(label: ".", probability: 0.98), Candidate(label: "·", probability: 0.02),
      ]
      // The digit before the dot stands lower than the one after it, and the dot between the middle and the foot.
      page.boxes[index - 1].y += 8
      page.boxes[index].y = page.boxes[index + 1].y + 37
    }
    #expect(PageExercises(page.reading).text == "1.3+1=2.3")
  }

  // MARK: - The answer's own ink

  @Test func theReadingOfTheAnswerIsTheSameWhateverTheQuestion() throws {
    var random = Xoshiro256(seed: 17)
    for _ in 0..<Self.repetitions {
      var page = WrittenPage(["12×3=36"])
      for symbol in 5...6 { page.candidates[symbol] = WrittenPage.doubted(&random) }
      let first = try #require(PageExercises(page.reading).exercises.first)
      for symbol in [0, 1, 3] { page.candidates[symbol] = WrittenPage.doubted(&random) }
      let second = try #require(PageExercises(page.reading).exercises.first)
      #expect(first.question != second.question)
      #expect(first.answer == second.answer)
      let checker = ExerciseChecker()
      #expect(
        checker.check(first, page.reading.symbols).answer
          == checker.check(second, page.reading.symbols).answer)
    }
  }

  @Test func theReadingOfTheQuestionIsTheSameWhateverTheAnswer() throws {
    var random = Xoshiro256(seed: 18)
    for _ in 0..<Self.repetitions / 5 {
      var page = WrittenPage(["12×3=36"])
      for symbol in [0, 1, 3] { page.candidates[symbol] = WrittenPage.doubted(&random) }
      let first = try #require(PageExercises(page.reading).exercises.first)
      for symbol in 5...6 { page.candidates[symbol] = WrittenPage.doubted(&random) }
      let second = try #require(PageExercises(page.reading).exercises.first)
      #expect(first.question == second.question)
    }
  }

  // MARK: - Text

  @Test func thePlainTextHasALineForEachExercise() {
    #expect(PageExercises(WrittenPage(["12×3=36", "7<9"]).reading).text == "12×3=36\n7<9")
    #expect(PageExercises(.empty).text.isEmpty)
  }

  // MARK: - Keys

  @Test func aKeyJudgesAnswersByValue() throws {
    let key = try AnswerKey(Array("item\tanswer\n1\t36\n2\t36\n3\t1/2\nother.png\t1\t7\n".utf8))
    #expect(key.answers(for: "folder/other.png") == [1: "7"])
    let page = WrittenPage(["12×3=36", "12×3=35", "1:2=0.5"])
    let checked = ExerciseChecker().check(page.reading, key: key.answers(for: "a.png"))
    #expect(checked.map(\.keyed?.verdict.kind) == [.right, .wrong, .right])
  }

  @Test(arguments: ["1\t2\t3\t4\n1\t2", "1\t2\nx\t3", "1\t2\n0\t4", "just words\nand more"])
  func aLineThatIsNoAnswerIsNamed(text: String) {
    #expect(throws: FormatError.self) { try AnswerKey(Array(text.utf8)) }
  }

  // MARK: - Files

  @Test func theObjectHasTheNamesThatProgramsRelyOn() throws {
    let page = CheckedPage(
      file: "a b.png", exercises: ExerciseChecker().check(WrittenPage(["12×3=35"]).reading))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(page.json.text.utf8)) as? [String: Any])
    #expect(object["file"] as? String == "a b.png")
    let item = try #require((object["items"] as? [[String: Any]])?.first)
    #expect(item["text"] as? String == "12×3=35" && item["verdict"] as? String == "wrong")
    #expect(item["expected"] as? String == "36" && item["latex"] as? String == "12 \\times 3 = 35")
    #expect((item["confidence"] as? Double).map { $0 > 0.9 } == true)
    #expect(Set((item["box"] as? [String: Double] ?? [:]).keys) == ["x", "y", "width", "height"])
  }

  @Test func aTableHasAFieldForEachNameOfItsHeader() throws {
    let page = CheckedPage(
      file: "a, \"b\".png", exercises: ExerciseChecker().check(WrittenPage(["1+1=2"]).reading))
    let line = try #require(page.tableLines.first)
    #expect(line.hasPrefix("\"a, \"\"b\"\".png\",1,"))
    #expect(
      line.dropFirst("\"a, \"\"b\"\".png\"".count).count { $0 == "," }
        == CheckedPage.tableHeader.count { $0 == "," })
    #expect(
      page.lines == ["a, \"b\".png\t1\t1+1=2\tright\t2\t\(NumberText.fixed(page.exercises[0].confidence, 4))"]
    )
  }
}
