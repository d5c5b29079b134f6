// Checks the exercises of a page.

package import Arithmetic
import CLibrary
import Ink
package import Recognition

/// Checks the exercises of pages.
package struct ExerciseChecker: Sendable {
  /// Judges single exercises.
  package let judge: ExerciseJudge

  /// Makes a checker.
  package init(_ margins: VerdictMargins = .usual, convention: NumberConvention = NumberConvention()) {
    judge = ExerciseJudge(margins: margins, convention: convention)
  }

  /// The exercises of a page with their verdicts, in reading order.
  ///
  /// - Parameters:
  ///   - reading: the reading of the page in the mode for sums.
  ///   - key: the given answers by the exercise's number, counted from 1.
  /// - Returns: the exercises with their verdicts.
  package func check(_ reading: Reading, key: [Int: String] = [:]) -> [CheckedExercise] {
    let page = PageExercises(reading)
    return page.exercises.enumerated().map { index, exercise in
      var checked = check(exercise, page.symbols)
      if let answer = key[index + 1] { checked.keyed = keyed(exercise, by: answer) }
      return checked
    }
  }

  /// An exercise with its verdict.
  package func check(_ exercise: ReadExercise, _ symbols: [Symbol]) -> CheckedExercise {
    let judgement = judge.judge(question: exercise.question, answer: exercise.answer)
    let doubts: [Doubt] = if case .unsure(let doubts) = judgement.verdict { doubts } else { [] }
    let probability = exercise.question.best.logProbability + exercise.answer.best.logProbability
    let boxes = exercise.item.symbols.filter(symbols.indices.contains).map { symbols[$0].box }
    return CheckedExercise(
      text: judgement.text, latex: judgement.statement?.latex ?? Self.latex(of: judgement.text),
      verdict: judgement.verdict, expected: expected(judgement), answer: judgement.answer.text,
      evidence: judgement.evidence, confidence: min(1, exp(probability)),
      box: boxes.dropFirst().reduce(boxes.first ?? exercise.item.box) { $0.union($1) }, symbolBoxes: boxes,
      doubtedSymbols: Self.symbols(of: doubts, in: exercise, symbols), reason: doubts.first?.sentence)
  }

  // MARK: - What is expected

  private func expected(_ judgement: Judgement) -> String? {
    let text = judgement.text
    switch judgement.verdict {
    case .wrong(let expected?, _), .open(let expected?): return expected.text(inTheNotationOf: text)
    case .noExercise: return nil
    // A right answer with a remainder is expected as it stands.
    case .right where judgement.answer.contains { $0.sign == "R" }: return judgement.answer.text
    default:
      let question = AlternativeReadings([AlternativeReading(judgement.question)])
      let given = judge.judge(question: question, answer: AlternativeReadings([])).verdict
      if case .open(let expected?) = given { return expected.text(inTheNotationOf: text) }
      return nil
    }
  }

  /// The verdict on an answer by the answer of a key.
  private func keyed(_ exercise: ReadExercise, by key: String) -> KeyedVerdict {
    let written = exercise.answer
    guard let relation = key.first.flatMap(Relation.init(rawValue:)) else {
      let judgement = judge.judge(
        question: AlternativeReadings(key + "="), answer: Self.lastSides(written), isKey: true)
      return KeyedVerdict(answer: key, verdict: judgement.verdict)
    }
    let isSame = written.best.tokens.text == key
    let rival = written.readings.first { ($0.tokens.text == key) != isSame }?.logProbability ?? -.infinity
    let isCertain =
      written.best.logProbability - max(rival, written.unlistedLogProbability)
      >= (isSame ? judge.margins.right : judge.margins.wrong).answer
    let verdict: Verdict = isSame ? .right(nil) : .wrong(expected: .relation(relation), firstWrongStep: 1)
    return KeyedVerdict(answer: key, verdict: isCertain ? verdict : .unsure([]))
  }

  /// Of answers in steps the last step, which is what a key has.
  private static func lastSides(_ answer: AlternativeReadings) -> AlternativeReadings {
    AlternativeReadings(
      answer.readings.map { reading in
        let last = reading.tokens.lastIndex { $0.sign == "=" }.map { $0 + 1 } ?? 0
        return AlternativeReading(Array(reading.tokens[last...]), logProbability: reading.logProbability)
      }, unlistedLogProbability: answer.unlistedLogProbability)
  }

  // MARK: - Doubts and texts

  /// The symbols that doubts name; where they name none, the least certain symbol of the doubted part.
  private static func symbols(
    of doubts: [Doubt], in exercise: ReadExercise, _ symbols: [Symbol]
  ) -> [DoubtedSymbol] {
    let named = doubts.flatMap { doubt -> [Int] in
      switch doubt {
      case .symbols(let doubt) where !doubt.symbols.isEmpty: doubt.symbols
      case .symbols(let doubt): leastCertain(doubt.part, exercise, symbols)
      case .unreadable(let part, _): leastCertain(part, exercise, symbols)
      case .nothingToCompute: leastCertain(.question, exercise, symbols)
      case .ambiguous, .notComputable: []
      }
    }
    return Set(named).sorted().filter(symbols.indices.contains).map {
      DoubtedSymbol(index: $0, box: symbols[$0].box, candidates: candidates(of: symbols[$0]))
    }
  }

  /// Candidates that are less probable are not shown.
  private static let leastShown = 0.01

  private static func candidates(of symbol: Symbol) -> [Candidate] {
    symbol.candidates.prefix(4).enumerated().filter { $0.offset == 0 || $0.element.probability >= leastShown }
      .map(\.element)
  }

  private static func leastCertain(
    _ part: ExercisePart, _ exercise: ReadExercise, _ symbols: [Symbol]
  ) -> [Int] {
    let tokens = part == .question ? exercise.item.question : exercise.item.answer
    let indices = tokens.flatMap(\.symbols).filter(symbols.indices.contains)
    return indices.min { symbols[$0].confidence < symbols[$1].confidence }.map { [$0] } ?? []
  }

  /// The LaTeX of signs that are no statement.
  private static func latex(of text: String) -> String {
    text.map { latexOfSigns[$0] ?? String($0) }.joined()
  }

  private static let latexOfSigns: [Character: String] = [
    "×": "\\times ", "·": "\\cdot ", "÷": "\\div ", "±": "\\pm ", "≤": "\\le ", "≥": "\\ge ", "≠": "\\ne ",
    "_": "\\square ", "%": "\\% ", "^": "\\hat{} ", "{": "\\{ ", "}": "\\} ",
  ]
}

extension ExpectedAnswer {
  /// The answer as plain text, with decimals where the exercise has decimals.
  package func text(inTheNotationOf exercise: String) -> String {
    if exercise.contains(",") { return text(.comma) }
    return text(.point, asFraction: !exercise.contains("."))
  }
}
