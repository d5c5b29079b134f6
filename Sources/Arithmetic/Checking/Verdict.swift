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

/// How far a reading must be ahead of its rivals, as differences of log-probabilities.
public struct VerdictMargins: Sendable, Hashable {
  /// How far the expected answer must be ahead of every other reading of the answer for the verdict `right`.
  public var right: Double
  /// How far another reading must be ahead of the expected answer for the verdict `wrong`.
  public var wrong: Double
  /// How far the question's reading must be ahead of readings with another answer.
  public var question: Double

  /// Creates margins.
  ///
  /// - Parameters:
  ///   - right: the margin for the verdict `right`.
  ///   - wrong: the margin for the verdict `wrong`.
  ///   - question: the margin for the question.
  public init(right: Double, wrong: Double, question: Double) {
    self.right = right
    self.wrong = wrong
    self.question = question
  }
}
