// The outcome of one reading of a question with one reading of its answer, both taken as certain.

/// The outcome of one reading of a question with one reading of its answer.
enum ExerciseOutcome: Hashable {
  case right(AnswerRemark?)
  case wrong(expected: ExpectedAnswer?, firstWrongStep: Int)
  case open(ExpectedAnswer?)
  case doubt(Doubt)
  case noExercise

  /// The outcome under every interpretation that the convention allows.
  init(_ question: [Token], _ answer: [Token], _ convention: NumberConvention) {
    let hasDigit = (question + answer).contains { $0.sign.isDigit }
    let asks = question.contains { Relation(rawValue: $0.sign) != nil }
    guard hasDigit, asks else {
      self = .noExercise
      return
    }
    do throws(Doubt) {
      let exercise = try Exercise(question, answer)
      self = exercise.outcome(convention)
    } catch {
      self = .doubt(error)
    }
  }
}
