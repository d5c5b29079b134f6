// Exact values.

import Arithmetic
import Basics
import Foundation
import TestSupport
import Testing

@Suite struct FormulaValueTests {
  private func value(_ text: String, _ interpretation: Interpretation = Interpretation()) throws -> Rational {
    try FormulaParser.formula(text).value(interpretation)
  }

  @Test(arguments: [
    ("2+3×4", 14, 1), ("(2+3)×4", 20, 1), ("20-5-3", 12, 1), ("20:5:2", 2, 1), ("2^3^2", 512, 1),
    ("-2^2", -4, 1),
    ("(-2)^2", 4, 1), ("2^(-2)", 1, 4), ("50%", 1, 2), ("200×5%", 10, 1), ("0.1+0.2", 3, 10), (".5", 1, 2),
    ("1,234.5", 2469, 2), ("2(3+4)", 14, 1), ("2(1)/(2)", 5, 2), ("(3)/(4)-(1)/(4)", 1, 2),
    ("6÷2(1+2)", 9, 1),
    ("(1)^999999", 1, 1), ("(-1)^999999", -1, 1), ("0^5", 0, 1), ("[2×{3+1}]", 8, 1), ("007", 7, 1),
    ("+5--3", 8, 1),
  ])
  func values(_ text: String, _ numerator: Int, _ denominator: Int) throws {
    #expect(try value(text) == Rational(Int128(numerator), over: Int128(denominator)))
  }

  @Test(arguments: [
    ("1:0", ArithmeticError.divisionByZero), ("(1)/(3-3)", .divisionByZero), ("0^0", .zeroToThePowerOfZero),
    ("0^(-1)", .divisionByZero), ("2^200", .tooLarge), ("2^(-200)", .tooLarge),
    ("2^(1/2)", .fractionalExponent),
    ("5±2", .severalValues), ("3+_", .missingOperand), ("12R3", .remainder),
    ("1.2.3", .malformedNumber("1.2.3")),
    ("9999999999^4", .tooLarge), ("1:170141183460469231731687303715884105727-1:3", .tooLarge),
    ("999999999999999999999999999999999999999999", .tooLarge), ("2^(9^9^9)", .tooLarge),
  ])
  func whatHasNoValueIsAnError(_ text: String, _ error: ArithmeticError) {
    #expect(throws: error) { try value(text) }
  }

  @Test func largeProductsThatFitAreComputed() throws {
    let large = try Rational(Int128.max, over: 3)
    #expect(try large * Rational(3) == Rational(Int128.max, over: 1))
    #expect(throws: ArithmeticError.tooLarge) { try large + Rational(Int128.max, over: 1) }
    #expect(throws: ArithmeticError.tooLarge) { try Rational(.min, over: 1) }
    let smaller = try Rational(Int128.max - 1, over: 3)
    #expect(smaller < large)
    #expect(-large < Rational(0))
  }

