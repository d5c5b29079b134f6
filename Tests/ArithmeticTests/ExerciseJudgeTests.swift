// Verdicts.

import Arithmetic
import Basics
import Testing

@Suite struct ExerciseJudgeTests {
  private let judge = ExerciseJudge(
    margins: VerdictMargins(
      right: VerdictMargins.Margin(answer: 2, question: 2),
      wrong: VerdictMargins.Margin(answer: 3, question: 2)))

  private func verdict(
    _ question: String, _ answer: String, _ convention: NumberConvention = NumberConvention()
  ) -> Verdict {
    var judge = judge
    judge.convention = convention
    return judge.judge(question: AlternativeReadings(question), answer: AlternativeReadings(answer)).verdict
  }

  private func number(_ numerator: Int, over denominator: Int = 1) throws -> ExpectedAnswer {
    .value(try Rational(Int128(numerator), over: Int128(denominator)))
  }

  // MARK: - What is right, wrong and open

  @Test(arguments: [
    ("12×3=", "36"), ("12×3=", "6×6=36"), ("3×_=12", "4"), ("_:4=3", "12"), ("7_9", "<"), ("9_7", ">"),
    ("3+4_7", "="),
    ("7_7", "≤"), ("12:5=", "2R2"), ("12:4=", "3"), ("12:4=", "3R0"), ("56×9+91=", "504+91=595"),
    ("1/2+1/4=", "3/4"),
    ("(1)/(2)+(1)/(4)=", "(3)/(4)"), ("(5)/(2)=", "2(1)/(2)"), ("1/2=", "0.5"), ("1/2=", ".5"),
    ("1/2=", "0,5"),
    ("0.5+0.25=", "0,75"), ("2^10=", "1024"), ("50%×8=", "4"), ("5-8=", "-3"), ("-3+5=", "2"),
    ("12×3=_", "36"),
    ("_=3+4", "7"), ("2×_=7", "3(1)/(2)"), ("3+_=4+3", "4"), ("_:5=2R2", "12"), ("12:_=2R2", "5"),
    ("12:5=_R2", "2"), ("1,234.5+1=", "1235.5"), ("4=", "2+2"), ("10×_=100", "2×5"),
  ])
  func rightAnswers(_ question: String, _ answer: String) {
    guard case .right = verdict(question, answer) else {
      Issue.record("\(verdict(question, answer))")
      return
    }
  }

  @Test(
    arguments: [
      ("12×3=", "35", 36, 1), ("12×3=", "", nil, 0), ("3×_=12", "5", 4, 1),
      ("56×9+91=", "505+91=596", 595, 1),
      ("56×9+91=", "504+91=596", 595, 2), ("56×9+91=", "504+90=", 595, 1), ("7-3=", "-4", 4, 1),
      ("2^3=", "6", 8, 1),
      ("0.1+0.2=", "0.4", nil, 1), ("2+3×4=", "20", 14, 1),
    ] as [(String, String, Int?, Int)])
  func wrongAnswersAreToldWithTheFirstWrongStep(
    _ question: String, _ answer: String, _ value: Int?, _ step: Int
  ) throws {
    let found = verdict(question, answer)
    if answer.isEmpty {
      #expect(found == .open(try number(36)))
    } else if let value {
      #expect(found == .wrong(expected: try number(value), firstWrongStep: step))
    } else {
      #expect(found == .wrong(expected: try number(3, over: 10), firstWrongStep: step))
    }
  }

  @Test func wrongRelationsAndRemaindersAreTold() throws {
    #expect(verdict("7_9", ">") == .wrong(expected: .relation(.less), firstWrongStep: 1))
    let remainder = ExpectedAnswer.remainder(quotient: Rational(2), remainder: Rational(2))
    #expect(verdict("12:5=", "2R3") == .wrong(expected: remainder, firstWrongStep: 1))
    // The remainder must be smaller than the divisor.
    #expect(verdict("12:5=", "1R7") == .wrong(expected: remainder, firstWrongStep: 1))
    #expect(verdict("12:5=", "2") == .wrong(expected: try number(12, over: 5), firstWrongStep: 1))
    #expect(verdict("0×_=5", "3") == .wrong(expected: nil, firstWrongStep: 1))
  }

  @Test func openExercisesOfferTheAnswer() throws {
    #expect(verdict("12×3=", "") == .open(try number(36)))
    #expect(verdict("3×_=12", "") == .open(try number(4)))
    #expect(verdict("12×3=_", "") == .open(try number(36)))
    #expect(verdict("7_9", "") == .open(.relation(.less)))
    #expect(verdict("56×9+91=", "504+91=") == .open(try number(595)))
    #expect(verdict("56×9+91=", "504+91") == .open(try number(595)))
    #expect(verdict("_+_=5", "") == .open(nil))
    #expect(verdict("12:5=_R2", "") == .open(try number(2)))
    #expect(verdict("_<5", "") == .open(nil))
  }

