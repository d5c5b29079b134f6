// How the window puts figures into words.

import Basics
package import Recognition

/// The words for what a model says.
package enum WindowText {
  /// A time as milliseconds, to the precision that means something.
  package static func milliseconds(_ time: Double) -> String {
    if time >= 10 { return "\(Int(clamping: time.rounded())) ms" }
    let tenths = max(1, Int(clamping: (time * 10).rounded()))
    return "\(tenths / 10).\(tenths % 10) ms"
  }

  /// How sure a symbol's answer is, in a word or two.
  package static func certainty(_ symbol: Symbol) -> String {
    if symbol.refused { return symbol.background >= 0.5 ? "no digit" : "not sure" }
    if symbol.confidence >= 0.99 { return "sure" }
    return symbol.confidence >= 0.9 ? "fairly sure" : "perhaps"
  }

  /// The window's title: it starts with a digit only where there is a reading.
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
