import Basics
internal import CX11

/// Types texts and presses keys in the window that has the keyboard focus, as a keyboard would.
///
/// Keys are pressed through XTEST, by the map of the XTEST keyboard in the group that is active. A character without a
/// key is given a spare key code (``SpareKeys``). It has a connection of its own, and belongs to the thread that made
/// it.
package final class Typist {
  /// A window that has the keyboard focus.
  package struct Target: Sendable, Equatable {
    /// The window's identifier.
    package let window: UInt
    /// The program's name, as its window says it (WM_CLASS).
    package let program: String?

    /// Makes a target.
    package init(window: UInt, program: String?) {
      self.window = window
      self.program = program
    }
  }

  /// The time that a program has to read the map after a key, before the key's code gets another meaning.
  ///
  /// A program looks up the meaning of a code when it handles the key, and reads the map again at the first change. If
  /// the code had another meaning by then, it would read the wrong character.
  private static let settlingTime = Duration.milliseconds(250)
  /// The same for a program that has answered that it has handled its events; its input method may be slower.
  private static let settlingTimeAfterAnswer = Duration.milliseconds(60)
  /// The time that a program has to answer; one that is busy for longer may read wrong characters.
  private static let answerLimit = Duration.seconds(3)
  /// How far the text is searched for the next characters without a key.
  private static let lookahead = 400

  private let display: Display
  private let library: XTestLibrary
  private let devices: KeyboardDevices
  private var map: KeyMap
  private let spareKeys: SpareKeys
  /// When each spare code was pressed last.
  private var lastUse: [KeyCode: ContinuousClock.Instant] = [:]
  private var lastTarget: CX11.Window = 0
  private var stamp: UInt32 = 0x494E_4B00
  private var isMapOld = false
  /// The type of Xkb's events.
  private let keyboardEventType: Int32
  private var isWatching = false
  /// The presses on all devices that the server has reported, and those of them that this object has made.
  private var presses = 0
  private var ownPresses = 0

  /// Connects to a server, and repairs what a killed program has left in its keyboard map.
  package init(display name: String? = nil) throws(TypingError) {
    do throws(DisplayError) { display = try Display(named: name) } catch { throw .display(error) }
    library = try XTestLibrary(on: display.connection)
    devices = KeyboardDevices(display)
    spareKeys = SpareKeys(display)
    var (opcode, event, error, major, minor): (Int32, Int32, Int32, Int32, Int32) = (0, 0, 0, 1, 0)
    guard XkbQueryExtension(display.connection, &opcode, &event, &error, &major, &minor) != 0 else {
      throw .noKeyboard
    }
    keyboardEventType = event
    // A program that uses Xkb gets no MappingNotify, and other events only where it selects them.
    let changes = UInt32(XkbNewKeyboardNotifyMask | XkbMapNotifyMask)
    for device in Set([KeyboardDevices.core, devices.test]) {
      XkbSelectEvents(display.connection, device, changes, changes)
    }
    guard let map = KeyMap(display, device: devices.test) else { throw .noKeyboard }
    self.map = map
  }

  deinit { close() }

  /// Ends what is needed only while texts are typed: gives the spare codes back, and no longer counts presses.
  ///
  /// The server keeps the reports of presses in its memory until they are read: they are asked for only while texts are
  /// typed.
  package func rest() {
    close()
    devices.watchPresses(false, display)
    isWatching = false
    _ = hasMapChanged()
  }

  /// Gives the spare codes back, after the focused program had time to read the last characters.
  package func close() {
    guard !spareKeys.symbols.isEmpty else { return }
    settle(Array(spareKeys.symbols.keys))
    spareKeys.giveBack()
    lastUse = [:]
  }

  /// The window that has the keyboard focus; nil where none has it.
  ///
  /// Without a window manager it can be the one under the pointer, whose identifier is then 1.
  package var target: Target? {
    let window = focusedWindow()
    return window == 0 ? nil : Target(window: window, program: program(of: window))
  }

  /// The number of keys and buttons that others have pressed: a person on any device, or other programs.
  ///
  /// It counts from the first text on, until ``rest()``, and stays 0 where the server does not report presses.
  package var otherPresses: Int {
    if !display.isLost { XSync(display.connection, 0) }
    _ = hasMapChanged()
    return max(0, presses - ownPresses)
  }

  /// Checks that a text can be typed: it has no control characters, and line breaks only if they are allowed.
  package static func check(_ text: String, allowingEnter: Bool) throws(TypingError) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\r": if !allowingEnter { throw .lineBreak }
      case "\t": break
      case _ where scalar.properties.generalCategory == .control: throw .controlCharacter(code: scalar.value)
      default: break
      }
    }
  }

  /// Types a text into a window, as long as it has the keyboard focus.
  ///
  /// A line break presses Enter, and a tab presses Tab.
  ///
  /// - Returns: The number of keys that were pressed, which as many presses of Backspace take back in most programs.
  @discardableResult
  package func type(
    _ text: String, into target: Target, allowingEnter: Bool = false, isCancelled: () -> Bool = { false }
  ) throws(TypingError) -> Int {
    try Self.check(text, allowingEnter: allowingEnter)
    let symbols = Self.symbols(of: text)
    try tap(symbols, in: target, isCancelled: isCancelled)
    return symbols.count
  }

  /// Presses a key several times while modifiers are held.
  package func press(
    _ key: Key, with modifiers: Modifiers = [], count: Int = 1, in target: Target
  ) throws(TypingError) {
    guard let symbol = key.symbol else { throw .noKey(name: "\(key)") }
    try tap([KeySym](repeating: symbol, count: max(0, count)), with: modifiers.mask, in: target)
  }

  // MARK: Keys

  /// The keysyms of a text; line breaks are Return.
  private static func symbols(of text: String) -> [KeySym] {
    text.flatMap { character -> [KeySym] in
      if character == "\r\n" { return [KeySym(XK_Return)] }
      return character.unicodeScalars.map { scalar in
        switch scalar {
        case "\n", "\r": KeySym(XK_Return)
        case "\t": KeySym(XK_Tab)
        default: scalar.keysym
        }
      }
    }
  }

  /// Presses and releases the keys of keysyms one after the other; held modifiers are released meanwhile.
  private func tap(
    _ symbols: [KeySym], with modifiers: UInt32 = 0, in target: Target,
    isCancelled: () -> Bool = { false }
  ) throws(TypingError) {
    if !isWatching {
      devices.watchPresses(true, display)
      isWatching = true
    }
    try followChanges()
    guard focusedWindow() == target.window else { throw .focusChanged(typed: 0) }
    let held = HeldModifiers(display, map, devices, library)
    defer { ownPresses += held.restore(display, devices, library) }
    for index in symbols.indices {
      if isCancelled() { throw .cancelled(typed: index) }
      try tap(symbols[index], with: modifiers, before: symbols[index...], in: target, typed: index)
    }
  }

  /// Presses and releases the key of a keysym; the following ones may get spare codes at the same time.
  private func tap(
    _ symbol: KeySym, with modifiers: UInt32, before following: ArraySlice<KeySym>, in target: Target,
    typed: Int
  ) throws(TypingError) {
    for _ in 0..<8 {
      try followChanges()
      // While the server is held, neither the focus nor the group can change before the key is pressed.
      guard !display.isLost else { throw .display(.lost(name: display.name)) }
      XGrabServer(display.connection)
      let isFocused = focusedWindow() == target.window
      let group = Int(display.keyboardState().group)
      let isCurrent = !hasMapChanged()
      let position = position(of: symbol, with: modifiers, group: group)
      let held = position.flatMap { map.keys(holding: $0.modifiers | modifiers, group: group) }
      if isFocused, isCurrent, let position, let held { press(position.code, holding: held) }
      XUngrabServer(display.connection)
      XFlush(display.connection)
      guard isFocused else { throw .focusChanged(typed: typed) }
      if !isCurrent { continue }
      if let position {
        guard held != nil else { throw .noKey(name: "a modifier") }
        lastTarget = target.window
        if spareKeys.symbols[position.code] != nil { lastUse[position.code] = .now }
        return
      }
      try assignSpareKeys(for: following, group: group)
    }
    throw .mapUnchanged
  }

  private func position(of symbol: KeySym, with modifiers: UInt32, group: Int) -> KeyMap.Position? {
    if let position = map.position(of: symbol, group: group) { return position }
    if let scalar = Unicode.Scalar(keysym: symbol), let position = map.position(of: scalar, group: group) {
      return position
    }
    guard modifiers & ~UInt32(ShiftMask) != 0 else { return nil }
    // Programs find a shortcut's Latin letter in the other groups of the key too.
    return (0..<4).lazy.compactMap { self.map.position(of: symbol, group: $0) }.first { $0.modifiers == 0 }
  }

  private func press(_ code: KeyCode, holding held: [KeyCode]) {
    let connection = display.connection
    ownPresses += held.count + 1
    for key in held { _ = library.key(connection, UInt32(key), 1, 0) }
    _ = library.key(connection, UInt32(code), 1, 0)
    _ = library.key(connection, UInt32(code), 0, 0)
    for key in held.reversed() { _ = library.key(connection, UInt32(key), 0, 0) }
  }

  // MARK: Spare codes

  /// Gives spare codes to the next keysyms that have no key, as many as there are codes.
  private func assignSpareKeys(for following: ArraySlice<KeySym>, group: Int) throws(TypingError) {
    let codes = map.unusedCodes + spareKeys.symbols.keys.sorted()
    guard !codes.isEmpty, let first = following.first else {
      throw .noKey(name: Self.name(of: following.first ?? 0))
    }
    var needed: [KeySym] = [first]
    for symbol in following.prefix(Self.lookahead) where needed.count < codes.count {
      let isSpare =
        spareKeys.symbols.values.contains(symbol) || position(of: symbol, with: 0, group: group) == nil
      if isSpare, !needed.contains(symbol) { needed.append(symbol) }
    }
    let missing = needed.filter { !spareKeys.symbols.values.contains($0) }
    // Codes that were never used come first, then those whose use is longest ago.
    let replaceable = codes.filter { code in spareKeys.symbols[code].map { !needed.contains($0) } ?? true }
    let ordered = replaceable.sorted { a, b in
      switch (lastUse[a], lastUse[b]) {
      case (let a?, let b?): a < b
      case (nil, _?): true
      default: false
      }
    }
    let changes = zip(ordered, missing).map { (code: $0, symbol: $1) }
    settle(changes.map(\.code))
    spareKeys.assign(changes)
    try awaitMapChange()
    for change in changes {
      lastUse[change.code] = nil
      guard map.position(of: change.symbol, group: group) != nil else { throw .mapUnchanged }
    }
  }

  /// Waits until the program that got the last keys has had time to look up these codes.
  private func settle(_ codes: [KeyCode]) {
    guard let latest = codes.compactMap({ lastUse[$0] }).max(), !display.isLost else { return }
    stamp &+= 1
    var pause = Self.settlingTime
    if let ping = ClientPing(display, window: lastTarget, stamp: stamp) {
      defer { ping.end(display) }
      if awaitEvent(until: .now + Self.answerLimit, { ping.isAnswered(by: $0) }) {
        pause = Self.settlingTimeAfterAnswer
      }
    }
    _ = awaitEvent(until: latest + pause) { _ in false }
  }

  private static func name(of symbol: KeySym) -> String {
    Unicode.Scalar(keysym: symbol).map { String(Character($0)) } ?? "keysym \(String(symbol, radix: 16))"
  }

  // MARK: Changes by the server and other programs

  /// Handles the events that have arrived, and reads the map again if it has changed.
  private func followChanges() throws(TypingError) {
    guard !display.isLost else { throw .display(.lost(name: display.name)) }
    _ = hasMapChanged()
    guard isMapOld else { return }
    isMapOld = false
    guard let changed = KeyMap(display, device: devices.test) else { throw .noKeyboard }
    map = changed
    spareKeys.forget { map.symbol(of: $0) != $1 }
  }

  /// Whether the server has reported a change of the map since it was read.
  private func hasMapChanged() -> Bool {
    var event = XEvent()
    while !display.isLost, XEventsQueued(display.connection, QueuedAfterReading) > 0 {
      XNextEvent(display.connection, &event)
      note(event)
    }
    return isMapOld
  }

  private func note(_ event: XEvent) {
    if devices.isPress(event) { presses += 1 }
    if isMapChange(event) { isMapOld = true }
  }

  private func isMapChange(_ event: XEvent) -> Bool {
    if event.type == MappingNotify { return event.xmapping.request != MappingPointer }
    guard event.type == keyboardEventType else { return false }
    return withUnsafePointer(to: event) { [XkbNewKeyboardNotify, XkbMapNotify].contains(cx11_xkb_type($0)) }
  }

  /// Waits until the server has reported a change of the map, and reads it.
  private func awaitMapChange() throws(TypingError) {
    if !isMapOld {
      _ = awaitEvent(until: .now + .seconds(2), isMapChange)
    }
    isMapOld = true
    try followChanges()
  }

  /// Handles events until one fulfils a condition.
  ///
  /// - Returns: Whether it came in time.
  private func awaitEvent(
    until deadline: ContinuousClock.Instant, _ isExpected: (XEvent) -> Bool
  ) -> Bool {
    var event = XEvent()
    while !display.isLost {
      while !display.isLost, XPending(display.connection) > 0 {
        XNextEvent(display.connection, &event)
        note(event)
        if isExpected(event) { return true }
      }
      if deadline <= ContinuousClock.now { return false }
      display.wait(until: deadline)
    }
    return false
  }

  // MARK: The focus

  private func focusedWindow() -> CX11.Window {
    var window: CX11.Window = 0
    var revert: Int32 = 0
    if !display.isLost { XGetInputFocus(display.connection, &window, &revert) }
    return window
  }

  /// The name of the program of a window, from the first of it and those that contain it that has one.
  private func program(of start: CX11.Window) -> String? {
    let names = display.firstFound(from: start) { window in
      // The property has the name of the instance, and then that of the program.
      Property.read(display, window, XA_WM_CLASS)?.bytes.split(separator: 0).last
    }
    return names.map { String(decoding: $0, as: UTF8.self) }
  }
}
