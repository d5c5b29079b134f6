// From signs in reading order to syntax trees.

/// Signs that are no formula: where, and what was expected there.
public struct FormulaSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The position of the token; the count of tokens at the end.
  public let position: Int
  /// What was expected there.
  public let expected: String

  /// One sentence.
  public var description: String { "expected \(expected) at sign \(position + 1)" }
}

/// A parser by recursive descent for the plain text of formulas and statements.
///
/// Products bind tighter than sums, both from left to right; powers bind tightest, and a sign before a power belongs to
/// the whole power. `(a)/(b)` is a fraction with a bar, and `2(1)/(2)` a mixed number.
public struct FormulaParser: Sendable {
  /// The deepest nesting of brackets, fractions and exponents.
  public static let depthLimit = 64

  private let signs: [Character]
  /// For each opening round bracket the position of its closing bracket.
  private let closing: [Int: Int]
  private var position = 0
  private var depth = 0

  private init(_ signs: [Character]) {
    self.signs = signs
    var open: [Int] = []
    var closing: [Int: Int] = [:]
    for (index, sign) in signs.enumerated() {
      if sign == "(" { open.append(index) }
      if sign == ")", let start = open.popLast() { closing[start] = index }
    }
    self.closing = closing
  }

  /// Parses a formula.
  ///
  /// - Parameter tokens: its tokens.
  /// - Returns: the syntax tree.
  /// - Throws: where the tokens are no formula.
  public static func formula(_ tokens: some Sequence<Token>) throws(FormulaSyntaxError) -> Formula {
    var parser = FormulaParser(tokens.map(\.sign))
    let formula = try parser.side()
    try parser.expectEnd()
    return formula
  }

  /// Parses a formula in plain text.
  ///
  /// - Parameter text: the text.
  /// - Returns: the syntax tree.
  /// - Throws: where the text is no formula.
  public static func formula(_ text: String) throws(FormulaSyntaxError) -> Formula {
    try formula(Token.tokens(of: text))
  }

  /// Parses a statement.
  ///
  /// - Parameter tokens: its tokens.
  /// - Returns: the statement; without steps if the tokens are a formula alone.
  /// - Throws: where the tokens are no statement.
  public static func statement(_ tokens: some Sequence<Token>) throws(FormulaSyntaxError) -> Statement {
    var parser = FormulaParser(tokens.map(\.sign))
    var statement = Statement(try parser.side())
    while let sign = parser.next, let relation = Relation(rawValue: sign) {
      parser.position += 1
      let side = parser.next == nil ? nil : try parser.side()
      statement.steps.append(Statement.Step(relation, side))
    }
    try parser.expectEnd()
    return statement
  }

  /// Parses a statement in plain text.
  ///
  /// - Parameter text: the text.
  /// - Returns: the statement.
  /// - Throws: where the text is no statement.
  public static func statement(_ text: String) throws(FormulaSyntaxError) -> Statement {
    try statement(Token.tokens(of: text))
  }

  // MARK: - The grammar

  // side = sum | operand "R" operand
  private mutating func side() throws(FormulaSyntaxError) -> Formula {
    let quotient = try sum()
    guard take("R") else { return quotient }
    switch quotient {
    case .number, .missing: return .remainder(quotient, try numberOrMissing())
    default:
      position -= 1
      throw error("an operation or the end")
    }
  }

  // sum = product { sign product }
  private mutating func sum() throws(FormulaSyntaxError) -> Formula {
    let first = try product()
    var terms: [Formula.Term] = []
    while let sign = takeSign() { terms.append(Formula.Term(sign, try product())) }
    return terms.isEmpty ? first : .sum(first, terms)
  }

  // product = factor { operation factor | group }
  private mutating func product() throws(FormulaSyntaxError) -> Formula {
    let first = try factor()
    var factors: [Formula.Factor] = []
    while let next {
      if let operation = Self.operations[next] {
        position += 1
        factors.append(Formula.Factor(operation, try factor()))
      } else if Self.brackets[next] != nil {
        factors.append(Formula.Factor(.implicit, try factor()))
      } else {
        break
      }
    }
    return factors.isEmpty ? first : .product(first, factors)
  }

  // factor = [ sign ] power [ "%" ]
  private mutating func factor() throws(FormulaSyntaxError) -> Formula {
    if let sign = takeSign() { return .signed(sign, try percent()) }
    return try percent()
  }

  private mutating func percent() throws(FormulaSyntaxError) -> Formula {
    let formula = try power()
    return take("%") ? .percent(formula) : formula
  }

  // power = primary [ "^" exponent ]
  private mutating func power() throws(FormulaSyntaxError) -> Formula {
    let base = try primary()
    guard take("^") else { return base }
    switch base {
    case .fraction, .mixed:
      // Printed without a bracket of its own, it would read differently.
      position -= 1
      throw error("brackets around the base of the power")
    default: return .power(base, try exponent())
    }
  }

