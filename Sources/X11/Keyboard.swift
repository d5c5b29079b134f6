import Basics
internal import CX11

/// Finds the meaning and the text of keys, through the user's input method where there is one.
final class Keyboard {
  private let connection: OpaquePointer
  private let window: CX11.Window
  private var method: XIM?
  private var context: XIC?
  /// Set by Xlib when the input method's program has ended; the address is valid as long as this object.
  private let isDead = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
  private var hasFocus = false
  private var held: Set<UInt32> = []

  init(_ connection: OpaquePointer, window: CX11.Window) {
    self.connection = connection
    self.window = window
    isDead.initialize(to: false)
  }

  /// Frees the input method; must not be called once the server is lost.
  func close() {
    if !isDead.pointee {
      if let context { XDestroyIC(context) }
      if let method { withXlibLock { XCloseIM(method) } }
    }
    context = nil
    method = nil
  }

  deinit { isDead.deallocate() }

  /// Opens the input method that XMODIFIERS names, or else Xlib's own, which composes characters.
  ///
  /// This takes milliseconds, as a file of 5000 compositions is read, and is therefore done after the first frame.
  func openInputMethod(select: (Int) -> Void) {
    guard method == nil else { return }
    withXlibLock {
      guard XSupportsLocale() != 0 else { return }
      for modifiers in ["", "@im=none"] where method == nil {
        XSetLocaleModifiers(modifiers)
        method = XOpenIM(connection, nil, nil, nil)
      }
    }
    guard let method else { return }
    var callback = XIMCallback()
    callback.client_data = UnsafeMutableRawPointer(isDead).assumingMemoryBound(to: CChar.self)
    callback.callback = { _, data, _ in
      guard let data else { return }
      UnsafeMutableRawPointer(data).assumingMemoryBound(to: Bool.self).pointee = true
    }
    cx11_set_destroy_callback(method, &callback)
    context = cx11_create_input_context(method, window)
    guard let context else { return }
    select(cx11_filter_events(context))
    if hasFocus { XSetICFocus(context) }
  }

  /// Tells the input method whether the window has the keyboard.
  func setFocus(_ hasFocus: Bool) {
    self.hasFocus = hasFocus
    held = []
    guard let context, !isDead.pointee else { return }
    if hasFocus { XSetICFocus(context) } else { XUnsetICFocus(context) }
  }

  /// The press of a key; nil for a modifier key.
  func press(_ event: inout XKeyEvent) -> KeyPress? {
    let isRepeat = event.keycode != 0 && !held.insert(event.keycode).inserted
    let (symbol, typed) = lookUp(&event)
    if (KeySym(XK_Shift_L)...KeySym(XK_Hyper_R)).contains(symbol) { return nil }
    let modifiers = Modifiers(state: event.state)
    var text = String(
      String.UnicodeScalarView(typed.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
    // Key code 0 is text from an input method, without a key that is held.
    if event.keycode != 0, !modifiers.isDisjoint(with: [.control, .alt, .command]) { text = "" }
    return KeyPress(
      meaning(of: symbol, typing: typed, code: event.keycode), text: text, modifiers: modifiers,
      isRepeat: isRepeat, time: ServerTime(truncatingIfNeeded: event.time))
  }

  /// The key that was released, and the modifiers held with it.
  func release(_ event: inout XKeyEvent) -> (Key, Modifiers) {
    held.remove(event.keycode)
    var symbol = KeySym(0)
    XLookupString(&event, nil, 0, &symbol, nil)
    return (meaning(of: symbol, typing: "", code: event.keycode), Modifiers(state: event.state))
  }

  private func lookUp(_ event: inout XKeyEvent) -> (KeySym, String) {
    var symbol = KeySym(0)
    var bytes = [CChar](repeating: 0, count: 256)
    guard let context, !isDead.pointee else {
      let count = XLookupString(&event, &bytes, Int32(bytes.count), &symbol, nil)
      // Without an input method Xlib answers in Latin-1, whose codes are Unicode's.
      let text = bytes.prefix(Int(max(0, count))).map { Character(Unicode.Scalar(UInt8(bitPattern: $0))) }
      return (symbol, String(text))
    }
    var status = Int32(0)
    var count = Xutf8LookupString(context, &event, &bytes, Int32(bytes.count), &symbol, &status)
    if status == XBufferOverflow, count > 0, count < 1 << 20 {
      bytes = [CChar](repeating: 0, count: Int(count))
      count = Xutf8LookupString(context, &event, &bytes, count, &symbol, &status)
    }
    let hasText = status == XLookupChars || status == XLookupBoth
    if status != XLookupKeySym, status != XLookupBoth { symbol = 0 }
    let text = hasText ? bytes.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) } : []
    return (symbol, String(decoding: text, as: UTF8.self))
  }

