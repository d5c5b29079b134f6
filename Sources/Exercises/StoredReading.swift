// The reading of a page as text, so that a check that was stopped need not read its pages again.

import Basics
import Ink
package import Recognition

/// The text form of a reading in the mode for sums.
///
/// The first line names the form, the second one has the number of symbols in each line of the page. Each further line is a
/// symbol: its box, its box as if the page were level, how far another division of the ink is behind, the probability of
/// being none, whether it is refused, and its labels with their probabilities.
package enum StoredReading {
  private static let name = "inkling reading 2"

  /// The text of a reading; the networks' inputs, words and ignored marks, which a check does not need, are left out.
  package static func text(of reading: Reading) -> String {
    let symbols = reading.symbols.map { symbol in
      let boxes = [symbol.box, symbol.levelBox].flatMap { [$0.x, $0.y, $0.width, $0.height] }
      let numbers = (boxes + [symbol.divisionLead, symbol.background]).map { "\($0)" }
      let candidates = symbol.candidates.flatMap { [$0.label, "\($0.probability)"] }
      return (numbers + [symbol.refused ? "refused" : "read"] + candidates).joined(separator: " ")
    }
    let lengths = reading.lineLengths.map { "\($0)" }.joined(separator: " ")
    return ([name, lengths] + symbols + ["end", ""]).joined(separator: "\n")
  }

  /// The reading of a text; nil where the text is damaged or not whole.
  package static func reading(of text: String) -> Reading? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines[0] == name, lines[lines.count - 2] == "end", lines[lines.count - 1].isEmpty
    else { return nil }
    let lengths = lines[1].split(separator: " ").map { Int($0) ?? -1 }
    let symbols = lines[2..<lines.count - 2].compactMap(symbol)
    guard symbols.count == lines.count - 4, lengths.allSatisfy({ (0...symbols.count).contains($0) }),
      lengths.reduce(0, +) == symbols.count
    else { return nil }
    return Reading(symbols: symbols, lineLengths: lengths)
  }

  /// The numbers of a symbol: two boxes, the lead of its division, and the probability of being none.
  private static let numberCount = 10

  private static func symbol(_ line: Substring) -> Symbol? {
    let words = line.split(separator: " ")
    let (state, labels) = (numberCount, numberCount + 1)
    guard words.count >= labels, (words.count - labels) % 2 == 0 else { return nil }
    let numbers = words.prefix(numberCount).compactMap { Double($0) }
    let candidates = stride(from: labels, to: words.count, by: 2).compactMap { index in
      Double(words[index + 1]).map { Candidate(label: String(words[index]), probability: $0) }
    }
    let probabilities = [numbers.last ?? .nan] + candidates.map(\.probability)
    guard numbers.count == numberCount, candidates.count == (words.count - labels) / 2,
      numbers.prefix(8).allSatisfy(\.isFinite), numbers[8] >= 0,
      probabilities.allSatisfy({ (0...1).contains($0) }), ["refused", "read"].contains(words[state])
    else { return nil }
    func box(_ first: Int) -> Box {
      Box(x: numbers[first], y: numbers[first + 1], width: numbers[first + 2], height: numbers[first + 3])
    }
    return Symbol(
      box: box(0), candidates: candidates, background: numbers[9], refused: words[state] == "refused",
      input: [], levelBox: box(4), divisionLead: numbers[8])
  }
}
