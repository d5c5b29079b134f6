// From the readings of a question and of its answer to a verdict.

/// The verdict on an exercise with the readings that it rests on.
public struct Judgement: Sendable, Hashable {
  /// The verdict.
  public let verdict: Verdict
  /// How certain the ink makes it.
  public let evidence: VerdictEvidence
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
  ///   - isKey: whether the question is the answer of a key, which may be a number alone. Of a question that was written
  ///     a sign was lost where it is only a number.
  /// - Returns: the verdict.
  public func judge(
    question: AlternativeReadings, answer: AlternativeReadings, isKey: Bool = false
  ) -> Judgement {
    let comparison = Comparison(question, answer, convention, isKey: isKey)
    return Judgement(
      verdict: comparison.verdict(margins), evidence: comparison.evidence, question: question.best.tokens,
      answer: answer.best.tokens)
  }
}

/// The outcome of the most probable readings, and the readings that would have another one.
private struct Comparison {
  private let question: AlternativeReadings
  private let answer: AlternativeReadings
  private let outcome: Verdict
  private let questionRival: AlternativeReading?
  private let answerRival: AlternativeReading?
  let evidence: VerdictEvidence

  init(
    _ question: AlternativeReadings, _ answer: AlternativeReadings, _ convention: NumberConvention,
    isKey: Bool
  ) {
    let (asked, given) = (question.best, answer.best)
    let isExercise = Exercise.outcome(asked.tokens, [], convention) != .noExercise
    var outcome = isExercise ? Exercise.outcome(asked.tokens, given.tokens, convention) : .noExercise
    if !isKey, outcome.kind == .wrong, Self.isNumber(asked.tokens.dropLast()),
      Self.isNumber(given.tokens[...])
    {
      outcome = .unsure([.nothingToCompute(asked.tokens.text)])
    }
    // Readings with the same kind of outcome are no rivals: both are right, or both are wrong.
    var answerRival = answer.readings.dropFirst().first {
      Exercise.outcome(asked.tokens, $0.tokens, convention).kind != outcome.kind
    }
    var questionRival = question.readings.dropFirst().first {
      let other = Exercise.outcome($0.tokens, given.tokens, convention)
      return outcome.kind == .open ? other != outcome : other.kind != outcome.kind
    }
    var answerLead = Self.lead(of: given, answer, before: answerRival)
    var questionLead = Self.lead(of: asked, question, before: questionRival)
    if outcome.kind == .wrong,
      let misreading = ConsistentMisreading(
        question, answer, where: { Exercise.outcome($0, $1, convention).kind == .right })
    {
      if misreading.answer.tokens != given.tokens, misreading.lead < answerLead {
        (answerLead, answerRival) = (misreading.lead, misreading.answer)
      }
      if misreading.question.tokens != asked.tokens, misreading.lead < questionLead {
        (questionLead, questionRival) = (misreading.lead, misreading.question)
      }
    }
    (self.question, self.answer, self.outcome) = (question, answer, outcome)
    (self.questionRival, self.answerRival) = (questionRival, answerRival)
    evidence = VerdictEvidence(
      isRight: outcome.kind == .right ? true : outcome.kind == .wrong ? false : nil,
      answerLead: answerLead, questionLead: questionLead)
  }

  private static func isNumber(_ tokens: ArraySlice<Token>) -> Bool {
    !tokens.isEmpty && tokens.allSatisfy { $0.sign.isDigitOrMark }
  }

  private static func lead(
    of best: AlternativeReading, _ readings: AlternativeReadings, before rival: AlternativeReading?
  ) -> Double {
    best.logProbability - max(rival?.logProbability ?? -.infinity, readings.unlistedLogProbability)
  }

  func verdict(_ margins: VerdictMargins) -> Verdict {
    if outcome == .noExercise { return .noExercise }
    let margin = outcome.kind == .right ? margins.right : margins.wrong
    var doubts: [Doubt] = []
    // "Not at least" is not "less": a margin that is no number makes everything unsure.
    if !(evidence.questionLead >= margin.question) {
      doubts.append(.symbols(SymbolDoubt(.question, question.best.tokens, questionRival?.tokens ?? [])))
    }
    if case .unsure(let own) = outcome {
      doubts += own
    } else if !(evidence.answerLead >= margin.answer) {
      doubts.append(.symbols(SymbolDoubt(.answer, answer.best.tokens, answerRival?.tokens ?? [])))
    }
    return doubts.isEmpty ? outcome : .unsure(doubts)
  }
}

extension Verdict {
  fileprivate enum Kind {
    case right
    case wrong
    case open
    case unsure
    case noExercise
  }

  fileprivate var kind: Kind {
    switch self {
    case .right: .right
    case .wrong: .wrong
    case .open: .open
    case .unsure: .unsure
    case .noExercise: .noExercise
    }
  }
}