  private func meaning(of symbol: KeySym, typing text: String, code: UInt32) -> Key {
    guard let key = Key(symbol: Int(symbol)) ?? Self.key(typing: text) else { return .other(UInt(symbol)) }
    guard case .character(let character) = key, Self.isNonLatinLetter(character) else { return key }
    // A layout without Latin letters is mostly the second group of a keyboard whose first group has them.
    for group in Int32(0)..<4 {
      let other = XkbKeycodeToKeysym(connection, KeyCode(truncatingIfNeeded: code), group, 0)
      if let latin = Key(symbol: Int(other)), case .character(let letter) = latin, letter.isASCII {
        return latin
      }
    }
    // Where no group has Latin letters, the position of the key decides.
    return Self.latinLetters[code].map { Key.character($0) } ?? key
  }

  /// The letters and brackets of a US keyboard by the codes that X servers on Linux give to their positions.
  private static let latinLetters: [UInt32: Character] = {
    var letters: [UInt32: Character] = [:]
    for (start, row) in [(UInt32(24), "qwertyuiop[]"), (38, "asdfghjkl"), (52, "zxcvbnm")] {
      for (index, letter) in row.enumerated() { letters[start + UInt32(clamping: index)] = letter }
    }
    return letters
  }()

  private static func key(typing text: String) -> Key? {
    guard text.count == 1, let character = text.first, !character.isASCII || character >= " " else {
      return nil
    }
    return .character(character.lowercased().first ?? character)
  }

  private static func isNonLatinLetter(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    return character.isLetter && scalar.value > 0x24F
  }
}

extension Key {
  /// The keysyms of keys that type nothing, and of their twins on the keypad; the first one is sent for the key.
  private static let named: [(key: Key, symbols: [Int32])] = [
    (.enter, [XK_Return, XK_KP_Enter]), (.escape, [XK_Escape]),
    (.tab, [XK_Tab, XK_ISO_Left_Tab, XK_KP_Tab]), (.backspace, [XK_BackSpace]),
    (.delete, [XK_Delete, XK_KP_Delete]), (.insert, [XK_Insert, XK_KP_Insert]),
    (.left, [XK_Left, XK_KP_Left]), (.right, [XK_Right, XK_KP_Right]), (.up, [XK_Up, XK_KP_Up]),
    (.down, [XK_Down, XK_KP_Down]), (.home, [XK_Home, XK_KP_Home]), (.end, [XK_End, XK_KP_End]),
    (.pageUp, [XK_Page_Up, XK_KP_Page_Up]), (.pageDown, [XK_Page_Down, XK_KP_Page_Down]),
  ]

  /// The key of a keysym, where the keysym alone determines it.
  init?(symbol: Int) {
    if let entry = Self.named.first(where: { $0.symbols.contains { Int($0) == symbol } }) {
      self = entry.key
    } else if symbol == Int(XK_KP_Space) {
      self = .character(" ")
    } else if (Int(XK_F1)...Int(XK_F35)).contains(symbol) {
      self = .function(symbol - Int(XK_F1) + 1)
    } else if let scalar = Self.scalar(ofSymbol: symbol) {
      let character = Character(scalar)
      self = .character(character.lowercased().first ?? character)
    } else {
      return nil
    }
  }

  /// The keysym that is sent for the key.
  package var symbol: UInt? {
    switch self {
    case .character(let character):
      guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
        return nil
      }
      return scalar.keysym
    case .function(let number): return KeySym(XK_F1) + KeySym(clamping: number - 1)
    case .other(let symbol): return KeySym(symbol)
    default: return Self.named.first { $0.key == self }?.symbols.first.map { KeySym($0) }
    }
  }

  /// The character of a keysym from Latin-1, the keypad or Unicode, whose number is made from the character's.
  private static func scalar(ofSymbol symbol: Int) -> Unicode.Scalar? {
    switch symbol {
    case 0x20...0x7E, 0xA0...0xFF: Unicode.Scalar(UInt8(symbol))
    // The keypad's symbols are 0xFF80 above their ASCII codes.
    case Int(XK_KP_Multiply)...Int(XK_KP_9), Int(XK_KP_Equal): Unicode.Scalar(UInt8(symbol - 0xFF80))
    case 0x1_000_100...0x1_10F_FFF: Unicode.Scalar(UInt32(symbol - 0x1_000_000))
    default: nil
    }
  }
}

extension Unicode.Scalar {
  /// The keysym that is made from the character's number.
  var keysym: KeySym { KeySym(value < 0x100 ? value : 0x1_000_000 + value) }
}