  @Test(arguments: ["", "12", "3+4", "abc", "=", "?", "+=", "_"])
  func whatAsksNothingIsNoExercise(_ text: String) {
    #expect(verdict(text, "") == .noExercise)
  }

  @Test func aWholeStatementIsJudgedAsWell() throws {
    #expect(verdict("3+4=7", "") == .right(nil))
    #expect(verdict("3+4=8", "") == .wrong(expected: try number(7), firstWrongStep: 1))
  }

  @Test func aNumberAloneAsksNothing() throws {
    #expect(verdict("46.2=", "23") == .unsure([.nothingToCompute("46.2=")]))
    #expect(verdict("5=", "5") == .right(nil))
    #expect(verdict("0.5=", "1/3") == .wrong(expected: try number(1, over: 2), firstWrongStep: 1))
  }

  @Test func aFractionThatCanBeReducedIsRightInValue() throws {
    let half = AnswerRemark.reducible(try Rational(1, over: 2))
    #expect(verdict("(1)/(4)+(1)/(4)=", "(2)/(4)") == .right(half))
    #expect(verdict("1/4+1/4=", "2/4") == .right(half))
    #expect(verdict("1/4+1/4=", "1/2") == .right(nil))
    #expect(verdict("1/4+1/4=", "2/4=1/2") == .right(nil))
    #expect(verdict("(5)/(2)=", "2(2)/(4)") == .right(half))
  }

  // MARK: - What is not certain

  @Test func whatIsAmbiguousIsSaid() throws {
    let thousand = Verdict.unsure([.ambiguous("1,234")])
    #expect(verdict("1,234+1=", "1,235") == thousand)
    #expect(verdict("1,234+1=", "") == thousand)
    #expect(verdict("1,234+1=", "1,235", NumberConvention(decimalMark: .point)) == .right(nil))
    #expect(verdict("1,234+1=", "2,234", NumberConvention(decimalMark: .comma)) == .right(nil))
    // A number that is not ambiguous tells the notation.
    #expect(verdict("0,5+1,234=", "1,734") == .right(nil))
    #expect(verdict("1,234×1=", "1,234") == .right(nil))
    #expect(verdict("12,5+0,125=", "12,625") == .right(nil))
    #expect(verdict("0,5+1,234=", "1.734") == .unsure([.ambiguous("1.734")]))
    #expect(verdict("6÷2(1+2)=", "9") == .unsure([.ambiguous("6÷2(1+2)=")]))
    #expect(verdict("6÷2(1+2)=", "1") == .unsure([.ambiguous("6÷2(1+2)=")]))
    #expect(verdict("6÷2(1+2)=", "5") == .wrong(expected: nil, firstWrongStep: 1))
    #expect(verdict("1:2:3=", "2:4:6", NumberConvention(colon: .ratio)) == .right(nil))
    #expect(verdict("12:3:2=", "2") == .right(nil))
    #expect(verdict("1:2:3=", "2:4:6") == .unsure([.ambiguous("1:2:3=")]))
  }

  @Test func whatCannotBeComputedIsSaid() {
    #expect(verdict("5:0=", "1") == .unsure([.notComputable(.divisionByZero)]))
    #expect(verdict("0^0=", "1") == .unsure([.notComputable(.zeroToThePowerOfZero)]))
    #expect(verdict("2^500=", "") == .unsure([.notComputable(.tooLarge)]))
    #expect(verdict("5±2=", "7") == .unsure([.notComputable(.severalValues)]))
    #expect(verdict("1.2.3+1=", "2") == .unsure([.notComputable(.malformedNumber("1.2.3"))]))
    guard case .unsure(let doubts) = verdict("3+×4=", "7"), case .unreadable(.question, _) = doubts.first
    else {
      Issue.record("a question that is no formula")
      return
    }
    guard case .unsure(let others) = verdict("3+4=", "7?"), case .unreadable(.answer, _) = others.first else {
      Issue.record("an answer that is no formula")
      return
    }
  }

  // MARK: - Margins

  private func judged(
    _ question: [(String, Double)], _ answer: [(String, Double)], unlisted: Double = -.infinity
  ) -> Verdict {
    judge.judge(
      question: AlternativeReadings(question.map { AlternativeReading($0.0, logProbability: $0.1) }),
      answer: AlternativeReadings(
        answer.map { AlternativeReading($0.0, logProbability: $0.1) }, unlistedLogProbability: unlisted)
    ).verdict
  }

