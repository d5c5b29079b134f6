// Formulas and statements as presentation MathML.

import Basics

extension Formula {
  /// The formula as a `math` element of presentation MathML.
  public var mathML: String { MathML.document(element) }

  /// The formula as one element.
  var element: String {
    switch self {
    case .number(let literal): MathML.element("mn", MarkupText.escaped(literal.text))
    case .missing: MathML.element("mi", "□")
    case .group(let bracket, let inner):
      MathML.row([MathML.sign(bracket.opening), inner.element, MathML.sign(bracket.closing)])
    case .signed(let sign, let inner):
      MathML.row([MathML.sign(sign.rawValue), inner.element(atLeast: .percent)])
    case .sum(let first, let terms):
      MathML.row(
        [first.element(atLeast: .product)]
          + terms.flatMap { [MathML.sign($0.sign.rawValue), $0.formula.element(atLeast: .product)] })
    case .product(let first, let factors):
      MathML.row(
        [first.element(atLeast: .signed)]
          + factors.flatMap { factor in
            // U+2062 is the multiplication without a sign.
            [
              MathML.sign(factor.operation.sign ?? "\u{2062}"),
              factor.formula.element(atLeast: factor.operation == .implicit ? .fraction : .signed),
            ]
          })
    case .power(let base, let exponent):
      MathML.element("msup", base.element(atLeast: .primary) + exponent.element)
    case .fraction(let numerator, let denominator):
      MathML.element("mfrac", numerator.element + denominator.element)
    case .mixed(let whole, let numerator, let denominator):
      // U+2064 is the addition without a sign.
      MathML.row([whole.element, MathML.sign("\u{2064}"), Formula.fraction(numerator, denominator).element])
    case .percent(let inner): MathML.row([inner.element(atLeast: .fraction), MathML.sign("%")])
    case .remainder(let quotient, let remainder):
      MathML.row([
        quotient.element(atLeast: .primary), MathML.element("mi", "R"), remainder.element(atLeast: .primary),
      ])
    }
  }

  private func element(atLeast required: Level) -> String {
    level < required ? MathML.row([MathML.sign("("), element, MathML.sign(")")]) : element
  }
}

extension Statement {
  /// The statement as a `math` element of presentation MathML.
  public var mathML: String {
    MathML.document(
      MathML.row(
        [first.element]
          + steps.flatMap { step in
            [step.relation == .missing ? MathML.element("mi", "□") : MathML.sign(step.relation.rawValue)]
              + [step.side?.element].compactMap(\.self)
          }))
  }
}

/// Elements of MathML as text.
enum MathML {
  static func document(_ content: String) -> String {
    "<math xmlns=\"http://www.w3.org/1998/Math/MathML\">\(content)</math>"
  }

  static func element(_ name: String, _ content: String) -> String { "<\(name)>\(content)</\(name)>" }

  static func row(_ elements: [String]) -> String { element("mrow", elements.joined()) }

  /// An operator; the hyphen becomes the minus sign.
  static func sign(_ sign: Character) -> String {
    element("mo", sign == "-" ? "−" : MarkupText.escaped(String(sign)))
  }
}
