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
    let (asked, given) = (question.best.tokens, answer.best.tokens)
    let outcome = outcome(asked, given, isKey: isKey)
    var answerRival = Rival(of: answer) { outcome.advantage(of: Exercise.outcome(asked, $0, convention)) }
    var questionRival = Rival(of: question) { outcome.advantage(of: Exercise.outcome($0, given, convention)) }
    if outcome.kind == .wrong,
      let misreading = ConsistentMisreading(
        question, answer, where: { Exercise.outcome($0, $1, convention).kind == .right })
    {
      let lead = misreading.lead - Verdict.advantageOfRight
      answerRival.replaceIfNearer(by: misreading.answer, lead: lead)
      questionRival.replaceIfNearer(by: misreading.question, lead: lead)
    }
    let evidence = VerdictEvidence(
      isRight: outcome.kind == .right ? true : outcome.kind == .wrong ? false : nil,
      answerLead: answerRival.lead, questionLead: questionRival.lead)
    return Judgement(
      verdict: verdict(outcome, questionRival, answerRival), evidence: evidence, question: asked,
      answer: given)
  }

  /// The outcome of the most probable readings.
  private func outcome(_ asked: [Token], _ given: [Token], isKey: Bool) -> Verdict {
    if Exercise.outcome(asked, [], convention) == .noExercise { return .noExercise }
    func isNumber(_ tokens: ArraySlice<Token>) -> Bool {
      !tokens.isEmpty && tokens.allSatisfy(\.sign.isDigitOrMark)
    }
    let outcome = Exercise.outcome(asked, given, convention)
    let hasLostSign = outcome.kind == .wrong && isNumber(asked.dropLast()) && isNumber(given[...])
    return hasLostSign && !isKey ? .unsure([.nothingToCompute(asked.text)]) : outcome
  }

  /// The verdict with the doubts that rivals raise.
  private func verdict(_ outcome: Verdict, _ questionRival: Rival, _ answerRival: Rival) -> Verdict {
    if outcome == .noExercise { return .noExercise }
    let margin = outcome.kind == .right ? margins.right : margins.wrong
    let doubts =
      questionRival.doubts(.question, margin: margin.question)
      + (outcome.doubts ?? answerRival.doubts(.answer, margin: margin.answer))
    return doubts.isEmpty ? outcome : .unsure(doubts)
  }
}

/// The most probable reading of a part that would have another outcome.
private struct Rival {
  private let readings: AlternativeReadings
  private var tokens: [Token]
  /// How far the best reading is ahead of it and of all readings that are not listed.
  private(set) var lead: Double

  /// Finds the nearest rival.
  ///
  /// - Parameters:
  ///   - readings: the readings of the part.
  ///   - advantage: how much nearer a reading counts than its probability says; nil for one that is no rival.
  init(of readings: AlternativeReadings, advantage: ([Token]) -> Double?) {
    self.readings = readings
    tokens = []
    lead = readings.best.logProbability - readings.unlistedLogProbability
    for reading in readings.readings.dropFirst() {
      let behind = readings.best.logProbability - reading.logProbability
      if behind - Verdict.advantageOfRight >= lead { break }
      if let advantage = advantage(reading.tokens), behind - advantage < lead {
        (tokens, lead) = (reading.tokens, behind - advantage)
      }
    }
  }

  mutating func replaceIfNearer(by other: [Token], lead otherLead: Double) {
    if other != readings.best.tokens, otherLead < lead { (tokens, lead) = (other, otherLead) }
  }

  /// What is not clear where the lead is less than a margin.
  func doubts(_ part: ExercisePart, margin: Double) -> [Doubt] {
    // "Not at least" is not "less": a margin that is no number makes everything unsure.
    lead >= margin ? [] : [.symbols(SymbolDoubt(part, readings.best.tokens, tokens))]
  }
}

extension Verdict {
  /// The doubts of a verdict that is not certain.
  fileprivate var doubts: [Doubt]? { if case .unsure(let doubts) = self { doubts } else { nil } }

  /// How much nearer to a wrong answer a reading counts that makes it right, as a difference of log-probabilities.
  ///
  /// The other rivals of a wrong answer have unknown signs or are no formula, which is rarely what was written.
  fileprivate static let advantageOfRight = 3.0

  /// How much nearer a reading with another outcome counts than its probability says; nil where it is no rival.
  ///
  /// Readings with the same kind of outcome are no rivals: both are right, or both are wrong.
  fileprivate func advantage(of other: Verdict) -> Double? {
    if kind == .open { return other == self ? nil : 0 }
    if other.kind == kind { return nil }
    return kind == .wrong && other.kind == .right ? Self.advantageOfRight : 0
  }

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