  @Test func aRightAnswerMustBeAheadOfAllOthers() {
    let question = [("12×3=", 0.0)]
    #expect(judged(question, [("36", 0), ("35", -2)]) == .right(nil))
    #expect(
      judged(question, [("36", 0), ("35", -1.9)])
        == .unsure([.symbols(SymbolDoubtValue.answer([1], ["6", "5"]))]))
    #expect(judged(question, [("36", 0)], unlisted: -2) == .right(nil))
    #expect(
      judged(question, [("36", 0)], unlisted: -1)
        == .unsure([.symbols(SymbolDoubtValue.answer([0, 1], ["36", ""]))]))
    // Another form of the right answer is no rival.
    #expect(judged([("1/2+1=", 0)], [("1.5", 0), ("1,5", -0.1)]) == .right(nil))
    #expect(
      judged(question, [("36", 0), ("3?", -0.5)])
        == .unsure([.symbols(SymbolDoubtValue.answer([1], ["6", "?"]))]))
  }

  @Test func aWrongAnswerMustBeAheadOfTheExpectedOne() throws {
    let question = [("12×3=", 0.0)]
    let wrong = Verdict.wrong(expected: try number(36), firstWrongStep: 1)
    // The right answer counts as 3 nearer than it is, and what cannot be read does not.
    #expect(judged(question, [("35", 0), ("36", -6)]) == wrong)
    #expect(
      judged(question, [("35", 0), ("36", -5.9)])
        == .unsure([.symbols(SymbolDoubtValue.answer([1], ["5", "6"]))]))
    #expect(judged(question, [("35", 0), ("3?", -3)]) == wrong)
    #expect(
      judged(question, [("35", 0), ("3?", -2.9), ("36", -5.8)])
        == .unsure([.symbols(SymbolDoubtValue.answer([1], ["5", "6"]))]))
    #expect(
      judged(question, [("35", 0), ("3?", -2.9)])
        == .unsure([.symbols(SymbolDoubtValue.answer([1], ["5", "?"]))]))
    // Which of two wrong answers it is does not matter.
    #expect(judged(question, [("35", 0), ("85", -0.1)]) == wrong)
    #expect(judged(question, [("35", 0)], unlisted: -3) == wrong)
    #expect(judged(question, [("35", 0)], unlisted: -1) != wrong)
  }

  @Test func theQuestionMustBeCertainByItself() throws {
    // The answer fits one of the readings of the question, which does not make that reading more probable.
    for answer in ["36", "24"] {
      #expect(
        judged([("12×3=", 0), ("12×2=", -1)], [(answer, 0)])
          == .unsure([.symbols(SymbolDoubtValue.question([3], ["3", "2"]))]))
    }
    #expect(judged([("12×3=", 0), ("12×2=", -2)], [("36", 0)]) == .right(nil))
    #expect(judged([("12×3=", 0), ("12·3=", -0.1)], [("36", 0)]) == .right(nil))
  }

  @Test func impossibleProbabilitiesGiveNoVerdict() {
    #expect(judged([("12×3=", 0)], [("36", .nan)]) != .right(nil))
    #expect(judged([("12×3=", 0)], [("36", 0)], unlisted: .nan) != .right(nil))
    var judge = judge
    judge.margins.right.answer = .nan
    let judgement = judge.judge(question: AlternativeReadings("1+1="), answer: AlternativeReadings("2"))
    #expect(judgement.verdict != .right(nil))
  }

  @Test func theReadingOfTheAnswerDoesNotDependOnTheQuestion() {
    var random = Xoshiro256(seed: 11)
    func readings(_ symbols: Int) -> AlternativeReadings {
      AlternativeReadings(
        (0..<symbols).map { Token("1", symbols: [$0]) },
        choices: { _ in
          (0..<3).map { _ in
            .init(Character(String(random.index(below: 10))), logProbability: -3 * random.uniform())
          }
        }, limit: 8)
    }
    for _ in 0..<1000 {
      let answer = readings(1 + random.index(below: 3))
      let judgements = (0..<2).map { _ in
        let (a, b) = (random.index(below: 100), random.index(below: 10))
        return judge.judge(question: AlternativeReadings("\(a)+\(b)="), answer: answer)
      }
      for judgement in judgements {
        #expect(judgement.answer == answer.best.tokens)
        // A verdict of right or wrong speaks of the best reading alone.
        let value = Int(answer.best.tokens.text) ?? -1
        let parts = judgement.question.text.dropLast().split(separator: "+").compactMap { Int($0) }
        switch judgement.verdict {
        case .right: #expect(parts.reduce(0, +) == value)
        case .wrong: #expect(parts.reduce(0, +) != value)
        default: break
        }
      }
    }
  }

  @Test func combinationsAreTheMostProbableOnes() {
    var random = Xoshiro256(seed: 12)
    for _ in 0..<50 {
      let choices = (0..<4).map { _ in
        (0..<4).map {
          AlternativeReadings.Choice(Character(String($0)), logProbability: -2.5 * random.uniform())
        }
      }
      let tokens = (0..<4).map { Token("0", symbols: [$0]) }
      let all = AlternativeReadings(tokens, choices: { choices[$0.symbols[0]] }, limit: 256)
      let some = AlternativeReadings(tokens, choices: { choices[$0.symbols[0]] }, limit: 10)
      #expect(all.readings.count == 256)
      #expect(all.unlistedLogProbability == -.infinity)
      #expect(some.readings.map(\.tokens) == all.readings.prefix(10).map(\.tokens))
      #expect(some.unlistedLogProbability >= all.readings[10].logProbability - 1e-9)
      #expect(some.unlistedLogProbability <= all.readings[9].logProbability + 1e-9)
    }
  }

  @Test func aSignThatWasMisreadEverywhereIsOneMistake() {
    // A person's 1 looks like a 7: "11×11=121" was written.
    func readings(_ text: String) -> AlternativeReadings {
      AlternativeReadings(
        Token.tokens(of: text),
        choices: { token in
          token.sign == "7"
            ? [.init("7", logProbability: 0), .init("1", logProbability: -6)]
            : [.init(token.sign, logProbability: 0)]
        })
    }
    var judge = judge
    for (margin, isUnsure) in [(2.5, false), (3.5, true)] {
      judge.margins = VerdictMargins(margin)
      let judgement = judge.judge(question: readings("77×77="), answer: readings("727"))
      #expect(judgement.text == "77×77=727")
      if case .unsure = judgement.verdict {
        #expect(isUnsure)
      } else {
        #expect(judgement.verdict.isWrong && !isUnsure)
      }
      // What no such change makes right is as wrong as before, and what is right stays right.
      #expect(judge.judge(question: readings("77×77="), answer: readings("728")).verdict.isWrong)
      #expect(judge.judge(question: readings("17+0="), answer: readings("17")).evidence.isRight == true)
    }
  }

  @Test func combinationsThatAreFarBehindAreNotListed() {
    let tokens = (0..<3).map { Token("0", symbols: [$0]) }
    let choices = [0.0, -5, -14].enumerated().map { index, logProbability in
      AlternativeReadings.Choice(Character(String(index)), logProbability: logProbability)
    }
    let readings = AlternativeReadings(tokens, choices: { _ in choices })
    #expect(Set(readings.readings.map(\.tokens.text)) == ["000", "001", "010", "100", "011", "101", "110"])
    #expect(readings.unlistedLogProbability == -14)
  }

  @Test func expectedAnswersArePrinted() throws {
    #expect(try number(36).text() == "36")
    #expect(try number(1, over: 2).text() == "0.5")
    #expect(try number(-1, over: 2).text(.comma) == "-0,5")
    #expect(try number(1, over: 2).text(asFraction: true) == "(1)/(2)")
    #expect(try number(1, over: 3).text() == "(1)/(3)")
    #expect(ExpectedAnswer.remainder(quotient: Rational(2), remainder: Rational(3)).text() == "2R3")
    #expect(ExpectedAnswer.relation(.less).text() == "<")
  }

  @Test func aJudgementPrintsTheExercise() {
    let judgement = judge.judge(question: AlternativeReadings("3×_=12"), answer: AlternativeReadings("4"))
    #expect(judgement.text == "3×4=12")
    #expect(judgement.statement?.latex == "3 \\times 4 = 12")
  }
}

/// Doubts to compare with.
private enum SymbolDoubtValue {
  static func answer(_ symbols: [Int], _ readings: [String]) -> SymbolDoubt {
    SymbolDoubt(part: .answer, symbols: symbols, readings: readings)
  }

  static func question(_ symbols: [Int], _ readings: [String]) -> SymbolDoubt {
    SymbolDoubt(part: .question, symbols: symbols, readings: readings)
  }
}

extension Verdict {
  /// Whether it is `wrong`, whatever is expected.
  fileprivate var isWrong: Bool { if case .wrong = self { true } else { false } }
}
