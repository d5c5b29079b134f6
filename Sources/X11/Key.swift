/// The press of a key.
package struct KeyPress: Sendable, Equatable {
  /// The key by its meaning in the user's layout.
  package var key: Key
  /// The text that it types: empty for a shortcut, an arrow or a dead key; several characters from an input method.
  package var text: String
  /// The modifier keys held down.
  package var modifiers: Modifiers
  /// Whether the key repeats because it is held.
  package var isRepeat: Bool
  /// The time of the event.
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

/// A key by its meaning, independent of the layout.
package enum Key: Sendable, Hashable {
  /// The character that the key types with the modifiers held, in lower case.
  ///
  /// In a layout without Latin letters it is the Latin letter of the same key, so that shortcuts work.
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
  /// F1 to F35, by number.
  case function(Int)
  /// Another key, by its X keysym.
  case other(UInt)
}
