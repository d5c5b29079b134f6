import Basics
internal import CX11

/// Keys turned into meanings and text, through the person's input method where there is one.
final class Keyboard {
  private let connection: OpaquePointer
  private let window: CX11.Window
  private var method: XIM?
  private var context: XIC?
  /// Set by Xlib when the input method's program has died; it lives as long as this object.
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
      if let method { exclusively { XCloseIM(method) } }
    }
    context = nil
    method = nil
  }

  deinit { isDead.deallocate() }

  /// Opens the input method that XMODIFIERS names, else the one inside Xlib that composes characters.
  ///
  /// It takes milliseconds (a file of 5000 compositions is read), so it is done after the first frame.
  func openInputMethod(select: (Int) -> Void) {
    guard method == nil else { return }
    exclusively {
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

  /// Tells the input method that the window has the keyboard, or has no more.
  func setFocus(_ hasFocus: Bool) {
    self.hasFocus = hasFocus
    held = []
    guard let context, !isDead.pointee else { return }
    if hasFocus { XSetICFocus(context) } else { XUnsetICFocus(context) }
  }

  /// The meaning of a key that went down; nil for one that only modifies others.
  func press(_ event: inout XKeyEvent) -> KeyPress? {
    let isRepeat = event.keycode != 0 && !held.insert(event.keycode).inserted
    let (symbol, typed) = lookUp(&event)
    if (KeySym(XK_Shift_L)...KeySym(XK_Hyper_R)).contains(symbol) { return nil }
    let modifiers = Modifiers(state: event.state)
    var text = String(
      String.UnicodeScalarView(typed.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
    // Key code 0 is text from an input method; no key is held with that.
    if event.keycode != 0, !modifiers.isDisjoint(with: [.control, .alt, .command]) { text = "" }
    return KeyPress(
      meaning(of: symbol, typing: typed, code: event.keycode), text: text, modifiers: modifiers,
      isRepeat: isRepeat, time: ServerTime(truncatingIfNeeded: event.time))
  }

  /// The meaning of a key that came up.
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
    guard case .character(let character) = key, Self.isForeign(character) else { return key }
    // A layout without Latin letters is mostly the second group of a keyboard whose first has them.
    for group in Int32(0)..<4 {
      let other = XkbKeycodeToKeysym(connection, KeyCode(truncatingIfNeeded: code), group, 0)
      if let latin = Key(symbol: Int(other)), case .character(let letter) = latin, letter.isASCII {
        return latin
      }
    }
    return key
  }

  private static func key(typing text: String) -> Key? {
    guard text.count == 1, let character = text.first, !character.isASCII || character >= " " else {
      return nil
    }
    return .character(character.lowercased().first ?? character)
  }

  /// Whether a character is a letter of a script other than Latin.
  private static func isForeign(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    return character.isLetter && scalar.value > 0x24F
  }
}

extension Key {
  /// A keysym's meaning, if it has one without knowing what it types.
  init?(symbol: Int) {
    let named: [Int: Key] = [
      Int(XK_Return): .enter, Int(XK_KP_Enter): .enter, Int(XK_Escape): .escape, Int(XK_Tab): .tab,
      Int(XK_ISO_Left_Tab): .tab, Int(XK_KP_Tab): .tab, Int(XK_BackSpace): .backspace,
      Int(XK_Delete): .delete, Int(XK_KP_Delete): .delete, Int(XK_Insert): .insert,
      Int(XK_KP_Insert): .insert,
      Int(XK_Left): .left, Int(XK_KP_Left): .left, Int(XK_Right): .right, Int(XK_KP_Right): .right,
      Int(XK_Up): .up, Int(XK_KP_Up): .up, Int(XK_Down): .down, Int(XK_KP_Down): .down,
      Int(XK_Home): .home, Int(XK_KP_Home): .home, Int(XK_End): .end, Int(XK_KP_End): .end,
      Int(XK_Page_Up): .pageUp, Int(XK_KP_Page_Up): .pageUp,
      Int(XK_Page_Down): .pageDown, Int(XK_KP_Page_Down): .pageDown, Int(XK_KP_Space): .character(" "),
    ]
    if let key = named[symbol] {
      self = key
    } else if (Int(XK_F1)...Int(XK_F35)).contains(symbol) {
      self = .function(symbol - Int(XK_F1) + 1)
    } else if let scalar = Self.scalar(ofSymbol: symbol) {
      let character = Character(scalar)
      self = .character(character.lowercased().first ?? character)
    } else {
      return nil
    }
  }

  /// The character of a keysym whose number tells it: Latin-1, the keypad, and Unicode.
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
