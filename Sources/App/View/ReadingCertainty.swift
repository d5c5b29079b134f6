// How sure a reading is, in words and per cent: of the whole reading, and of its weakest symbol.

import Exercises
import Recognition

/// The certainty of a reading, as the window shows it.
struct ReadingCertainty {
  let reading: Reading
  var exercises: [CheckedExercise] = []
  /// The symbols in doubt.
  var doubted: Set<Int> = []
  var language = Language.english

  private var single: Symbol? { reading.symbols.count == 1 ? reading.symbols.first : nil }

  /// Whether a symbol is in doubt.
  var isDoubtful: Bool { !doubted.isEmpty }

  /// The probability that the whole reading is right; of a single symbol that probably is none, of being none.
  var probability: Double {
    if let single, single.refused, single.background >= 0.5 { return single.background }
    return reading.confidence
  }

  /// The probability in per cent.
  var percent: String { ProbabilityText.percent(probability) }

  /// The headline, the longest first.
  var headlines: [String] {
    if let single {
      if single.isLabelled { return [language.text("set by you")] }
      if single.refused, single.background < 0.5, let best = single.candidates.first {
        return [
          language.text("perhaps %1, not sure", best.label), language.text("perhaps %1", best.label),
          "\(best.label)?",
        ]
      }
      if single.refused { return [language.text(WindowText.none)] }
      if exercises.isEmpty { return [language.text(WindowText.certainty(single))] }
    }
    let count = reading.symbols.count
    if !doubted.isEmpty {
      return [
        language.text("%1 of %2 doubtful", "\(doubted.count)", "\(count)"),
        language.text("%1/%2 doubtful", "\(doubted.count)", "\(count)"), language.text("doubtful"),
      ]
    }
    return [language.text(WindowText.certainty(reading.confidence))]
  }

  /// What the probability is of, and which symbol is the weakest or selected; the longest first.
  func details(selected: Int?) -> [String] {
    if let single {
      if single.isLabelled { return [language.text("the model's answer was changed"), ""] }
      let others = single.candidates.dropFirst().prefix(2).filter {
        $0.probability * (1 - single.background) >= 0.001
      }.map(\.label).joined(separator: ", ")
      if single.refused, single.background >= 0.5 {
        return [language.text("probability of no digit"), language.text("of no digit")]
      }
      return others.isEmpty ? [""] : [language.text("or %1", others)]
    }
    let symbols = reading.symbols
    guard let weakest = symbols.indices.min(by: { symbols[$0].confidence < symbols[$1].confidence }) else {
      return [""]
    }
    let symbol = symbols[weakest]
    let name = symbol.refused ? symbol.candidates.first.map { "\($0.label)?" } ?? "?" : symbol.text
    let weak = language.text("weakest: %1, %2", name, ProbabilityText.percent(symbol.confidence))
    guard let selected, symbols.indices.contains(selected) else { return [weak] }
    return [
      "\(weak) · " + language.text("underlined: %1, no. %2", symbols[selected].text, "\(selected + 1)"), weak,
      language.text("weakest: %1", name),
    ]
  }
}
