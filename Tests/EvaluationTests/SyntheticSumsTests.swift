// Made pages of exercises, and how checked pages agree with them.

import Arithmetic
import Evaluation
import Exercises
import Formats
import Ink
import Recognition
import Testing

@Suite struct SyntheticSumsTests {
  private func page(seed: UInt64, _ kind: PageKind = .spaced) throws -> SumsPage {
    try #require(SyntheticSums.page(kind, of: Samples.digits, seed: seed))
  }

  @Test func theSameSeedMakesTheSamePage() throws {
    let (first, again, other) = (try page(seed: 1), try page(seed: 1), try page(seed: 2))
    #expect(first.picture == again.picture && first.page == again.page)
    #expect(first.items.map(\.exercise) == again.items.map(\.exercise))
    #expect(first.picture != other.picture)
  }

  #if DEBUG
  private static let pageCount = 10
  #else
  private static let pageCount = 40
  #endif

  @Test func theTruthHoldsForEachExercise() throws {
    let judge = ExerciseJudge(margins: VerdictMargins(0))
    var (right, all) = (0, 0)
    for seed in 1...Self.pageCount {
      for item in try page(seed: UInt64(seed)).items {
        let exercise = item.exercise
        let verdict = judge.judge(
          question: AlternativeReadings(exercise.question), answer: AlternativeReadings(exercise.answerText)
        ).verdict
        #expect(verdict.kind == (exercise.isRight ? .right : .wrong), "\(exercise.text)")
        #expect(exercise.isRight == (exercise.answerText == exercise.expected) || !exercise.isRight)
        right += exercise.isRight ? 1 : 0
        all += 1
      }
    }
    // Three standard errors of a half.
    #expect(abs(Double(right) / Double(all) - 0.5) < 1.5 / Double(all).squareRoot())
  }

  @Test(arguments: [PageKind.spaced, .photo, .tilted]) func boxesHoldTheInkOfTheirExercise(kind: PageKind)
    throws
  {
    let page = try page(seed: 3, kind)
    for item in page.items {
      let box = item.pictureBox
      #expect(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0)
      #expect(box.right <= Double(page.picture.width) && box.bottom <= Double(page.picture.height))
      #expect(item.box.right <= page.page.width && item.box.bottom <= page.page.height)
    }
  }

  @Test func withoutAllDigitsThereAreNoPages() {
    #expect(SyntheticSums.page(.spaced, of: Array(Samples.digits.prefix(1)), seed: 1) == nil)
  }
}

@Suite struct SumsScoreTests {
  private func exercise(
    _ text: String, _ verdict: Verdict, _ box: Box, isRight: Bool? = nil, lead: Double = 0
  ) -> CheckedExercise {
    let evidence = VerdictEvidence(isRight: isRight, answerLead: lead, questionLead: 9)
    return CheckedExercise(
      text: text, latex: text, verdict: verdict, expected: nil, answer: "", evidence: evidence,
      confidence: 1, box: box, doubtedSymbols: [], reason: nil)
  }

  private func box(_ x: Double, width: Double = 100) -> Box { Box(x: x, y: 0, width: width, height: 50) }

  @Test func verdictsAreCountedByWhatIsTrue() {
    let truths = (0..<4).map {
      SumsScore.Truth(text: "1+1=2", isRight: $0 < 2, box: box(Double($0) * 200))
    }
    let wrong = Verdict.wrong(expected: nil, firstWrongStep: 1)
    var score = SumsScore()
    score.add(
      [
        exercise("1+1=2", .right(nil), box(2)), exercise("1+1=3", wrong, box(200)),
        exercise("1+1=2", .right(nil), box(400)), exercise("1+1=2", .unsure([]), box(600)),
      ], of: truths)
    #expect(score.exercises == 4 && score.found == 4 && score.textsRight == 3)
    #expect(score.rightMarkedWrong == 1 && score.wrongMarkedRight == 1 && score.unsure == 1)
    #expect(score.text.contains("50.00"))
  }

  @Test func missedSplitAndMergedExercisesCountAsUnsure() {
    let truths = (0..<3).map {
      SumsScore.Truth(text: "1+1=2", isRight: true, box: box(Double($0) * 200))
    }
    var score = SumsScore()
    // The first is split, the others are merged into one.
    score.add(
      [
        exercise("1+1=", .right(nil), box(0, width: 70)), exercise("2", .noExercise, box(75, width: 25)),
        exercise("1+1=21+1=2", .right(nil), box(200, width: 300)),
      ], of: truths)
    #expect(score.found == 0 && score.unsure == 3 && score.wrongMarkedRight == 0)
  }

  @Test func marginsAreChosenSoThatFewVerdictsAreWrong() {
    // Wrong answers look right with a lead of up to 2, right answers have leads of up to 6.
    let truths = (0..<200).map {
      SumsScore.Truth(text: "1+1=2", isRight: $0 < 100, box: box(Double($0) * 200))
    }
    var score = SumsScore()
    score.add(
      (0..<200).map { index in
        let lead = index < 100 ? Double(index) * 0.06 : Double(index - 100) * 0.02
        return exercise("1+1=2", .unsure([]), box(Double(index) * 200), isRight: true, lead: lead)
      }, of: truths)
    let choice = MarginChoice(score.outcomes)
    #expect(choice.wrongMarkedRight == 0)
    #expect((2...3).contains(choice.margins.right.answer))
    #expect(choice.unsure > 0.6 && choice.unsure < 0.8)
  }

  @Test func marginsAreKeptAsText() {
    let margins = VerdictMargins(
      right: VerdictMargins.Margin(answer: 2.5, question: 1),
      wrong: VerdictMargins.Margin(answer: 0, question: 3))
    #expect(VerdictMargins(text: margins.text) == margins)
    for text in ["", "1 2 3", "1 2 3 x", "1 2 3 -4", "1 2 3 nan"] {
      #expect(VerdictMargins(text: text) == nil)
    }
  }
}
