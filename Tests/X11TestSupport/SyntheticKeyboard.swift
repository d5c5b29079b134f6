// Keys that are pressed by a program: through the server, or sent to the window where the server has no XTEST.

import CX11
package import X11

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension SyntheticInput {
  /// Turns the wheel by one step: down, or up.
  package func scroll(down: Bool) {
    press(.other(down ? 5 : 4))
    release(.other(down ? 5 : 4))
  }

  /// Types a text up to the first character that the layout has no key for.
  package func type(_ text: String) { _ = text.allSatisfy { tap(.character($0)) } }

  /// Presses a modifier key and leaves it down, or releases it.
  package func hold(_ key: HeldKey, isDown: Bool) {
    settle()
    SyntheticKeyboard(on: window, display: display.name)?.hold(key.symbol, isDown: isDown)
  }

  /// A modifier key that is held down.
  package struct HeldKey: Sendable {
    fileprivate let symbol: UInt
    package static let shift = HeldKey(symbol: UInt(XK_Shift_L))
    package static let control = HeldKey(symbol: UInt(XK_Control_L))
  }

  /// Presses and releases a key while modifier keys are held.
  ///
  /// - Returns: Whether the layout has such a key.
  @discardableResult
  package func tap(_ key: Key, with modifiers: Modifiers = []) -> Bool {
    // The keys are on a connection of their own, and must not come before earlier motions and buttons.
    settle()
    return SyntheticKeyboard(on: window, display: display.name)?.tap(key, with: modifiers) ?? false
  }
}

/// Presses keys in one window.
private final class SyntheticKeyboard {
  private typealias QueryExtension =
    @convention(c) (
      OpaquePointer, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>,
      UnsafeMutablePointer<Int32>
    ) -> Int32
  private typealias FakeKey = @convention(c) (OpaquePointer, UInt32, Int32, UInt) -> Int32

  private let client: RawClient
  private let window: UInt
  private let fakeKey: FakeKey?
  private var state: UInt32 = 0

  init?(on window: UInt, display name: String) {
    guard let client = RawClient(name) else { return nil }
    self.client = client
    self.window = window
    fakeKey = Self.fakeKey(on: client.connection)
  }

  func tap(_ key: Key, with modifiers: Modifiers) -> Bool {
    guard let (code, needsShift) = code(of: key) else { return false }
    var modifiers = modifiers
    if needsShift { modifiers.insert(.shift) }
    let held = Self.modifierKeys.filter { modifiers.contains($0.modifier) }
    let codes = held.map { XKeysymToKeycode(client.connection, KeySym($0.symbol)) }
    for (key, code) in zip(held, codes) { set(code, mask: key.mask, isDown: true) }
    set(code, isDown: true)
    set(code, isDown: false)
    for (key, code) in zip(held, codes).reversed() { set(code, mask: key.mask, isDown: false) }
    client.sync()
    return true
  }

  func hold(_ symbol: KeySym, isDown: Bool) {
    set(XKeysymToKeycode(client.connection, symbol), isDown: isDown)
    client.sync()
  }

  private static let modifierKeys: [(modifier: Modifiers, symbol: Int32, mask: Int32)] = [
    (.shift, XK_Shift_L, ShiftMask), (.control, XK_Control_L, ControlMask), (.alt, XK_Alt_L, Mod1Mask),
    (.command, XK_Super_L, Mod4Mask),
  ]

  /// The code of a key in the layout, and whether Shift must be held for it.
  private func code(of key: Key) -> (KeyCode, Bool)? {
    guard let symbol = key.symbol else { return nil }
    // The layout may have changed since the last key.
    client.sync()
    var event = XEvent()
    while XPending(client.connection) > 0 {
      XNextEvent(client.connection, &event)
      if event.type == MappingNotify { XRefreshKeyboardMapping(&event.xmapping) }
    }
    let code = XKeysymToKeycode(client.connection, symbol)
    guard code != 0 else { return nil }
    return (code, XkbKeycodeToKeysym(client.connection, code, 0, 0) != symbol)
  }

  private func set(_ code: KeyCode, mask: Int32 = 0, isDown: Bool) {
    if let fakeKey {
      _ = fakeKey(client.connection, UInt32(code), isDown ? 1 : 0, 0)
    } else {
      var event = XEvent()
      event.xkey.type = isDown ? CX11.KeyPress : KeyRelease
      event.xkey.window = window
      event.xkey.root = client.root
      event.xkey.state = state
      event.xkey.keycode = UInt32(code)
      event.xkey.same_screen = 1
      XSendEvent(client.connection, window, 0, isDown ? KeyPressMask : KeyReleaseMask, &event)
      state = isDown ? state | UInt32(mask) : state & ~UInt32(mask)
    }
    XFlush(client.connection)
  }

  /// XTEST's function, where the library and the server have it.
  private static func fakeKey(on connection: OpaquePointer) -> FakeKey? {
    guard let library = dlopen("libXtst.so.6", RTLD_LAZY | RTLD_LOCAL),
      let query = dlsym(library, "XTestQueryExtension"), let key = dlsym(library, "XTestFakeKeyEvent")
    else { return nil }
    var (event, error, major, minor): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    let hasTest = unsafeBitCast(query, to: QueryExtension.self)(connection, &event, &error, &major, &minor)
    return hasTest != 0 ? unsafeBitCast(key, to: FakeKey.self) : nil
  }
}
