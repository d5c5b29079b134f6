// Formulas and statements as typeset mathematics: fractions with bars, raised exponents, brackets of the right height.

package import Arithmetic
import Basics
package import Graphics

/// The colours of a typeset statement.
package struct FormulaColors: Sendable, Hashable {
  /// The formula.
  package let text: Color
  /// An answer that is offered.
  package let suggested: Color
  /// The answer that was written, in the last step or in a gap.
  package let answer: Color

  /// Makes colours.
  package init(text: Color, suggested: Color, answer: Color) {
    (self.text, self.suggested, self.answer) = (text, suggested, answer)
  }
}

/// A typeset statement with its size in pixels.
package struct TypesetFormula: Sendable, Equatable {
  private let piece: FormulaPiece
  /// The width.
  package var width: Double { piece.width }
  /// The height above the baseline.
  package var ascent: Double { piece.ascent }
  /// The depth below the baseline.
  package var descent: Double { piece.descent }

  /// Typesets a statement.
  ///
  /// - Parameters:
  ///   - statement: the statement.
  ///   - suggestion: the answer to show where the statement has none.
  ///   - size: the size of the text.
  ///   - colors: the colours.
  ///   - renderer: measures the text.
  package init(
    _ statement: Statement, suggestion: String? = nil, size: Double, colors: FormulaColors,
    measuring renderer: TextRenderer
  ) {
    piece = Typesetter(suggestion: suggestion, colors: colors, renderer: renderer).piece(statement, size)
  }

  /// The draw commands of the statement with the left end of its baseline at a point.
  package func commands(at origin: PicturePoint) -> [DrawCommand] {
    piece.elements.map { element in
      let start = PicturePoint(origin.x + element.x, origin.y + element.y)
      switch element.shape {
      case .text(let text, let size): return .text(text, start, size: size, element.color)
      case .line(let points, let width):
        return .line(
          points.map { PicturePoint(start.x + $0.x, start.y + $0.y) }, width: width, element.color)
      }
    }
  }
}

/// A typeset part of a formula; positions are relative to the left end of its baseline.
private struct FormulaPiece: Sendable, Equatable {
  struct Element: Sendable, Equatable {
    enum Shape: Sendable, Equatable {
      case text(String, size: Double)
      case line([PicturePoint], width: Double)
    }

    var x = 0.0
    var y = 0.0
    let shape: Shape
    let color: Color
  }

  var width = 0.0
  var ascent = 0.0
  var descent = 0.0
  var elements: [Element] = []

  /// Adds another piece at an offset.
  mutating func add(_ other: FormulaPiece, x: Double, y: Double = 0) {
    elements += other.elements.map { element in
      var element = element
      element.x += x
      element.y += y
      return element
    }
    width = max(width, x + other.width)
    ascent = max(ascent, other.ascent - y)
    descent = max(descent, other.descent + y)
  }

  /// Adds another piece behind this one.
  mutating func append(_ other: FormulaPiece, gap: Double = 0) { add(other, x: width + gap) }
}

/// Typesets formulas.
private struct Typesetter {
  /// The answer to show where the statement has none.
  let suggestion: String?
  let colors: FormulaColors
  let renderer: TextRenderer

  /// The size of exponents over that of their base.
  private static let exponentScale = 0.66
  /// The size of numerators and denominators over that of the line.
  private static let fractionScale = 0.82

  // MARK: - Statements

  func piece(_ statement: Statement, _ size: Double) -> FormulaPiece {
    let gap = size * 0.26
    var piece = self.piece(statement.first, size, colors.text)
    for (index, step) in statement.steps.enumerated() {
      let isLast = index == statement.steps.count - 1
      if step.relation == .missing {
        piece.append(
          suggestion.map { text($0, size, colors.suggested) } ?? blank(size, colors.text), gap: gap)
      } else {
        piece.append(text(String(step.relation.rawValue), size, colors.text), gap: gap)
      }
      if let side = step.side {
        piece.append(self.piece(side, size, isLast ? colors.answer : colors.text), gap: gap)
      } else if let suggestion {
        piece.append(suggested(suggestion, size), gap: gap)
      }
    }
    return piece
  }

  /// The answer that is offered; a text that is no formula is shown as it is.
  private func suggested(_ answer: String, _ size: Double) -> FormulaPiece {
    guard let formula = try? FormulaParser.formula(answer) else {
      return text(answer, size, colors.suggested)
    }
    return piece(formula, size, colors.suggested)
  }

  // MARK: - Formulas

  func piece(_ formula: Formula, _ size: Double, _ color: Color) -> FormulaPiece {
    func part(_ formula: Formula) -> FormulaPiece { piece(formula, size, color) }
    switch formula {
    case .number(let literal): return text(literal.text, size, color)
    case .missing: return suggestion.map { suggested($0, size) } ?? blank(size, color)
    case .group(let bracket, let inner): return bracketed(part(inner), bracket, size, color)
    case .signed(let sign, let inner): return joined([text(written(sign), size, color), part(inner)])
    case .sum(let first, let terms):
      return terms.reduce(part(first)) { piece, term in
        operation(written(term.sign), piece, part(term.formula), size, color)
      }
    case .product(let first, let factors):
      return factors.reduce(part(first)) { piece, factor in
        factor.operation.sign.map { operation(String($0), piece, part(factor.formula), size, color) }
          ?? joined([piece, part(factor.formula)])
      }
    case .power(let base, let exponent): return power(part(base), exponent, size, color)
    case .fraction(let numerator, let denominator): return fraction(numerator, denominator, size, color)
    case .mixed(let whole, let numerator, let denominator):
      return joined([part(whole), fraction(numerator, denominator, size, color)], gap: size * 0.08)
    case .percent(let inner): return joined([part(inner), text("%", size, color)], gap: size * 0.1)
    case .remainder(let quotient, let remainder):
      return joined([part(quotient), text("R", size, color), part(remainder)], gap: size * 0.22)
    }
  }

