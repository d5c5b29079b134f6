import Basics

/// A key that is pressed while modifier keys are held, such as `ctrl+shift+t`.
package struct KeyChord: Sendable, Hashable {
  /// A modifier key.
  package enum Modifier: String, Sendable, CaseIterable {
    case control = "ctrl"
    case alt
    case shift
    case command = "super"
  }

  /// A key that types no character.
  package enum NamedKey: String, Sendable, CaseIterable {
    case enter, tab, escape, backspace, delete, insert, left, right, up, down, home, end
    case pageUp = "pageup"
    case pageDown = "pagedown"
    case space, plus
  }

  /// A key.
  package enum Key: Sendable, Hashable {
    /// The key that types a character.
    case character(Character)
    /// A key with a name.
    case named(NamedKey)
    /// F1 to F35.
    case function(Int)
  }

  /// The modifiers, in the order of ``Modifier/allCases``.
  package let modifiers: [Modifier]
  /// The key.
  package let key: Key

  /// Makes a chord.
  package init(_ key: Key, modifiers: Set<Modifier> = []) {
    self.key = key
    self.modifiers = Modifier.allCases.filter(modifiers.contains)
  }

  /// Other words for modifiers and keys.
  private static let modifierAliases: [String: Modifier] = [
    "control": .control, "meta": .command, "win": .command, "logo": .command, "option": .alt,
  ]
  private static let keyAliases: [String: NamedKey] = [
    "return": .enter, "esc": .escape, "del": .delete, "page_up": .pageUp, "page_down": .pageDown,
  ]

  /// Reads a chord: modifiers and one key, joined by plus signs.
  ///
  /// - Returns: The chord, or nil where the text is none.
  package init?(_ text: String) {
    let parts = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    guard let last = parts.last, let key = Self.key(last) else { return nil }
    var modifiers: Set<Modifier> = []
    for part in parts.dropLast() {
      let word = part.lowercased()
      guard let modifier = Modifier(rawValue: word) ?? Self.modifierAliases[word],
        modifiers.insert(modifier).inserted
      else { return nil }
    }
    self.init(key, modifiers: modifiers)
  }

  /// The chord as its reader takes it.
  package var text: String {
    let name =
      switch key {
      case .character(let character): String(character)
      case .named(let key): key.rawValue
      case .function(let number): "f\(number)"
      }
    return (modifiers.map(\.rawValue) + [name]).joined(separator: "+")
  }

  private static func key(_ text: String) -> Key? {
    let word = text.lowercased()
    if let named = NamedKey(rawValue: word) ?? keyAliases[word] { return .named(named) }
    if word.hasPrefix("f"), let number = Int(word.dropFirst()), (1...35).contains(number) {
      return .function(number)
    }
    guard let character = word.first, word.count == 1, !character.isWhitespace else { return nil }
    return .character(character)
  }
}
