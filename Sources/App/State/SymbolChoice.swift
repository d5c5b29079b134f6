// The choice of what a symbol is, where the models may be wrong.

package import Ink
package import Recognition
import X11

/// What a symbol may be, most probable first.
package struct SymbolChoice: Sendable, Equatable {
  /// The index of the symbol in the reading.
  package let symbol: Int
  /// The box of the symbol.
  package let box: Box
  /// What it may be.
  package let candidates: [Candidate]
  /// The row that the arrows have reached.
  package private(set) var row = 0

  /// More candidates are not offered; any other sign can be typed.
  private static let count = 5

  /// Offers the candidates of a symbol.
  init(of symbol: Symbol, at index: Int) {
    self.symbol = index
    box = symbol.box
    let factor = 1 - symbol.background
    candidates = symbol.candidates.prefix(Self.count).map {
      Candidate(label: $0.label, probability: $0.probability * factor)
    }
  }

  /// The label that a row gives to the symbol.
  func label(_ row: Int) -> InkLabel { InkLabel(box, candidates[row].label) }

  mutating func move(to row: Int) { self.row = min(max(0, row), candidates.count - 1) }

  /// Moves the row, or makes the symbol what was chosen or typed.
  mutating func handle(_ press: KeyPress, _ mode: ReadingMode) -> Overlay.Response {
    switch press.key {
    case .up: move(to: row - 1)
    case .down: move(to: row + 1)
    case .enter, .character(" "):
      return candidates.indices.contains(row) ? .closeAndLabel(label(row)) : .close
    case .escape, .tab: return .close
    default:
      // A hyphen and an asterisk are on keyboards that lack the signs of arithmetic.
      let typed = mode == .sums && press.text == "*" ? "×" : press.text
      if mode.classes.labels.contains(typed) { return .closeAndLabel(InkLabel(box, typed)) }
    }
    return .perform([])
  }
}
