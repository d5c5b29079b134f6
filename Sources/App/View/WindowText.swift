// The texts of the window for readings and times.

import Basics
package import Recognition

/// Texts about a reading.
package enum WindowText {
  /// A time in milliseconds, with a decimal below 10 ms.
  package static func milliseconds(_ time: Double) -> String {
    NumberText.fixed(max(0.1, time), time < 10 ? 1 : 0) + " ms"
  }

  /// The certainty of a symbol's answer.
  package static func certainty(_ symbol: Symbol) -> String {
    if symbol.refused { return symbol.background >= 0.5 ? "no digit" : "not sure" }
    if symbol.confidence >= 0.99 { return "sure" }
    return symbol.confidence >= 0.9 ? "fairly sure" : "perhaps"
  }

  /// The window's title; it starts with the text of the reading, where one of its symbols is not refused.
  package static func title(_ reading: Reading?) -> String {
    guard let reading else { return "Inkling" }
    if let only = reading.symbols.first, reading.symbols.count == 1, only.refused {
      return certainty(only) + " · Inkling"
    }
    if reading.symbols.isEmpty { return "no digit · Inkling" }
    if reading.symbols.allSatisfy(\.refused) { return "not sure · Inkling" }
    return reading.text.split(separator: "\n").joined(separator: " ") + " · Inkling"
  }
}
