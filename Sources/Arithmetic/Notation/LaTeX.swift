// Formulas and statements as LaTeX.

extension Formula {
  /// The formula as LaTeX for mathematics mode.
  public var latex: String {
    switch self {
    case .number(let literal): literal.text.replacing(",", with: "{,}")
    case .missing: "\\square"
    case .group(let bracket, let inner):
      bracket == .curly
        ? "\\left\\{\(inner.latex)\\right\\}"
        : "\\left\(bracket.opening)\(inner.latex)\\right\(bracket.closing)"
    case .signed(let sign, let inner): Self.latex(sign) + inner.latex(atLeast: .percent)
    case .sum(let first, let terms):
      terms.reduce(first.latex(atLeast: .product)) {
        "\($0) \(Self.latex($1.sign)) " + $1.formula.latex(atLeast: .product)
      }
    case .product(let first, let factors):
      factors.reduce(first.latex(atLeast: .signed)) {
        $0 + Self.latex($1.operation)
          + $1.formula.latex(atLeast: $1.operation == .implicit ? .fraction : .signed)
      }
    case .power(let base, let exponent): "\(base.latex(atLeast: .primary))^{\(exponent.latex)}"
    case .fraction(let numerator, let denominator): "\\frac{\(numerator.latex)}{\(denominator.latex)}"
    case .mixed(let whole, let numerator, let denominator):
      "\(whole.latex)\\frac{\(numerator.latex)}{\(denominator.latex)}"
    case .percent(let inner): inner.latex(atLeast: .fraction) + "\\%"
    case .remainder(let quotient, let remainder):
      "\(quotient.latex(atLeast: .primary))\\ \\mathrm{R}\\ \(remainder.latex(atLeast: .primary))"
    }
  }

  private func latex(atLeast required: Level) -> String {
    level < required ? "\\left(\(latex)\\right)" : latex
  }

  private static func latex(_ sign: Sign) -> String { sign == .plusMinus ? "\\pm" : String(sign.rawValue) }

  private static func latex(_ operation: Operation) -> String {
    switch operation {
    case .cross: " \\times "
    case .dot: " \\cdot "
    case .obelus: " \\div "
    case .colon: " : "
    case .slash: " / "
    case .implicit: ""
    }
  }
}

extension Relation {
  /// The relation as LaTeX for mathematics mode.
  public var latex: String {
    switch self {
    case .equal, .less, .greater: String(rawValue)
    case .lessOrEqual: "\\le"
    case .greaterOrEqual: "\\ge"
    case .notEqual: "\\ne"
    case .missing: "\\square"
    }
  }
}

extension Statement {
  /// The statement as LaTeX for mathematics mode.
  public var latex: String {
    steps.reduce(first.latex) { text, step in
      text + " " + step.relation.latex + (step.side.map { " " + $0.latex } ?? "")
    }
  }
}
