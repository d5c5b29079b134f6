// Typeset statements: where their parts stand.

import Arithmetic
import ExerciseReports
import Graphics
import Testing

@Suite struct TypesetFormulaTests {
  private let renderer = TextRenderer(builtIn: true)
  private let colors = FormulaColors(text: Color(1), suggested: Color(2), answer: Color(3))

  private struct Word {
    let text: String
    let x: Double
    let y: Double
    let size: Double
    let color: Color
  }

  private func words(_ text: String, suggestion: String? = nil) throws -> [Word] {
    try typeset(text, suggestion: suggestion).commands(at: PicturePoint(0, 0)).compactMap {
      if case .text(let text, let start, let size, let color) = $0 {
        Word(text: text, x: start.x, y: start.y, size: size, color: color)
      } else {
        nil
      }
    }
  }

  private func typeset(_ text: String, suggestion: String? = nil) throws -> TypesetFormula {
    TypesetFormula(
      try FormulaParser.statement(text), suggestion: suggestion, size: 20, colors: colors, measuring: renderer
    )
  }

  @Test func aLineStandsOnItsBaselineFromLeftToRight() throws {
    let words = try words("12×3=36")
    #expect(words.map(\.text) == ["12", "×", "3", "=", "36"])
    #expect(words.allSatisfy { $0.y == 0 && $0.size == 20 })
    #expect(zip(words, words.dropFirst()).allSatisfy { $0.x + renderer.width(of: $0.text, size: 20) < $1.x })
    #expect(words.last?.color == Color(3) && words.first?.color == Color(1))
  }

  @Test func anExponentIsSmallAndRaised() throws {
    let words = try words("5^2=25")
    #expect(words[1].text == "2" && words[1].size < words[0].size && words[1].y < 0)
  }

  @Test func aFractionHasItsPartsAboveAndBelowABar() throws {
    let commands = try typeset("(1)/(2)=").commands(at: PicturePoint(0, 0))
    let words = try words("(1)/(2)=")
    let bars = commands.compactMap { if case .line(let points, _, _) = $0 { points } else { nil } }
    let bar = try #require(bars.first)
    #expect(words.map(\.text) == ["1", "2", "="])
    #expect(words[0].y < bar[0].y && words[1].y > bar[0].y)
    let plain = try typeset("12=")
    let fraction = try typeset("(1)/(2)=")
    #expect(fraction.ascent > plain.ascent && fraction.descent > plain.descent)
  }

  @Test func aMissingAnswerIsShownInItsOwnColour() throws {
    #expect(
      try words("12×3=", suggestion: "36").last.map { [$0.text == "36", $0.color == Color(2)] } == [
        true, true,
      ])
    let gap = try words("3×_=12", suggestion: "4")
    #expect(gap.map(\.text) == ["3", "×", "4", "=", "12"] && gap[2].color == Color(2))
    #expect(try words("3×_=12").map(\.text) == ["3", "×", "=", "12"])
    #expect(try words("7_9", suggestion: "<").map(\.text) == ["7", "<", "9"])
  }

  @Test func theWidthHoldsEverySign() throws {
    for text in ["(1)/(2)+3^2=(19)/(2)", "2×(3+(1)/(4))=", "50%=0.5", "12÷5=2R2"] {
      let formula = try typeset(text)
      for word in try words(text) {
        #expect(
          word.x >= 0 && word.x + renderer.width(of: word.text, size: word.size) <= formula.width + 0.01)
        #expect(word.y - renderer.capitalHeight(size: word.size) >= -formula.ascent - 0.01)
      }
    }
  }
}