  // exponent = "(" sum ")" | [ sign ] operand [ "^" exponent ]
  private mutating func exponent() throws(FormulaSyntaxError) -> Formula {
    try nested { (parser) throws(FormulaSyntaxError) in
      if parser.take("(") {
        let formula = try parser.sum()
        try parser.expect(")")
        return formula
      }
      let sign = parser.takeSign()
      let base = try parser.numberOrMissing()
      let formula = parser.take("^") ? Formula.power(base, try parser.exponent()) : base
      return sign.map { .signed($0, formula) } ?? formula
    }
  }

  // primary = number | "_" | group | fraction | mixed number
  private mutating func primary() throws(FormulaSyntaxError) -> Formula {
    guard let next else { throw error("a number") }
    if let bracket = Self.brackets[next] {
      if isFraction(at: position) {
        let (numerator, denominator) = try fraction()
        return .fraction(numerator, denominator)
      }
      return .group(bracket, try group(bracket))
    }
    let number = try numberOrMissing()
    guard number.isPlain, isPlainFraction(at: position) else { return number }
    let (numerator, denominator) = try fraction()
    return .mixed(number, numerator, denominator)
  }

  private mutating func group(_ bracket: Formula.Bracket) throws(FormulaSyntaxError) -> Formula {
    position += 1
    return try nested { (parser) throws(FormulaSyntaxError) in
      let formula = try parser.sum()
      try parser.expect(bracket.closing)
      return formula
    }
  }

  private mutating func fraction() throws(FormulaSyntaxError) -> (Formula, Formula) {
    let numerator = try group(.round)
    try expect("/")
    return (numerator, try group(.round))
  }

  /// Whether two groups with a slash between them stand at a position.
  ///
  /// A group with a power or a per cent sign is not a denominator.
  private func isFraction(at start: Int) -> Bool {
    guard let middle = closing[start], sign(at: middle + 1) == "/", let end = closing[middle + 2] else {
      return false
    }
    return sign(at: end + 1) != "^" && sign(at: end + 1) != "%"
  }

  /// Whether a fraction of two integers, or missing ones, stands at a position.
  private func isPlainFraction(at start: Int) -> Bool {
    guard isFraction(at: start), let middle = closing[start], let end = closing[middle + 2] else {
      return false
    }
    return [start + 1..<middle, middle + 3..<end].allSatisfy { range in
      !range.isEmpty && (signs[range].allSatisfy(\.isDigit) || signs[range] == ["_"])
    }
  }

  private mutating func numberOrMissing() throws(FormulaSyntaxError) -> Formula {
    if take("_") { return .missing }
    let start = position
    while let next, next.isDigitOrMark { position += 1 }
    let text = String(signs[start..<position])
    guard text.contains(where: \.isDigit) else {
      position = start
      throw error("a number")
    }
    return .number(NumberLiteral(text))
  }

  // MARK: - Signs

  private static let operations: [Character: Formula.Operation] = Dictionary(
    uniqueKeysWithValues: Formula.Operation.allCases.compactMap { operation in
      operation.sign.map { ($0, operation) }
    })
  private static let brackets: [Character: Formula.Bracket] = Dictionary(
    uniqueKeysWithValues: Formula.Bracket.allCases.map { ($0.opening, $0) })

  private var next: Character? { sign(at: position) }

  private func sign(at index: Int) -> Character? { index < signs.count ? signs[index] : nil }

  private mutating func take(_ sign: Character) -> Bool {
    if next != sign { return false }
    position += 1
    return true
  }

  private mutating func takeSign() -> Formula.Sign? {
    guard let next, let sign = Formula.Sign(rawValue: next) else { return nil }
    position += 1
    return sign
  }

  private mutating func expect(_ sign: Character) throws(FormulaSyntaxError) {
    if !take(sign) { throw error("'\(sign)'") }
  }

  private func expectEnd() throws(FormulaSyntaxError) {
    if next != nil { throw error("an operation or the end") }
  }

  private func error(_ expected: String) -> FormulaSyntaxError {
    FormulaSyntaxError(position: position, expected: expected)
  }

  private mutating func nested(
    _ body: (inout FormulaParser) throws(FormulaSyntaxError) -> Formula
  ) throws(FormulaSyntaxError) -> Formula {
    guard depth < Self.depthLimit else { throw error("fewer nested brackets") }
    depth += 1
    let formula = try body(&self)
    depth -= 1
    return formula
  }
}

extension Formula {
  /// Whether it is digits alone, or a missing operand.
  var isPlain: Bool {
    if case .number(let literal) = self { return literal.isPlainInteger }
    return self == .missing
  }
}

extension Character {
  /// Whether it is one of the digits 0 to 9.
  var isDigit: Bool { asciiValue.map { (0x30...0x39).contains($0) } ?? false }
  /// Whether a number can contain it.
  var isDigitOrMark: Bool { isDigit || self == "." || self == "," }
}
