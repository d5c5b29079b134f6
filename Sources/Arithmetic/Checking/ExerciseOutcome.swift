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
      // Nobody asks what a number is: a sign of the question was lost.
      if case .wrong = self, Self.isNumber(question.dropLast()), Self.isNumber(answer[...]) {
        self = .doubt(.nothingToCompute(question.text))
      }
    } catch {
      self = .doubt(error)
    }
  }

  private static func isNumber(_ tokens: ArraySlice<Token>) -> Bool {
    !tokens.isEmpty && tokens.allSatisfy { $0.sign.isDigitOrMark }
  }
}
