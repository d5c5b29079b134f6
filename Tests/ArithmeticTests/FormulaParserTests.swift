// Parsing and printing.

import Arithmetic
import Basics
import Foundation
import Testing

@Suite struct FormulaParserTests {
  #if DEBUG
  static let count = 10_000
  #else
  static let count = 100_000
  #endif

  @Test func parsingWhatWasPrintedGivesTheSameTree() throws {
    var formulas = RandomFormulas(seed: 1)
    formulas.hasGaps = true
    for _ in 0..<Self.count {
      let formula = formulas.formula()
      #expect(try FormulaParser.formula(formula.description) == formula, "\(formula)")
    }
    for _ in 0..<Self.count / 10 {
      let statement = formulas.statement()
      #expect(try FormulaParser.statement(statement.description) == statement, "\(statement)")
    }
  }

  @Test(arguments: [
    "1+2×3", "-2^2", "2^(-3)", "2^(3^2)", "(2^3)^2", "(1)/(2)", "2(1)/(2)", "(1)/(2)/(3)", "((1)/(2))^2",
    "2(3+4)",
    "{[(1)]}", "50%", "2R3", "_+1=3", "7_9", "12:5=2R2", "3×_=12", "1<2≤3≠4≥_", "12×3=", "2^_=8", "1/2=.5",
    "5±2", "3×-2",
    "2(_)/(3)", "[1]/(2)", "2^(1)/(2)",
  ])
  func plainTextIsKept(_ text: String) throws {
    let expected = text == "2^(1)/(2)" ? "2^1/(2)" : text
    #expect(try FormulaParser.statement(text).description == expected)
  }

  @Test func aFractionIsOneOperand() throws {
    #expect(try FormulaParser.formula("6/(1)/(2)").value() == Rational(12))
    #expect(try FormulaParser.formula("2(1)/(2)").value() == Rational(5, over: 2))
    #expect(try FormulaParser.formula("2×(1)/(2)").value() == Rational(1))
    #expect(try FormulaParser.formula("(6)/(3)^2").value() == Rational(2, over: 3))
  }

  @Test(arguments: [
    "", "+", "1+", "1++", "2)", "(1", "1 = = 2", "2^", "12 3)", "a", "1..a", "()", "3)4", "(2)3", "%", "R2",
    "1+2R3",
  ])
  func whatIsNoStatementIsAnError(_ text: String) {
    #expect(throws: FormulaSyntaxError.self) { try FormulaParser.statement(text) }
  }

  @Test func aTreeThatCannotBeParsedIsPrintedWithItsValue() throws {
    let (one, two, three): (Formula, Formula, Formula) = (.number("1"), .number("2"), .number("3"))
    let sum = Formula.sum(one, [Formula.Term(.plus, two)])
    let half = Formula.fraction(one, two)
    let formulas: [Formula] = [
      .product(sum, [Formula.Factor(.cross, sum)]), .power(sum, two), .power(half, two),
      .power(.power(two, three), two),
      .percent(half), .signed(.minus, sum), .product(two, [Formula.Factor(.implicit, half)]),
      .product(.group(.round, one), [Formula.Factor(.slash, half)]),
      .product(
        two, [Formula.Factor(.implicit, .group(.round, one)), Formula.Factor(.slash, .group(.round, two))]),
      .product(sum, [Formula.Factor(.slash, .fraction(two, three))]),
      .product(.signed(.minus, two), [Formula.Factor(.implicit, half)]),
      .product(.signed(.minus, .group(.round, two)), [Formula.Factor(.slash, half)]),
    ]
    for formula in formulas {
      #expect(try FormulaParser.formula(formula.description).value() == formula.value(), "\(formula)")
    }
  }

  @Test func deepNestingIsAnErrorAndNoOverflow() {
    for text in ["(", "2^", "(1)/(", "-", "2^-", "2(", "(1)/(2)^(", "1(1)/("] {
      #expect(throws: FormulaSyntaxError.self) {
        try FormulaParser.statement(String(repeating: text, count: 20_000))
      }
    }
    let long = (0..<20_000).map(String.init).joined(separator: "+")
    #expect(throws: Never.self) { try FormulaParser.formula(long).value() }
  }

  @Test func anyTextIsReadOrRefused() throws {
    var random = Xoshiro256(seed: 5)
    let signs = Array("0123456789+-±×·÷:/=<>≤≥≠()[]{}.,R_^%?a")
    for _ in 0..<Self.count {
      let text = String((0..<random.index(below: 14)).map { _ in signs[random.index(below: signs.count)] })
      guard let statement = try? FormulaParser.statement(text) else { continue }
      #expect(try FormulaParser.statement(statement.description) == statement, "\(text)")
    }
  }

  @Test(arguments: [
    ("(1)/(2)+2^(3)", "\\frac{1}{2} + 2^{3}"),
    ("2(1)/(2)×{1,5}", "2\\frac{1}{2} \\times \\left\\{1{,}5\\right\\}"),
    ("12:5=2R2", "12 : 5 = 2\\ \\mathrm{R}\\ 2"), ("3·_≤50%", "3 \\cdot \\square \\le 50\\%"),
    ("7_9", "7 \\square 9"), ("-[1±2]÷3=", "-\\left[1 \\pm 2\\right] \\div 3 ="),
  ])
  func laTeX(_ text: String, _ latex: String) throws {
    #expect(try FormulaParser.statement(text).latex == latex)
  }

  @Test func mathML() throws {
    #expect(
      try FormulaParser.statement("(1)/(2)-2^3<_").mathML
        == "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mrow><mrow><mfrac><mn>1</mn><mn>2</mn></mfrac>"
        + "<mo>−</mo><msup><mn>2</mn><mn>3</mn></msup></mrow><mo>&lt;</mo><mi>□</mi></mrow></math>")
    #expect(try FormulaParser.formula("2(3)%").mathML.contains("<mo>\u{2062}</mo>"))
    #expect(try FormulaParser.formula("2(3)/(4)").mathML.contains("<mo>\u{2064}</mo><mfrac>"))
  }
}