  private func written(_ sign: Formula.Sign) -> String { sign == .minus ? "−" : String(sign.rawValue) }

  private func joined(_ pieces: [FormulaPiece], gap: Double = 0) -> FormulaPiece {
    var result = pieces.first ?? FormulaPiece()
    for piece in pieces.dropFirst() { result.append(piece, gap: gap) }
    return result
  }

  private func operation(
    _ sign: String, _ left: FormulaPiece, _ right: FormulaPiece, _ size: Double, _ color: Color
  ) -> FormulaPiece {
    joined([left, text(sign, size, color), right], gap: size * 0.18)
  }

  private func text(_ string: String, _ size: Double, _ color: Color) -> FormulaPiece {
    FormulaPiece(
      width: renderer.width(of: string, size: size), ascent: renderer.capitalHeight(size: size),
      descent: size * 0.06,
      elements: [.init(shape: .text(string, size: size), color: color)])
  }

  /// An empty square in the place of a missing operand.
  private func blank(_ size: Double, _ color: Color) -> FormulaPiece {
    let side = renderer.capitalHeight(size: size)
    let corners = [(0, 0), (side, 0), (side, -side), (0, -side), (0, 0)].map { PicturePoint($0.0, $0.1) }
    return FormulaPiece(
      width: side + size * 0.16, ascent: side, descent: size * 0.06,
      elements: [.init(x: size * 0.08, shape: .line(corners, width: pen(size)), color: color)])
  }

  private func pen(_ size: Double) -> Double { max(1, size * 0.06) }

  private func power(
    _ base: FormulaPiece, _ exponent: Formula, _ size: Double, _ color: Color
  ) -> FormulaPiece {
    var result = base
    let raised = piece(exponent, size * Self.exponentScale, color)
    let shift = max(base.ascent - renderer.capitalHeight(size: size) * 0.45, size * 0.3)
    result.add(raised, x: base.width + size * 0.04, y: -shift - raised.descent * 0.5)
    return result
  }

  private func fraction(
    _ numerator: Formula, _ denominator: Formula, _ size: Double, _ color: Color
  ) -> FormulaPiece {
    let small = size * Self.fractionScale
    let (above, below) = (piece(numerator, small, color), piece(denominator, small, color))
    let width = max(above.width, below.width) + size * 0.2
    // The bar is in the middle of the signs on the line.
    let axis = renderer.capitalHeight(size: size) / 2
    let gap = size * 0.16
    var result = FormulaPiece()
    let bar = [PicturePoint(size * 0.03, -axis), PicturePoint(width - size * 0.03, -axis)]
    result.elements = [.init(shape: .line(bar, width: pen(size)), color: color)]
    result.width = width
    result.add(above, x: (width - above.width) / 2, y: -axis - gap - above.descent)
    result.add(below, x: (width - below.width) / 2, y: -axis + gap + below.ascent)
    return result
  }

  /// A formula in brackets, which are drawn where the formula is higher than a line.
  private func bracketed(
    _ inner: FormulaPiece, _ bracket: Formula.Bracket, _ size: Double, _ color: Color
  ) -> FormulaPiece {
    let line = renderer.capitalHeight(size: size)
    guard inner.ascent > line * 1.3 || inner.descent > line * 0.3 else {
      return joined([
        text(String(bracket.opening), size, color), inner, text(String(bracket.closing), size, color),
      ])
    }
    let width = size * 0.3
    let (top, bottom) = (-inner.ascent - size * 0.05, inner.descent + size * 0.05)
    func side(_ points: [(Double, Double)]) -> FormulaPiece {
      FormulaPiece(
        width: width + size * 0.06, ascent: -top, descent: bottom,
        elements: [
          .init(
            x: size * 0.03,
            shape: .line(
              points.map { PicturePoint($0.0 * width, top + $0.1 * (bottom - top)) }, width: pen(size)),
            color: color)
        ])
    }
    let shape: [(Double, Double)] =
      switch bracket {
      case .round: [(0.9, 0), (0.55, 0.08), (0.3, 0.24), (0.22, 0.5), (0.3, 0.76), (0.55, 0.92), (0.9, 1)]
      case .square: [(0.9, 0), (0.25, 0), (0.25, 1), (0.9, 1)]
      case .curly: [(0.9, 0), (0.5, 0.06), (0.5, 0.42), (0.15, 0.5), (0.5, 0.58), (0.5, 0.94), (0.9, 1)]
      }
    return joined([side(shape), inner, side(shape.map { (1 - $0.0, $0.1) })])
  }
}