  @Test func theDecimalMarkDecides() throws {
    let comma = Interpretation(decimalMark: .comma)
    #expect(try value("1,234", Interpretation()) == Rational(1234))
    #expect(try value("1,234", comma) == Rational(1234, over: 1000))
    #expect(try value("1.234,5", comma) == Rational(2469, over: 2))
    #expect(throws: ArithmeticError.malformedNumber("1,234")) {
      try value("1,234", Interpretation(decimalMark: nil))
    }
    #expect(try value("0,234", Interpretation(decimalMark: nil)) == Rational(234, over: 1000))
    #expect(try value("1.5+2,5", Interpretation(decimalMark: nil)) == Rational(4))
    for text in ["1,23", "1234,567", "0,123", ",5", "12,", "1,2,3"] {
      #expect(!NumberLiteral(text).isValid(.point), "\(text)")
    }
  }

  @Test func aProductWithoutASignMayComeFirst() throws {
    #expect(try value("6÷2(1+2)", Interpretation(implicitProductFirst: true)) == Rational(1))
    #expect(try value("6×2(1+2):4", Interpretation(implicitProductFirst: true)) == Rational(9))
  }

  @Test(arguments: [
    ("3×_", 12, "4"), ("_:4", 3, "12"), ("12:_", 3, "4"), ("5-_", 2, "3"), ("_^2", 49, "7"), ("2^_", 32, "5"),
    ("2^_", 1, "0"), ("(_)/(4)", 2, "8"), ("2(_)/(4)", 2, "0"), ("_%", 2, "200"), ("-(_+1)×2", 6, "-4"),
    ("3×_", 1, "(1)/(3)"),
    ("_^3", -8, "-2"),
  ])
  func missingOperands(_ text: String, _ target: Int, _ operand: String) throws {
    let found = try FormulaParser.formula(text).missingOperand(giving: Rational(target))
    #expect(found.map { Formula($0).description } == operand)
  }

  @Test(arguments: [
    ("0×_", 5), ("0×_", 0), ("_+_", 5), ("_^2", 2), ("1^_", 1), ("_×0+1", 1), ("12:_", 0), ("3", 3),
  ])
  func operandsThatDoNotExistOrAreNotUnique(_ text: String, _ target: Int) throws {
    #expect(try FormulaParser.formula(text).missingOperand(giving: Rational(target)) == nil)
  }

  @Test func decimals() throws {
    #expect(Formula.decimal(try Rational(-5, over: 4), .comma)?.description == "-1,25")
    #expect(Formula.decimal(try Rational(1, over: 125), .point)?.description == "0.008")
    #expect(Formula.decimal(try Rational(1, over: 3), .point) == nil)
    #expect(Formula.decimal(Rational(7), .point)?.description == "7")
    #expect(Formula.decimal(try Rational(.max, over: 2), .point) == nil)
  }

  // MARK: - Against other evaluators

  @Test func valuesAreThoseOfAnEvaluatorWithAStack() throws {
    var formulas = RandomFormulas(seed: 2)
    formulas.hasFractions = false
    var compared = 0
    for _ in 0..<FormulaParserTests.count {
      let formula = formulas.formula()
      guard let value = try? formula.value(), let other = StackEvaluator.value(formula.description) else {
        continue
      }
      let exact = Double(value.numerator) / Double(value.denominator)
      #expect(
        abs(exact - other) <= 1e-6 * max(1, abs(exact), StackEvaluator.largest(formula.description)),
        "\(formula)")
      compared += 1
    }
    #expect(compared > FormulaParserTests.count / 2)
  }

  @Test func valuesAreThoseOfPythonFractions() throws {
    guard (try? ProgramRun(["python3", "-c", "print(1)"]))?.text == "1\n" else { return }
    // Python's own parser reads the plain text where it can; else the tree with all its brackets.
    var formulas = RandomFormulas(seed: 3)
    var lines: [String] = []
    var values: [String] = []
    while lines.count < 10_000 {
      formulas.hasFractions.toggle()
      let formula = formulas.formula()
      lines.append(formulas.hasFractions ? formula.python : "text " + formula.description)
      do throws(ArithmeticError) {
        let value = try formula.value()
        values.append("\(value.numerator)/\(value.denominator)")
      } catch {
        values.append("\(error)")
      }
    }
    let program = """
      import re, sys
      from fractions import Fraction as F
      if hasattr(sys, "set_int_max_str_digits"): sys.set_int_max_str_digits(0)
      class TooLarge(Exception): pass
      class N(F):
        def __pow__(a, b):
          if b.denominator != 1: raise TooLarge
          if a == 0 and b == 0: raise TooLarge
          if a == 0 and b < 0: raise ZeroDivisionError
          if abs(a) not in (0, 1) and abs(b) > 127: raise TooLarge
          return N(F(a) ** int(b))
        def __add__(a, b): return N(F(a) + F(b))
        def __sub__(a, b): return N(F(a) - F(b))
        def __mul__(a, b): return N(F(a) * F(b))
        def __truediv__(a, b): return N(F(a) / F(b))
        def __neg__(a): return N(-F(a))
        def __pos__(a): return a
      for line in sys.stdin:
        line = line.strip()
        if line.startswith("text "):
          line = re.sub(r"[\\[{]", "(", re.sub(r"[\\]}]", ")", line[5:]))
          line = re.sub(r"[0-9.]+", lambda m: "N('" + m.group() + "')", line)
          line = re.sub(r"\\)\\(", ")*(", line)
          line = re.sub(r"[×·]", "*", re.sub(r"[÷:]", "/", line)).replace("^", "**")
        try:
          value = eval(line)
          print(f"{value.numerator}/{value.denominator}")
        except (TooLarge, ZeroDivisionError, OverflowError) as error:
          print("error")
      """
    let run = try ProgramRun(["python3", "-c", program], input: Data(lines.joined(separator: "\n").utf8))
    let others = run.text.split(separator: "\n")
    #expect(others.count == lines.count, "\(run.errors)")
    var equal = 0
    for (index, (value, other)) in zip(values, others).enumerated() {
      if value.contains("/"), !value.contains(" ") {
        #expect(value == other, "\(lines[index])")
        equal += 1
      } else if value != ArithmeticError.tooLarge.description {
        #expect(other == "error", "\(lines[index]): \(value)")
      }
    }
    #expect(equal > 7_000)
  }
}

