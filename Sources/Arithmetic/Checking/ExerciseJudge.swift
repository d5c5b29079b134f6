// From the readings of a question and of its answer to a verdict.

/// The verdict on an exercise with the readings that it rests on.
public struct Judgement: Sendable, Hashable {
  /// The verdict.
  public let verdict: Verdict
  /// The most probable reading of the question.
  public let question: [Token]
  /// The most probable reading of the answer, which depends on the answer's ink alone.
  public let answer: [Token]

  /// The exercise as plain text, with the answer in its place.
  public var text: String { Exercise.joined(question, answer).text }

  /// The exercise as a syntax tree; nil if it is no statement.
  public var statement: Statement? { try? FormulaParser.statement(Exercise.joined(question, answer)) }
}

/// Judges exercises.
///
/// The question and the answer are each read from their own ink. What is expected never chooses among the readings of the
/// answer, and the answer never among those of the question: a rival reading can only make a verdict `unsure`.
public struct ExerciseJudge: Sendable {
  /// How far a reading must be ahead of its rivals.
  public var margins: VerdictMargins
  /// The notation of numbers.
  public var convention: NumberConvention

  /// Creates a judge.
  ///
  /// - Parameters:
  ///   - margins: how far a reading must be ahead of its rivals.
  ///   - convention: the notation of numbers.
  public init(margins: VerdictMargins, convention: NumberConvention = NumberConvention()) {
    self.margins = margins
    self.convention = convention
  }

  /// Judges an exercise.
  ///
  /// - Parameters:
  ///   - question: the readings of what is given, for example "12×3=", "3×_=12" or, for a comparison, "7_9".
  ///   - answer: the readings of what stands behind the question or in its gap; empty where nothing is written.
  /// - Returns: the verdict.
  public func judge(question: AlternativeReadings, answer: AlternativeReadings) -> Judgement {
    Judgement(
      verdict: verdict(question, answer), question: question.best.tokens, answer: answer.best.tokens)
  }

  private func verdict(_ question: AlternativeReadings, _ answer: AlternativeReadings) -> Verdict {
    let asked = question.best.tokens
    let given = ExerciseOutcome(asked, [], convention)
    if case .noExercise = given { return .noExercise }
    let verdict = verdict(asked, answer)
    guard let doubt = doubt(question, given) else { return verdict }
    if case .unsure(let doubts) = verdict { return .unsure([doubt] + doubts) }
    return .unsure([doubt])
  }

  /// A reading of the question that is not far enough behind the best one and asks for another answer.
  private func doubt(_ question: AlternativeReadings, _ given: ExerciseOutcome) -> Doubt? {
    let best = question.best
    func isRival(_ logProbability: Double) -> Bool {
      !(best.logProbability - logProbability >= margins.question)
    }
    for rival in question.readings.dropFirst() where isRival(rival.logProbability) {
      if ExerciseOutcome(rival.tokens, [], convention) != given {
        return .symbols(SymbolDoubt(.question, best.tokens, rival.tokens))
      }
    }
    return isRival(question.unlistedLogProbability)
      ? .symbols(SymbolDoubt(.question, best.tokens, [])) : nil
  }

  /// The verdict if the question is certain.
  private func verdict(_ question: [Token], _ answer: AlternativeReadings) -> Verdict {
    let outcomes = answer.readings.map { ExerciseOutcome(question, $0.tokens, convention) }
    let best = answer.best
    let kind = outcomes[0].kind
    // Readings with the same kind of outcome are no rivals: both are right, or both are wrong.
    let rival = zip(answer.readings, outcomes).first { $1.kind != kind }?.0
    let rivalProbability = max(rival?.logProbability ?? -.infinity, answer.unlistedLogProbability)
    let margin = kind == .wrong ? margins.wrong : margins.right
    let isCertain = best.logProbability - rivalProbability >= margin
    switch outcomes[0] {
    case .noExercise: return .noExercise
    case .doubt(let doubt): return .unsure([doubt])
    case _ where !isCertain:
      return .unsure([.symbols(SymbolDoubt(.answer, best.tokens, rival?.tokens ?? []))])
    case .right(let remark): return .right(remark)
    case .wrong(let expected, let step): return .wrong(expected: expected, firstWrongStep: step)
    case .open(let expected): return .open(expected)
    }
  }
}

extension ExerciseOutcome {
  fileprivate enum Kind {
    case right
    case wrong
    case open
    case doubt
    case noExercise
  }

  fileprivate var kind: Kind {
    switch self {
    case .right: .right
    case .wrong: .wrong
    case .open: .open
    case .doubt: .doubt
    case .noExercise: .noExercise
    }
  }
}
