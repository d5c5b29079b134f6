// A question with its answer in place.

/// A question with its answer in place.
struct Exercise {
  let question: [Token]
  let answer: [Token]
  let statement: Statement

  /// The verdict on a reading of a question and one of its answer, both taken as certain.
  static func outcome(_ question: [Token], _ answer: [Token], _ convention: NumberConvention) -> Verdict {
    let hasDigit = (question + answer).contains { $0.sign.isDigit }
    let asks = question.contains { Relation(rawValue: $0.sign) != nil }
    guard hasDigit, asks else { return .noExercise }
    do throws(Doubt) { return try Exercise(question, answer).outcome(convention) } catch {
      return .unsure([error])
    }
  }

  private init(_ question: [Token], _ answer: [Token]) throws(Doubt) {
    self.question = question
    self.answer = answer
    _ = try Self.statement(question, in: .question)
    statement = try Self.statement(Self.joined(question, answer), in: .answer)
  }

  private static func statement(_ tokens: [Token], in part: ExercisePart) throws(Doubt) -> Statement {
    do throws(FormulaSyntaxError) { return try FormulaParser.statement(tokens) } catch {
      throw .unreadable(part, error)
    }
  }

  /// The question with the answer in the place of the first missing operand or relation, or else behind it.
  static func joined(_ question: [Token], _ answer: [Token]) -> [Token] {
    guard !answer.isEmpty else { return question }
    guard let blank = question.firstIndex(where: { $0.sign == "_" }) else { return question + answer }
    let before = question[..<blank]
    let after = question[(blank + 1)...]
    func isBoundary(_ token: Token?) -> Bool { token.map { Relation(rawValue: $0.sign) != nil } ?? true }
    let isPart = !isBoundary(before.last) || !isBoundary(after.first)
    // A formula in the place of one operand is computed first.
    let isFormula = answer.count > 1 && !answer.allSatisfy { $0.sign.isDigitOrMark }
    return before + (isPart && isFormula ? [Token("(")] + answer + [Token(")")] : answer) + after
  }

  /// What a part of the exercise reads as with a decimal mark: decimal points, and no marks between groups of digits.
  private static func normalised(_ tokens: [Token], _ mark: DecimalMark) -> [Token] {
    tokens.compactMap { token in
      token.sign == mark.groupSign
        ? nil : token.sign == mark.sign ? Token(".", symbols: token.symbols) : token
    }
  }

  /// The numbers of a part of the exercise.
  private static func literals(_ tokens: [Token]) -> [NumberLiteral] {
    tokens.text.split { !$0.isDigitOrMark }.map { NumberLiteral(String($0)) }
  }

  private static func isValid(_ tokens: [Token], _ mark: DecimalMark) -> Bool {
    literals(tokens).allSatisfy { $0.isValid(mark) }
  }

  /// The outcome under every interpretation that the convention allows.
  private func outcome(_ convention: NumberConvention) -> Verdict {
    var outcomes: [Verdict] = []
    for mark in marks(convention) {
      for colon in colons(convention) {
        for implicitProductFirst in isImplicitProductAmbiguous ? [false, true] : [false] {
          let interpretation = Interpretation(colon: colon, implicitProductFirst: implicitProductFirst)
          outcomes.append(outcome(mark, interpretation, convention))
        }
      }
    }
    guard let first = outcomes.first else {
      let malformed = Self.literals(question + answer).first { literal in
        !DecimalMark.allCases.contains(where: literal.isValid)
      }
      return .unsure([.notComputable(.malformedNumber(malformed?.text ?? question.text))])
    }
    if outcomes.allSatisfy({ $0 == first }) { return first }
    let steps = outcomes.compactMap { if case .wrong(_, let step) = $0 { step } else { nil } }
    if steps.count == outcomes.count { return .wrong(expected: nil, firstWrongStep: steps.min() ?? 1) }
    return .unsure([.ambiguous(ambiguousText)])
  }

  /// The outcome with a decimal mark in the question, and the same in the answer where that is possible.
  private func outcome(
    _ mark: DecimalMark, _ interpretation: Interpretation, _ convention: NumberConvention
  ) -> Verdict {
    let other: DecimalMark = mark == .point ? .comma : .point
    let canUseOther = convention.decimalMark == nil && Self.isValid(answer, other)
    guard Self.isValid(answer, mark) else {
      return canUseOther
        ? outcome(mark, other, interpretation)
        : .unsure([.notComputable(.malformedNumber(answer.text))])
    }
    let same = outcome(mark, mark, interpretation)
    // An answer in the other notation may turn `wrong` into a doubt, and nothing into `right`.
    if case .wrong = same, canUseOther, case .right = outcome(mark, other, interpretation) {
      return .unsure([.ambiguous(answer.text)])
    }
    return same
  }

