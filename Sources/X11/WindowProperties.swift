// What the window tells the window manager and the desktop about itself: ICCCM 4.1 and EWMH.

import Basics
internal import CX11
import Glibc

/// A picture for task bars: `0xAARRGGBB`, row after row.
package struct Icon: Sendable {
  /// Columns.
  package let width: Int
  /// Rows.
  package let height: Int
  /// The pixels, `width * height` of them.
  package let pixels: [UInt32]

  /// Makes an icon from its pixels, which must be exactly `width * height`.
  package init(width: Int, height: Int, pixels: [UInt32]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height, "pixels must fill the icon")
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}

extension Window {
  /// Sets every property once, before the window is shown.
  func describe(_ settings: Settings) {
    publishTitle()
    publishClass(settings.className)
    publishSizes(minimum: settings.minimum)
    publishProcess()
    let atoms = display.atoms
    setAtoms(.wmProtocols, [atoms[.wmDelete], atoms[.ping]])
    setAtoms(.windowType, [atoms[.windowTypeNormal]])
    if !settings.icons.isEmpty { publish(settings.icons) }
    var version = [UInt(5)]
    set(.dropAware, type: XA_ATOM, words: &version)
    startup.announce(on: self)
  }

  /// WM_NAME for window managers of any age, and _NET_WM_NAME in UTF-8; the same for the icon's name.
  func publishTitle() {
    guard !display.isLost else { return }
    let connection = display.connection
    let latin = title.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
    if latin.count == title.unicodeScalars.count {
      setBytes(XA_WM_NAME, type: XA_STRING, latin)
      setBytes(XA_WM_ICON_NAME, type: XA_STRING, latin)
    } else {
      var property = XTextProperty()
      var line = strdup(title)
      defer { free(line) }
      let status = exclusively {
        Xutf8TextListToTextProperty(connection, &line, 1, XStdICCTextStyle, &property)
      }
      if status >= 0 {
        XSetWMName(connection, identifier, &property)
        XSetWMIconName(connection, identifier, &property)
        XFree(property.value)
      }
    }
    setBytes(display.atoms[.netName], type: display.atoms[.utf8], Array(title.utf8))
    setBytes(display.atoms[.netIconName], type: display.atoms[.utf8], Array(title.utf8))
  }

  /// WM_CLASS, WM_HINTS: which program this is, and that it wants the keyboard by the passive model.
  private func publishClass(_ name: String) {
    let instance = name.lowercased()
    setBytes(XA_WM_CLASS, type: XA_STRING, Array(instance.utf8) + [0] + Array(name.utf8) + [0])
    var hints = XWMHints()
    hints.flags = Int(InputHint | StateHint)
    hints.input = 1
    hints.initial_state = NormalState
    XSetWMHints(display.connection, identifier, &hints)
  }

  private func publishSizes(minimum: (width: Int, height: Int)) {
    var hints = XSizeHints()
    hints.flags = Int(PSize | PMinSize | PWinGravity)
    hints.width = Int32(width)
    hints.height = Int32(height)
    hints.min_width = Int32(min(minimum.width, width))
    hints.min_height = Int32(min(minimum.height, height))
    hints.win_gravity = NorthWestGravity
    XSetWMNormalHints(display.connection, identifier, &hints)
  }

  /// The process and its machine; a window manager needs both to offer to end a program that hangs.
  private func publishProcess() {
    var pid = [UInt(getpid())]
    set(.pid, type: XA_CARDINAL, words: &pid)
    var host = [CChar](repeating: 0, count: 256)
    guard gethostname(&host, host.count - 1) == 0 else { return }
    let bytes = host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    setBytes(XA_WM_CLIENT_MACHINE, type: XA_STRING, bytes)
  }

  private func publish(_ icons: [Icon]) {
    // Xlib takes 32-bit items as longs, whatever their size.
    var words: [UInt] = []
    for icon in icons {
      words += [UInt(icon.width), UInt(icon.height)]
      words += icon.pixels.map { UInt($0) }
    }
    set(.icon, type: XA_CARDINAL, words: &words)
  }

  func setAtoms(_ name: Atoms.Name, _ atoms: [Atom]) {
    var words = atoms
    set(name, type: XA_ATOM, words: &words)
  }

  func set(_ name: Atoms.Name, type: Atom, words: inout [UInt]) {
    let count = Int32(words.count)
    words.withUnsafeMutableBytes { bytes in
      _ = XChangeProperty(
        display.connection, identifier, display.atoms[name], type, 32, PropModeReplace,
        bytes.assumingMemoryBound(to: UInt8.self).baseAddress, count)
    }
  }

  func setBytes(_ name: Atom, type: Atom, _ bytes: [UInt8]) {
    XChangeProperty(
      display.connection, identifier, name, type, 8, PropModeReplace, bytes, Int32(bytes.count))
  }
}
