// The verdict on an exercise.

/// The verdict on an exercise.
public enum Verdict: Sendable, Hashable {
  /// The answer is right in value; the remark says what could be said about its form.
  case right(AnswerRemark?)
  /// The answer is wrong: what is expected, if there is one right answer, and the first step that does not hold, from 1.
  case wrong(expected: ExpectedAnswer?, firstWrongStep: Int)
  /// There is no answer yet: the answer to offer, if there is one.
  case open(ExpectedAnswer?)
  /// The verdict is not certain.
  case unsure([Doubt])
  /// There is nothing to answer.
  case noExercise
}

/// What could be said about the form of a right answer.
public enum AnswerRemark: Sendable, Hashable {
  /// A fraction that can be reduced to this number.
  case reducible(Rational)
}

/// Why a verdict is not certain.
public enum Doubt: Error, Sendable, Hashable {
  /// Some symbols may be something else.
  case symbols(SymbolDoubt)
  /// The notation can be understood in two ways that differ, for example 1,234.
  case ambiguous(String)
  /// The signs of the question or of the answer are no formula.
  case unreadable(ExercisePart, FormulaSyntaxError)
  /// The question is a number alone, as where its sign was not read, for example 46.2=.
  case nothingToCompute(String)
  /// The value cannot be computed.
  case notComputable(ArithmeticError)
}

/// A part of an exercise.
public enum ExercisePart: Sendable, Hashable {
  /// What is given.
  case question
  /// What the pupil wrote.
  case answer
}

/// Symbols that may be something else.
public struct SymbolDoubt: Sendable, Hashable {
  /// The part of the exercise that the symbols belong to.
  public let part: ExercisePart
  /// The indices of the symbols.
  public let symbols: [Int]
  /// What they may be, most probable first; empty texts for readings without them.
  public let readings: [String]

  /// Creates a doubt.
  ///
  /// - Parameters:
  ///   - part: the part of the exercise.
  ///   - symbols: the indices of the symbols.
  ///   - readings: what they may be, most probable first.
  public init(part: ExercisePart, symbols: [Int], readings: [String]) {
    self.part = part
    self.symbols = symbols
    self.readings = readings
  }

  /// Creates a doubt from the two readings that compete: what differs between them.
  init(_ part: ExercisePart, _ first: [Token], _ second: [Token]) {
    let prefix = zip(first, second).prefix { $0.sign == $1.sign }.count
    let shorter = min(first.count, second.count) - prefix
    let suffix = zip(first.reversed(), second.reversed()).prefix(shorter).prefix { $0.sign == $1.sign }.count
    let differing = [first, second].map { $0[prefix..<$0.count - suffix] }
    self.part = part
    symbols = (differing.first { $0.contains { !$0.symbols.isEmpty } } ?? []).flatMap(\.symbols)
    readings = differing.map(\.text)
  }
}

/// How far readings must be ahead of their rivals for a verdict, as differences of log-probabilities.
public struct VerdictMargins: Sendable, Hashable {
  /// The margins of one verdict.
  public struct Margin: Sendable, Hashable {
    /// How far the answer's reading must be ahead of readings with another verdict.
    public var answer: Double
    /// How far the question's reading must be ahead of readings with another verdict.
    public var question: Double

    /// Creates margins.
    ///
    /// - Parameters:
    ///   - answer: the margin of the answer's reading.
    ///   - question: the margin of the question's reading.
    public init(answer: Double, question: Double) {
      self.answer = answer
      self.question = question
    }
  }

  /// The margins of `right`: a misread question rarely makes a wrong answer right, a misread answer may.
  public var right: Margin
  /// The margins of `wrong`, and of an answer that is offered.
  public var wrong: Margin

  /// Creates margins.
  ///
  /// - Parameters:
  ///   - right: the margins of the verdict `right`.
  ///   - wrong: the margins of the verdict `wrong`, and of an answer that is offered.
  public init(right: Margin, wrong: Margin) {
    self.right = right
    self.wrong = wrong
  }

  /// Creates margins that are the same for both verdicts.
  ///
  /// - Parameter margin: the margin of all readings.
  public init(_ margin: Double) {
    let both = Margin(answer: margin, question: margin)
    self.init(right: both, wrong: both)
  }
}

/// How certain the ink makes a verdict: the leads that `VerdictMargins` ask for.
public struct VerdictEvidence: Sendable, Hashable {
  /// Whether the most probable readings make the answer right; nil where they make no verdict on an answer.
  public let isRight: Bool?
  /// How far the answer's reading is ahead of readings with another verdict.
  public let answerLead: Double
  /// How far the question's reading is ahead of readings with another verdict.
  public let questionLead: Double

  /// Creates evidence.
  ///
  /// - Parameters:
  ///   - isRight: whether the most probable readings make the answer right; nil where they make no verdict on an answer.
  ///   - answerLead: how far the answer's reading is ahead of readings with another verdict.
  ///   - questionLead: how far the question's reading is ahead of readings with another verdict.
  public init(isRight: Bool?, answerLead: Double, questionLead: Double) {
    (self.isRight, self.answerLead, self.questionLead) = (isRight, answerLead, questionLead)
  }
}