  /// The outcome with a decimal mark in the question and one in the answer.
  private func outcome(
    _ questionMark: DecimalMark, _ answerMark: DecimalMark, _ interpretation: Interpretation
  ) -> Verdict {
    let given = Self.normalised(question, questionMark)
    let whole = Self.joined(given, Self.normalised(answer, answerMark))
    guard let asked = try? FormulaParser.statement(given), let statement = try? FormulaParser.statement(whole)
    else { return .noExercise }
    let check = StatementCheck(statement: statement, interpretation: interpretation)
    do throws(ArithmeticError) {
      let isOpen =
        statement.steps.last?.side == nil || statement.sides.contains { $0.missingCount > 0 }
        || statement.steps.contains { $0.relation == .missing }
      if let step = try isOpen ? firstWrongWrittenStep(check) : check.firstWrongStep() {
        return .wrong(expected: try expected(asked, interpretation), firstWrongStep: step)
      }
      if isOpen || isUnfinished(interpretation) {
        return .open(try expected(asked, interpretation))
      }
      return .right(Self.remark(answer.isEmpty ? statement.sides.last : answerFormula, interpretation))
    } catch {
      return .unsure([.notComputable(error)])
    }
  }

  /// The first wrong step of a solution that is not finished; nil where nothing is wrong so far.
  private func firstWrongWrittenStep(_ check: StatementCheck) throws(ArithmeticError) -> Int? {
    guard answer.contains(where: { $0.sign.isDigit }),
      check.statement.sides.allSatisfy({ $0.missingCount == 0 })
    else { return nil }
    return try check.firstWrongStep()
  }

  private func expected(
    _ asked: Statement, _ interpretation: Interpretation
  ) throws(ArithmeticError) -> ExpectedAnswer? {
    let check = StatementCheck(statement: asked, interpretation: interpretation)
    if answer.contains(where: { $0.sign == "R" }), let expected = try check.expectedRemainder() {
      return expected
    }
    return try check.expected()
  }

  /// Whether the answer's last step is still a formula, as in 56 × 9 + 91 = 504 + 91.
  private func isUnfinished(_ interpretation: Interpretation) -> Bool {
    guard !answer.isEmpty, !question.contains(where: { $0.sign == "_" }),
      let last = statement.steps.last?.side
    else { return false }
    let isRatio = interpretation.colon == .ratio && last.ratio != nil
    return !last.isFinal && !isRatio && !statement.first.isFinal
  }

  private var answerFormula: Formula? {
    let last = answer.split { Relation(rawValue: $0.sign) != nil }.last ?? []
    return try? FormulaParser.formula(last)
  }

  private static func remark(_ formula: Formula?, _ interpretation: Interpretation) -> AnswerRemark? {
    switch formula {
    case .signed(_, let inner): remark(inner, interpretation)
    case .mixed(_, let numerator, let denominator): remark(.fraction(numerator, denominator), interpretation)
    case .product(let first, let factors) where factors.count == 1 && factors[0].operation == .slash:
      remark(.fraction(first, factors[0].formula), interpretation)
    case .fraction(let numerator, let denominator) where numerator.isPlain && denominator.isPlain:
      if let value = try? Formula.fraction(numerator, denominator).value(interpretation),
        let written = try? denominator.value(interpretation), written.numerator != value.denominator
      {
        .reducible(value)
      } else {
        nil
      }
    default: nil
    }
  }

  // MARK: - Interpretations

  /// The decimal marks that the question may use.
  private func marks(_ convention: NumberConvention) -> [DecimalMark] {
    let marks = convention.decimalMark.map { [$0] } ?? DecimalMark.allCases
    let valid = marks.filter { Self.isValid(question, $0) }
    // Without marks in the question both read alike; the answer alone decides then.
    let hasMarks = question.contains { $0.sign.isDigitOrMark && !$0.sign.isDigit }
    if hasMarks || valid.count < 2 { return valid }
    let inAnswer = valid.filter { Self.isValid(answer, $0) }
    let answerHasMarks = answer.contains { $0.sign.isDigitOrMark && !$0.sign.isDigit }
    return answerHasMarks && !inAnswer.isEmpty ? inAnswer : [.point]
  }

  private func colons(_ convention: NumberConvention) -> [ColonMeaning] {
    if let colon = convention.colon { return [colon] }
    return statement.sides.count { $0.ratio != nil } > 1 ? ColonMeaning.allCases : [.division]
  }

  /// Whether a multiplication without a sign follows a division.
  private var isImplicitProductAmbiguous: Bool {
    statement.sides.contains { side in
      side.contains { formula in
        guard case .product(_, let factors) = formula,
          let division = factors.firstIndex(where: { $0.operation.isDivision })
        else { return false }
        return factors[division...].contains { $0.operation == .implicit }
      }
    }
  }

  /// What can be understood in two ways: a number, or else the whole question.
  private var ambiguousText: String {
    let literal = Self.literals(question + answer).first { literal in
      DecimalMark.allCases.allSatisfy(literal.isValid) && !literal.isPlainInteger
    }
    return literal?.text ?? question.text
  }
}
