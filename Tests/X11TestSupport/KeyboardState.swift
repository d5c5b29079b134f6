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
}
