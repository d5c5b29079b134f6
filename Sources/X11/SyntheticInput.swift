import Basics
internal import CX11
import Glibc

/// A hand on the mouse and the keyboard: moves the pointer, presses buttons and keys, as a person would.
///
/// It has a connection of its own, on the thread that made it. The events go through the server by XTEST, whose
/// library is loaded at run time; where that or the server's extension is missing they are sent to the window.
package final class SyntheticInput {
  private typealias QueryExtension =
    @convention(c) (
      OpaquePointer, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>,
      UnsafeMutablePointer<Int32>
    ) -> Int32
  private typealias FakeMotion = @convention(c) (OpaquePointer, Int32, Int32, Int32, UInt) -> Int32
  private typealias FakeButton = @convention(c) (OpaquePointer, UInt32, Int32, UInt) -> Int32
  private typealias FakeKey = @convention(c) (OpaquePointer, UInt32, Int32, UInt) -> Int32

  private struct Library {
    let motion: FakeMotion
    let button: FakeButton
    let key: FakeKey
  }

  private let display: Display
  private let library: Library?
  private let window: CX11.Window
  private var place = (x: 0, y: 0)
  private var state: UInt32 = 0

  /// Reaches for a window by its ``Window/identifier``, on the display of that name.
  package init(on window: UInt, display name: String) throws(DisplayError) {
    display = try Display(named: name)
    self.window = window
    library = Self.load(on: display.connection)
  }

  /// Whether the events are real, or only sent to the window.
  package var isReal: Bool { library != nil }

  /// Moves the pointer to a place given in the window's pixels.
  package func move(toX x: Int, y: Int) {
    place = (x, y)
    guard let library else { return sendMotion() }
    let (left, top) = origin()
    _ = library.motion(display.connection, -1, Int32(left + x), Int32(top + y), 0)
    display.flush()
  }

  /// Moves the pointer through many places given in the window's pixels, with one question for the window's own.
  package func move(through places: [(x: Int, y: Int)]) {
    guard let library else {
      for (x, y) in places { move(toX: x, y: y) }
      return
    }
    let (left, top) = origin()
    for (x, y) in places { _ = library.motion(display.connection, -1, Int32(left + x), Int32(top + y), 0) }
    place = places.last ?? place
    display.flush()
  }

  /// Puts a button down.
  package func press(_ button: PointerButton = .primary) { set(button.number, isDown: true) }

  /// Lets a button go.
  package func release(_ button: PointerButton = .primary) { set(button.number, isDown: false) }

  /// Moves to a place and clicks there.
  package func click(atX x: Int, y: Int, _ button: PointerButton = .primary) {
    move(toX: x, y: y)
    press(button)
    release(button)
  }

  /// Turns the wheel by one step: down, or up.
  package func scroll(down: Bool) {
    set(down ? 5 : 4, isDown: true)
    set(down ? 5 : 4, isDown: false)
  }

  /// Types a text; false if the layout has no key for one of its characters, and then nothing after it is typed.
  @discardableResult
  package func type(_ text: String) -> Bool {
    text.allSatisfy { tap(.character($0)) }
  }

  /// Presses and releases a key, with modifier keys held; false if the layout has no such key.
  @discardableResult
  package func tap(_ key: Key, with modifiers: Modifiers = []) -> Bool {
    guard let (code, needsShift) = code(of: key) else { return false }
    var held: [KeySym] = []
    if modifiers.contains(.shift) || needsShift { held.append(KeySym(XK_Shift_L)) }
    if modifiers.contains(.control) { held.append(KeySym(XK_Control_L)) }
    if modifiers.contains(.alt) { held.append(KeySym(XK_Alt_L)) }
    if modifiers.contains(.command) { held.append(KeySym(XK_Super_L)) }
    let codes = held.map { XKeysymToKeycode(display.connection, $0) }
    for (symbol, holder) in zip(held, codes) { set(key: holder, symbol: symbol, isDown: true) }
    set(key: code, symbol: 0, isDown: true)
    set(key: code, symbol: 0, isDown: false)
    for (symbol, holder) in zip(held, codes).reversed() { set(key: holder, symbol: symbol, isDown: false) }
    return true
  }

  /// Returns when the server has worked through everything so far.
  package func settle() {
    if !display.isLost { XSync(display.connection, 0) }
  }

  private func set(_ button: UInt32, isDown: Bool) {
    if let library {
      _ = library.button(display.connection, button, isDown ? 1 : 0, 0)
      display.flush()
      return
    }
    var event = XEvent()
    event.xbutton.type = isDown ? ButtonPress : ButtonRelease
    event.xbutton.window = window
    event.xbutton.root = display.root
    event.xbutton.time = now
    event.xbutton.x = Int32(place.x)
    event.xbutton.y = Int32(place.y)
    event.xbutton.state = state
    event.xbutton.button = button
    event.xbutton.same_screen = 1
    send(&event, isDown ? ButtonPressMask : ButtonReleaseMask)
    // The masks of the first five buttons follow each other.
    let bit: UInt32 = button <= 5 ? UInt32(Button1Mask) << (button - 1) : 0
    state = isDown ? state | bit : state & ~bit
  }

  private func set(key code: KeyCode, symbol: KeySym, isDown: Bool) {
    if let library {
      _ = library.key(display.connection, UInt32(code), isDown ? 1 : 0, 0)
      display.flush()
      return
    }
    var event = XEvent()
    event.xkey.type = isDown ? CX11.KeyPress : KeyRelease
    event.xkey.window = window
    event.xkey.root = display.root
    event.xkey.time = now
    event.xkey.state = state
    event.xkey.keycode = UInt32(code)
    event.xkey.same_screen = 1
    send(&event, isDown ? KeyPressMask : KeyReleaseMask)
    let masks: [Int: Int32] = [
      Int(XK_Shift_L): ShiftMask, Int(XK_Control_L): ControlMask, Int(XK_Alt_L): Mod1Mask,
      Int(XK_Super_L): Mod4Mask,
    ]
    guard let mask = masks[Int(symbol)] else { return }
    state = isDown ? state | UInt32(mask) : state & ~UInt32(mask)
  }

  private func sendMotion() {
    var event = XEvent()
    event.xmotion.type = MotionNotify
    event.xmotion.window = window
    event.xmotion.root = display.root
    event.xmotion.time = now
    event.xmotion.x = Int32(place.x)
    event.xmotion.y = Int32(place.y)
    event.xmotion.state = state
    event.xmotion.same_screen = 1
    send(&event, PointerMotionMask)
  }

  private func send(_ event: inout XEvent, _ mask: Int) {
    guard !display.isLost else { return }
    XSendEvent(display.connection, window, 0, mask, &event)
    display.flush()
  }

  /// The key that types a character or means a key, and whether Shift has to be held for it.
  private func code(of key: Key) -> (KeyCode, Bool)? {
    guard let symbol = key.symbol, !display.isLost else { return nil }
    // The layout may have changed since the last key.
    settle()
    _ = display.events(waiting: .zero)
    let code = XKeysymToKeycode(display.connection, symbol)
    guard code != 0 else { return nil }
    return (code, XkbKeycodeToKeysym(display.connection, code, 0, 0) != symbol)
  }

  private func origin() -> (Int, Int) {
    var (left, top): (Int32, Int32) = (0, 0)
    var child = CX11.Window(None)
    guard !display.isLost else { return (0, 0) }
    XTranslateCoordinates(display.connection, window, display.root, 0, 0, &left, &top, &child)
    return (Int(left), Int(top))
  }

  private var now: Time {
    let (seconds, attoseconds) = (ContinuousClock.now - Self.start).components
    return Time(UInt32(truncatingIfNeeded: seconds * 1000 + attoseconds / 1_000_000_000_000_000))
  }

  /// Sent events count their time from here, as those of the server do from its own start.
  private static let start = ContinuousClock.now

  private static func load(on connection: OpaquePointer) -> Library? {
    guard let library = dlopen("libXtst.so.6", RTLD_LAZY | RTLD_LOCAL),
      let query = dlsym(library, "XTestQueryExtension"),
      let motion = dlsym(library, "XTestFakeMotionEvent"),
      let button = dlsym(library, "XTestFakeButtonEvent"),
      let key = dlsym(library, "XTestFakeKeyEvent")
    else { return nil }
    var (event, error, major, minor): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    let hasTest = exclusively {
      unsafeBitCast(query, to: QueryExtension.self)(connection, &event, &error, &major, &minor) != 0
    }
    guard hasTest else { return nil }
    return Library(
      motion: unsafeBitCast(motion, to: FakeMotion.self), button: unsafeBitCast(button, to: FakeButton.self),
      key: unsafeBitCast(key, to: FakeKey.self))
  }
}

