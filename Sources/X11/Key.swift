/// A key that went down: which it is, what it types, and what was held with it.
package struct KeyPress: Sendable, Equatable {
  /// The key by its meaning in the person's layout.
  package var key: Key
  /// The text it types: empty for a shortcut, an arrow or a dead key; many characters from an input method.
  package var text: String
  /// The modifier keys held down.
  package var modifiers: Modifiers
  /// Whether the key is held and repeats.
  package var isRepeat: Bool
  /// When it happened.
  package var time: ServerTime

  /// Makes a key press.
  package init(
    _ key: Key, text: String = "", modifiers: Modifiers = [], isRepeat: Bool = false, time: ServerTime = 0
  ) {
    self.key = key
    self.text = text
    self.modifiers = modifiers
    self.isRepeat = isRepeat
    self.time = time
  }
}

/// A key by its meaning, whatever the layout.
package enum Key: Sendable, Hashable {
  /// A key that types: what it types with the modifiers held, letters always small.
  ///
  /// Where the layout has no Latin letters, it is the Latin letter on the same key, so that shortcuts work.
  case character(Character)
  /// Return, or Enter of the keypad.
  case enter
  /// Escape.
  case escape
  /// Tab, also with Shift.
  case tab
  /// Backspace.
  case backspace
  /// Delete.
  case delete
  /// Insert.
  case insert
  /// Left arrow.
  case left
  /// Right arrow.
  case right
  /// Up arrow.
  case up
  /// Down arrow.
  case down
  /// Home.
  case home
  /// End.
  case end
  /// Page up.
  case pageUp
  /// Page down.
  case pageDown
  /// F1 and so on.
  case function(Int)
  /// Any other, by its X keysym.
  case other(UInt)
}
