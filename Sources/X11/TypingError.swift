/// Why a text could not be typed into another program.
package enum TypingError: Error, Equatable, CustomStringConvertible {
  /// There is no connection to an X server.
  case display(DisplayError)
  /// The library libXtst is not installed.
  case noLibrary
  /// The X server does not have the extension XTEST.
  case noExtension
  /// The server does not describe its keyboard.
  case noKeyboard
  /// No window has the keyboard focus.
  case noFocus
  /// The keyboard focus left the window that the text was for; so many characters had been typed before.
  case focusChanged(typed: Int)
  /// The text has a line break, which would press Enter.
  case lineBreak
  /// The text has a control character that no key types.
  case controlCharacter(code: UInt32)
  /// The layout has no such key, and the keyboard map has no unused key code.
  case noKey(name: String)
  /// The server did not take over the change of the keyboard map.
  case mapUnchanged
  /// The work was cancelled; so many characters had been typed before.
  case cancelled(typed: Int)

  /// One sentence that says what happened and what to do.
  package var description: String {
    switch self {
    case .display(let error): error.description
    case .noLibrary:
      "typing into other programs needs the library libXtst.so.6; install it (libxtst6 on Debian and Ubuntu)"
    case .noExtension: "the X server does not offer the extension XTEST; start it without '-extension XTEST'"
    case .noKeyboard: "the X server does not describe its keyboard; it needs the extension XKEYBOARD"
    case .noFocus: "no window has the keyboard focus; click into the window that should get the text"
    case .focusChanged(let typed):
      "the keyboard focus moved to another window after \(Self.characters(typed)); the rest was not typed"
    case .lineBreak: "the text has a line break, which would press Enter; allow that with --enter"
    case .controlCharacter(let code):
      "the text has the control character U+\(String(code, radix: 16, uppercase: true)), which no key types; "
        + "remove it"
    case .noKey(let name):
      "the keyboard's layout has no key for '\(name)', and the keyboard map has no unused key code"
    case .mapUnchanged: "the X server did not take over a change of the keyboard map; try it again"
    case .cancelled(let typed): "stopped after \(Self.characters(typed))"
    }
  }

  private static func characters(_ count: Int) -> String {
    count == 1 ? "1 character" : "\(count) characters"
  }
}
