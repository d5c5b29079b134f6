// Exercises in arithmetic at random, with right and wrong answers.

import Arithmetic
import Basics
import Exercises

/// An exercise with an answer that is known to be right or wrong.
package struct SyntheticExercise: Sendable, Hashable {
  /// The forms of exercises.
  package enum Form: CaseIterable, Sendable {
    case operation
    case term
    case gap
    case comparison
    case remainder
    case fraction
    case power
    case decimal
    case steps

    /// Whether the answer stands in a gap.
    var isGap: Bool { self == .gap || self == .comparison }
  }

  /// A part of an exercise as it is written.
  enum Part: Sendable, Hashable {
    case signs(String)
    case fraction(String, String)
    case power(String)

    var text: String {
      switch self {
      case .signs(let text): text
      case .fraction(let numerator, let denominator): "(\(numerator))/(\(denominator))"
      case .power(let exponent): "^\(exponent)"
      }
    }
  }

  let solved: SolvedQuestion
  let answer: [Part]
  /// Whether the answer is right.
  package let isRight: Bool

  /// The right answer.
  package var expected: String { solved.answer.text }
  /// The question as plain text, with "_" in the place of an answer that is not at the end.
  package var question: String { solved.question }
  /// The answer as plain text.
  package var answerText: String { answer.text }
  /// The exercise as plain text.
  package var text: String { solved.before.text + answer.text + solved.after.text }

  /// Makes an exercise.
  ///
  /// Half of the exercises are wrong, and half of those by one digit that another is often read as.
  init(at random: inout Xoshiro256) {
    let form = Self.form(&random)
    let isWrong = random.index(below: 2) == 0
    let isConfused = random.index(below: 2) == 0
    isRight = !isWrong
    while true {
      let solved = SolvedQuestion(form, &random)
      let answer = isWrong ? solved.wrongAnswer(isConfused: isConfused, &random) : solved.answer
      let verdict = ExerciseJudge(margins: VerdictMargins(0)).judge(
        question: AlternativeReadings(solved.question), answer: AlternativeReadings(answer.text)
      ).verdict
      guard verdict.kind == (isWrong ? .wrong : .right) else { continue }
      (self.solved, self.answer) = (solved, answer)
      return
    }
  }

  /// Half of the exercises are single operations.
  private static func form(_ random: inout Xoshiro256) -> Form {
    let others = Form.allCases.filter { $0 != .operation }
    return random.index(below: 2) == 0 ? .operation : others[random.index(below: others.count)]
  }
}

extension [SyntheticExercise.Part] {
  var text: String { map(\.text).joined() }
}

/// A question with its right answer.
struct SolvedQuestion: Sendable, Hashable {
  let form: SyntheticExercise.Form
  private(set) var before: [SyntheticExercise.Part] = []
  private(set) var answer: [SyntheticExercise.Part] = []
  private(set) var after: [SyntheticExercise.Part] = []

  /// The question as plain text, with "_" in the place of an answer that is not at the end.
  var question: String { before.text + (form.isGap ? "_" : "") + after.text }