extension Formula {
  /// The formula as Python with all its brackets.
  fileprivate var python: String {
    switch self {
    case .number(let literal): return "N('\(literal.text)')"
    case .group(_, let inner): return inner.python
    case .signed(let sign, let inner): return "(\(sign.rawValue)\(inner.python))"
    case .sum(let first, let terms):
      return terms.reduce(first.python) { "(\($0)\($1.sign.rawValue)\($1.formula.python))" }
    case .product(let first, let factors):
      return factors.reduce(first.python) {
        "(\($0)\($1.operation.isDivision ? "/" : "*")\($1.formula.python))"
      }
    case .power(let base, let exponent): return "(\(base.python)**\(exponent.python))"
    case .fraction(let numerator, let denominator): return "(\(numerator.python)/\(denominator.python))"
    case .mixed(let whole, let numerator, let denominator):
      return "(\(whole.python)+\(numerator.python)/\(denominator.python))"
    case .percent(let inner): return "(\(inner.python)/N(100))"
    case .missing, .remainder: return "None"
    }
  }
}

/// An evaluator with two stacks (Dijkstra's shunting yard) for formulas without fractions: another method than the parser's.
private enum StackEvaluator {
  static func value(_ text: String) -> Double? {
    var values: [Double] = []
    var operations: [Character] = []
    let rank: [Character: Int] = ["+": 1, "-": 1, "×": 2, "·": 2, "÷": 2, ":": 2, "/": 2, "~": 3, "^": 4]
    func apply() -> Bool {
      guard let operation = operations.popLast(), let right = values.popLast() else { return false }
      if operation == "~" {
        values.append(-right)
        return true
      }
      guard let left = values.popLast() else { return false }
      switch operation {
      case "+": values.append(left + right)
      case "-": values.append(left - right)
      case "×", "·": values.append(left * right)
      case "^": values.append(pow(left, right))
      default: values.append(left / right)
      }
      return true
    }
    func push(_ operation: Character) -> Bool {
      while let last = operations.last, let lastRank = rank[last], let own = rank[operation],
        operation == "~" ? false : operation == "^" ? lastRank > own : lastRank >= own
      {
        if !apply() { return false }
      }
      operations.append(operation)
      return true
    }
    var before: Character = "("
    var rest = Substring(text)
    while let next = rest.first {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      if let value = Double(String(number)), !number.isEmpty {
        values.append(value)
        rest = rest.dropFirst(number.count)
        before = "0"
        continue
      }
      rest = rest.dropFirst()
      switch next {
      case "(", "[", "{":
        if ("0)]}").contains(before), !push("×") { return nil }
        operations.append("(")
      case ")", "]", "}":
        while let last = operations.last, last != "(" { if !apply() { return nil } }
        operations.removeLast()
      case "-" where !("0)]}").contains(before): if !push("~") { return nil }
      default: if !push(next) { return nil }
      }
      before = next
    }
    while !operations.isEmpty { if !apply() { return nil } }
    return values.count == 1 && values[0].isFinite ? values[0] : nil
  }

  /// A bound for the intermediate results, which rounding errors are in proportion to.
  static func largest(_ text: String) -> Double {
    var positive = text.replacing("-", with: "+")
    while positive.contains("++") || positive.contains("(+") || positive.hasPrefix("+") {
      positive = positive.replacing("++", with: "+").replacing("(+", with: "(")
      if positive.hasPrefix("+") { positive.removeFirst() }
    }
    return value(positive).map(abs) ?? .infinity
  }
}
