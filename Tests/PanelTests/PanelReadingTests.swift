// Tests of the texts that the panel offers for a reading.

import Ink
import Panel
import Recognition
import Testing

@Suite("The panel's reading")
struct PanelReadingTests {
  private static func symbol(_ candidates: [(String, Double)], refused: Bool = false) -> Symbol {
    Symbol(
      box: Box(x: 0, y: 0, width: 1, height: 1),
      candidates: candidates.map { Candidate(label: $0.0, probability: $0.1) }, background: 0,
      refused: refused,
      input: [])
  }

  @Test("the best text comes first, then those that differ in one symbol, most probable first")
  func order() {
    let reading = Reading(symbols: [
      Self.symbol([("c", 0.6), ("e", 0.3), ("o", 0.1)]),
      Self.symbol([("l", 0.5), ("1", 0.45), ("|", 0.0001)]),
    ])
    #expect(PanelReading(reading).texts == ["cl", "c1", "el", "ol"])
    #expect(!PanelReading(reading).isUnsure)
  }

  @Test("a refused symbol keeps its best character, and lines are joined by blanks")
  func refused() {
    let symbols = ["a", "b", "c"].map { Self.symbol([($0, 1)], refused: $0 == "b") }
    let reading = PanelReading(Reading(symbols: symbols, lineLengths: [2, 1]))
    #expect(reading.texts == ["ab c"] && reading.isUnsure)
    #expect(PanelReading(.empty).texts.isEmpty)
  }

  @Test("where there are words, a whole word is exchanged")
  func words() {
    func word(_ symbols: Range<Int>, _ texts: [(String, Double)]) -> Word {
      Word(symbols: symbols, candidates: texts.map { Candidate(label: $0.0, probability: $0.1) })
    }
    let symbols = "to9o".map { Self.symbol([(String($0), 0.9)]) }
    let reading = Reading(
      symbols: symbols,
      words: [word(0..<2, [("to", 0.9), ("t0", 0.05)]), word(2..<4, [("go", 0.6), ("9o", 0.3)])])
    #expect(PanelReading(reading).texts == ["to go", "to 9o", "t0 go"])
  }
}
