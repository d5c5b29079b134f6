import Basics
internal import CX11

/// Key codes without a meaning that type characters which the layout has no key for.
///
/// A note in a property of the root window names the codes, what they were given, and a window of the program that
/// uses them. The note is written before the keyboard map is changed, and it ends with the server. A program that was
/// killed leaves it behind, and the next one gives the codes back.
final class SpareKeys {
  /// A code and what it was given.
  private struct Entry {
    let owner: CX11.Window
    let code: KeyCode
    let symbol: KeySym
  }

  /// The codes in use here, and their keysyms.
  private(set) var symbols: [KeyCode: KeySym] = [:]
  private let display: Display
  private let owner: CX11.Window
  private let note: Atom

  init(_ display: Display) {
    self.display = display
    owner = XCreateSimpleWindow(display.connection, display.root, -1, -1, 1, 1, 0, 0, 0)
    note = display.atoms.atom(named: "_INKLING_SPARE_KEYS")
    // The window's own property shows that it is not another program's window with the same number.
    Property.write(display, owner, note, type: XA_CARDINAL, words: [])
    repair()
  }

  /// Gives codes new keysyms, and waits until the server has changed its map.
  func assign(_ changes: [(code: KeyCode, symbol: KeySym)]) {
    holdingServer {
      for change in changes { symbols[change.code] = change.symbol }
      writeNote()
      for change in changes { write([change.symbol, change.symbol], to: change.code) }
      announceState()
    }
    if !display.isLost { XSync(display.connection, 0) }
  }

  /// Gives all codes back.
  func giveBack() {
    guard !symbols.isEmpty else { return }
    holdingServer {
      for code in symbols.keys where symbol(of: code) == symbols[code] { write([0, 0], to: code) }
      symbols = [:]
      writeNote()
      announceState()
    }
    if !display.isLost { XSync(display.connection, 0) }
  }

  /// Forgets the codes that another program has changed, such as by choosing another layout.
  func forget(where isChanged: (KeyCode, KeySym) -> Bool) {
    let changed = symbols.filter { isChanged($0.key, $0.value) && symbol(of: $0.key) != $0.value }
    guard !changed.isEmpty else { return }
    for code in changed.keys { symbols[code] = nil }
    holdingServer { writeNote() }
  }

  /// Gives back the codes of programs that have ended without doing so.
  private func repair() {
    holdingServer {
      // A server gives the numbers of an ended program's windows to the next one: this window has no codes yet.
      let abandoned = entries().filter { $0.owner == owner || !exists($0.owner) }
      for entry in abandoned where symbol(of: entry.code) == entry.symbol { write([0, 0], to: entry.code) }
      writeNote()
      if !abandoned.isEmpty { announceState() }
    }
  }

  /// Writes the note: the codes of this program, and those of others that are running.
  private func writeNote() {
    guard !display.isLost else { return }
    let others = entries().filter { $0.owner != owner && exists($0.owner) }
    let own = symbols.map { Entry(owner: owner, code: $0.key, symbol: $0.value) }
    let all = others + own
    if all.isEmpty {
      XDeleteProperty(display.connection, display.root, note)
    } else {
      let words = all.flatMap { [UInt($0.owner), UInt($0.code), UInt($0.symbol)] }
      Property.write(display, display.root, note, type: XA_CARDINAL, words: words)
    }
  }

  private func entries() -> [Entry] {
    guard !display.isLost, let property = Property.read(display, display.root, note) else { return [] }
    return stride(from: 0, to: property.words.count - 2, by: 3).compactMap { index in
      guard let code = KeyCode(exactly: property.words[index + 1]), code >= 8 else { return nil }
      return Entry(owner: property.words[index], code: code, symbol: KeySym(property.words[index + 2]))
    }
  }

  private func exists(_ window: CX11.Window) -> Bool {
    var property: Property?
    let error = display.trapping { property = Property.read(display, window, note) }
    return error == nil && property != nil
  }

  private func symbol(of code: KeyCode) -> KeySym {
    guard !display.isLost else { return 0 }
    var width: Int32 = 0
    guard let symbols = XGetKeyboardMapping(display.connection, code, 1, &width) else { return 0 }
    defer { XFree(symbols) }
    return width > 0 ? symbols[0] : 0
  }

  private func write(_ symbols: [KeySym], to code: KeyCode) {
    guard !display.isLost else { return }
    var symbols = symbols
    XChangeKeyboardMapping(display.connection, Int32(code), Int32(symbols.count), &symbols, 1)
  }

  /// Has the server report the state of the keyboard to all programs, after a change of the map.
  ///
  /// Qt 5 reads the map again and then takes the first group without locked modifiers for the state, until the next
  /// report. A modifier without a key is locked and unlocked: that types nothing and changes no lamp.
  private func announceState() {
    guard !display.isLost else { return }
    let state = display.keyboardState()
    guard state.group != 0 || state.mods != 0 else { return }
    guard let map = XGetModifierMapping(display.connection) else { return }
    defer { XFreeModifiermap(map) }
    let width = Int(map.pointee.max_keypermod)
    let modifier = (Int(Mod1MapIndex)...Int(Mod5MapIndex)).first { index in
      (0..<width).allSatisfy { map.pointee.modifiermap[index * width + $0] == 0 }
    }
    guard let modifier else { return }
    let mask = UInt32(1) << UInt32(modifier)
    XkbLockModifiers(display.connection, KeyboardDevices.core, mask, mask)
    XkbLockModifiers(display.connection, KeyboardDevices.core, mask, 0)
  }

  /// Makes requests while no other program makes one, so that two programs do not choose the same code.
  private func holdingServer(_ work: () -> Void) {
    guard !display.isLost else { return }
    XGrabServer(display.connection)
    work()
    guard !display.isLost else { return }
    XUngrabServer(display.connection)
    XFlush(display.connection)
  }
}
