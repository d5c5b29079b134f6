// The languages of the window: one table of texts each, by the English text.

/// A language of the window's texts.
///
/// The English texts stand where they are used. A translation is one more file with a table, and a case here.
package enum Language: String, Sendable, Hashable, CaseIterable {
  case english = "en"
  case german = "de"
  case french = "fr"

  /// The language of a locale such as "de_AT.UTF-8"; English where there is no table for it.
  package init(locale: String?) {
    self = locale.flatMap { Language(rawValue: String($0.prefix(2))) } ?? .english
  }

  /// The translations by the English text; empty for English.
  package var table: [String: String] {
    switch self {
    case .english: [:]
    case .german: Self.germanTexts
    case .french: Self.frenchTexts
    }
  }

  /// A text in this language; "%1" stands for the first value, and so on.
  package func text(_ english: String, _ values: String...) -> String { text(english, values: values) }

  /// The same with the values as an array.
  package func text(_ english: String, values: [String]) -> String {
    var text = table[english] ?? english
    for (index, value) in values.enumerated() { text = text.replacing("%\(index + 1)", with: value) }
    return text
  }
}
