// The keyboard map of a server, and the modifiers that are held and locked.

import CX11

extension RawClient {
  /// The symbols of all keys, as `xmodmap -pke` prints them.
  package func keyboardMap() -> [[UInt]] {
    var (first, last, width): (Int32, Int32, Int32) = (0, 0, 0)
    XDisplayKeycodes(connection, &first, &last)
    let count = last - first + 1
    guard let symbols = XGetKeyboardMapping(connection, KeyCode(first), count, &width) else { return [] }
    defer { XFree(symbols) }
    return (0..<Int(count)).map { key in (0..<Int(width)).map { symbols[key * Int(width) + $0] } }
  }

  /// The modifiers that are held or locked, as a mask of X.
  package var modifierState: UInt32 {
    var (root, child): (UInt, UInt) = (0, 0)
    var (rootX, rootY, x, y): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    var mask: UInt32 = 0
    XQueryPointer(connection, self.root, &root, &child, &rootX, &rootY, &x, &y, &mask)
    return mask
  }

  /// The window that has the keyboard focus.
  package var focusedWindow: UInt {
    var window: UInt = 0
    var revert: Int32 = 0
    XGetInputFocus(connection, &window, &revert)
    return window
  }

  /// Locks Caps Lock, or unlocks it.
  package func setCapsLock(_ isOn: Bool) {
    XkbLockModifiers(connection, UInt32(XkbUseCoreKbd), UInt32(LockMask), isOn ? UInt32(LockMask) : 0)
    sync()
  }

  /// Makes a group of the layout active, counted from 0.
  package func lockGroup(_ group: UInt32) {
    XkbLockGroup(connection, UInt32(XkbUseCoreKbd), group)
    sync()
  }

  /// A report of the server about the keyboard.
  package enum KeyboardReport: Equatable {
    case mapChanged
    case state(group: UInt32, modifiers: UInt32)
  }

  /// Has the server report changes of the keyboard's map and state.
  package func watchKeyboard() {
    let mask = UInt32(XkbMapNotifyMask | XkbStateNotifyMask)
    XkbSelectEvents(connection, UInt32(XkbUseCoreKbd), mask, mask)
    sync()
  }

  /// The reports that have come since the last call.
  package func keyboardReports() -> [KeyboardReport] {
    sync()
    var reports: [KeyboardReport] = []
    var event = XEvent()
    while XPending(connection) > 0 {
      XNextEvent(connection, &event)
      guard event.type >= LASTEvent else { continue }
      let report = withUnsafePointer(to: event) { event -> KeyboardReport? in
        switch cx11_xkb_type(event) {
        case XkbMapNotify: .mapChanged
        case XkbStateNotify:
          event.withMemoryRebound(to: XkbStateNotifyEvent.self, capacity: 1) {
            .state(group: UInt32(clamping: $0.pointee.group), modifiers: $0.pointee.mods)
          }
        default: nil
        }
      }
      if let report { reports.append(report) }
    }
    return reports
  }
}