  init(_ form: SyntheticExercise.Form, _ random: inout Xoshiro256) {
    self.form = form
    func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + random.index(below: range.count) }
    let times = random.index(below: 3) == 0 ? "·" : "×"
    let divided = random.index(below: 3) == 0 ? "÷" : ":"
    switch form {
    case .operation:
      let (a, b, sign, result) = Self.operation(times, divided, &random)
      before = [.signs("\(a)\(sign)\(b)=")]
      answer = [.signs("\(result)")]
    case .term:
      let (a, b, c) = (number(2...12), number(2...12), number(2...30))
      switch random.index(below: 3) {
      case 0: (before, answer) = ([.signs("\(c)+\(a)\(times)\(b)=")], [.signs("\(c + a * b)")])
      case 1: (before, answer) = ([.signs("(\(a)+\(c))\(times)\(b)=")], [.signs("\((a + c) * b)")])
      default: (before, answer) = ([.signs("\(a)+\(b)+\(c)=")], [.signs("\(a + b + c)")])
      }
    case .gap:
      let (a, b, sign, result) = Self.operation(times, divided, &random)
      if random.index(below: 2) == 0 {
        (before, answer, after) = ([.signs("\(a)\(sign)")], [.signs("\(b)")], [.signs("=\(result)")])
      } else {
        (before, answer, after) = ([], [.signs("\(a)")], [.signs("\(sign)\(b)=\(result)")])
      }
    case .comparison:
      let (a, b) = (number(1...199), number(1...199))
      (before, after) = ([.signs("\(a)")], [.signs("\(b)")])
      answer = [.signs(a < b ? "<" : a > b ? ">" : "=")]
    case .remainder:
      let (b, quotient) = (number(2...12), number(2...40))
      let rest = number(1...(b - 1))
      before = [.signs("\(b * quotient + rest)\(divided)\(b)=")]
      answer = [.signs("\(quotient)R\(rest)")]
    case .fraction:
      let (b, d) = (number(2...12), number(2...12))
      let (a, c) = (number(1...(b)), number(1...(d)))
      before = [.fraction("\(a)", "\(b)"), .signs("+"), .fraction("\(c)", "\(d)"), .signs("=")]
      answer = [.fraction("\(a * d + c * b)", "\(b * d)")]
    case .power:
      let (base, exponent) = (number(2...12), number(2...3))
      before = [.signs("\(base)"), .power("\(exponent)"), .signs("=")]
      answer = [.signs("\(exponent == 2 ? base * base : base * base * base)")]
    case .decimal:
      let mark = random.index(below: 2) == 0 ? "." : ","
      let (a, b) = (number(11...199), number(11...199))
      before = [.signs("\(a / 10)\(mark)\(a % 10)+\(b / 10)\(mark)\(b % 10)=")]
      answer = [.signs("\((a + b) / 10)\(mark)\((a + b) % 10)")]
    case .steps:
      let (a, b, c) = (number(3...12), number(3...12), number(2...50))
      before = [.signs("\(a)\(times)\(b)+\(c)=")]
      answer = [.signs("\(a * b)+\(c)=\(a * b + c)")]
    }
  }

  private static func operation(
    _ times: String, _ divided: String, _ random: inout Xoshiro256
  ) -> (Int, Int, String, Int) {
    func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + random.index(below: range.count) }
    switch random.index(below: 4) {
    case 0:
      let (a, b) = (number(2...499), number(2...499))
      return (a, b, "+", a + b)
    case 1:
      let (a, b) = (number(2...499), number(2...499))
      return (max(a, b), min(a, b), "-", max(a, b) - min(a, b))
    case 2:
      let (a, b) = (number(2...25), number(2...25))
      return (a, b, times, a * b)
    default:
      let (a, b) = (number(2...25), number(2...12))
      return (a * b, b, divided, a)
    }
  }

  // MARK: - Wrong answers

  /// Digits that each digit is often read as.
  private static let confusable: [Character: String] = [
    "0": "68", "1": "7", "2": "7", "3": "58", "4": "9", "5": "63", "6": "50", "7": "12", "8": "39", "9": "47",
  ]

  func wrongAnswer(isConfused: Bool, _ random: inout Xoshiro256) -> [SyntheticExercise.Part] {
    if case .signs(let sign)? = answer.first, "<>=".contains(sign) {
      let others = ["<", ">", "="].filter { $0 != sign }
      return [.signs(others[random.index(below: others.count)])]
    }
    let digits = answer.text.indices.filter { answer.text[$0].isNumber }
    let changes = isConfused ? 1 : 1 + random.index(below: min(2, digits.count))
    var changed = answer
    for _ in 0..<changes {
      let position = random.index(below: digits.count)
      var number = 0
      changed = changed.map { part in
        func replaced(_ text: String) -> String {
          String(
            text.map { sign -> Character in
              guard sign.isNumber else { return sign }
              defer { number += 1 }
              guard number == position else { return sign }
              let choices =
                isConfused ? Array(Self.confusable[sign] ?? "0") : Array("0123456789").filter { $0 != sign }
              return choices[random.index(below: choices.count)]
            })
        }
        switch part {
        case .signs(let text): return .signs(replaced(text))
        case .fraction(let top, let bottom):
          let first = replaced(top)
          return .fraction(first, replaced(bottom))
        case .power(let text): return .power(replaced(text))
        }
      }
    }
    return changed
  }
}