extension PointerButton {
  /// The button's number in X.
  var number: UInt32 {
    switch self {
    case .primary: 1
    case .middle: 2
    case .secondary: 3
    case .other(let number): UInt32(clamping: number)
    }
  }
}

extension Key {
  /// The keysym that stands for the key.
  var symbol: KeySym? {
    switch self {
    case .character(let character):
      guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
        return nil
      }
      return KeySym(scalar.value < 0x100 ? scalar.value : 0x1_000_000 + scalar.value)
    case .enter: return KeySym(XK_Return)
    case .escape: return KeySym(XK_Escape)
    case .tab: return KeySym(XK_Tab)
    case .backspace: return KeySym(XK_BackSpace)
    case .delete: return KeySym(XK_Delete)
    case .insert: return KeySym(XK_Insert)
    case .left: return KeySym(XK_Left)
    case .right: return KeySym(XK_Right)
    case .up: return KeySym(XK_Up)
    case .down: return KeySym(XK_Down)
    case .home: return KeySym(XK_Home)
    case .end: return KeySym(XK_End)
    case .pageUp: return KeySym(XK_Page_Up)
    case .pageDown: return KeySym(XK_Page_Down)
    case .function(let number): return KeySym(XK_F1) + KeySym(clamping: number - 1)
    case .other(let symbol): return KeySym(symbol)
    }
  }
}
