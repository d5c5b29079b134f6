// The window's properties for the window manager and the desktop (ICCCM 4.1 and EWMH).

import Basics
import CLibrary
internal import CX11

/// An image for task bars.
package struct Icon: Sendable {
  /// The number of columns.
  package let width: Int
  /// The number of rows.
  package let height: Int
  /// The pixels, `0xAARRGGBB`, row after row from the top.
  package let pixels: [UInt32]

  /// Makes an icon from `width * height` pixels.
  package init(width: Int, height: Int, pixels: [UInt32]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height, "pixels must fill the icon")
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}

extension Window {
  /// Sets all properties, before the window is shown.
  func setProperties(_ settings: Settings) {
    publishTitle()
    publishClass(settings.className)
    publishSizes(settings)
    publishProcess()
    let atoms = display.atoms
    setProperty(atoms[.wmProtocols], type: XA_ATOM, words: [atoms[.wmDelete], atoms[.ping]])
    let type = role == .normal ? atoms[.windowTypeNormal] : atoms[.windowTypeUtility]
    setProperty(atoms[.windowType], type: XA_ATOM, words: [type])
    setProperty(atoms[.dropAware], type: XA_ATOM, words: [DropTarget.version])
    let icons = settings.icons.flatMap { icon in
      [UInt(icon.width), UInt(icon.height)] + icon.pixels.map { UInt($0) }
    }
    if !icons.isEmpty { setProperty(atoms[.icon], type: XA_CARDINAL, words: icons) }
    startup.announce(on: self)
    if role != .normal { publishPanel() }
  }

  /// Keeps a panel above other windows, on all desktops, and out of lists of windows.
  private func publishPanel() {
    let atoms = display.atoms
    let states: [Atoms.Name] = [.stateAbove, .stateSticky, .stateSkipTaskbar, .stateSkipPager]
    setProperty(atoms[.windowState], type: XA_ATOM, words: states.map { atoms[$0] })
    setProperty(atoms[.desktop], type: XA_CARDINAL, words: [0xFFFF_FFFF])
    // A window without a user's action does not get the keyboard when it appears.
    setProperty(atoms[.userTime], type: XA_CARDINAL, words: [0])
    // The version of XEmbed, and that the window is to be mapped.
    if role == .embedded { setProperty(atoms[.embedInfo], type: atoms[.embedInfo], words: [0, 1]) }
  }

  /// Sets WM_NAME for old window managers, _NET_WM_NAME in UTF-8, and the same for the icon's name.
  func publishTitle() {
    guard !display.isLost else { return }
    let connection = display.connection
    let latin = title.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
    if latin.count == title.unicodeScalars.count {
      setProperty(XA_WM_NAME, type: XA_STRING, bytes: latin)
      setProperty(XA_WM_ICON_NAME, type: XA_STRING, bytes: latin)
    } else {
      var property = XTextProperty()
      var line = strdup(title)
      defer { free(line) }
      let status = withXlibLock {
        Xutf8TextListToTextProperty(connection, &line, 1, XStdICCTextStyle, &property)
      }
      if status >= 0 {
        XSetWMName(connection, identifier, &property)
        XSetWMIconName(connection, identifier, &property)
        XFree(property.value)
      }
    }
    for name in [Atoms.Name.netName, .netIconName] {
      setProperty(display.atoms[name], type: display.atoms[.utf8], bytes: Array(title.utf8))
    }
  }

  /// Sets WM_CLASS and WM_HINTS: the program's name, and whether the window manager gives it the keyboard.
  private func publishClass(_ name: String) {
    let instance = name.lowercased()
    setProperty(XA_WM_CLASS, type: XA_STRING, bytes: Array("\(instance)\0\(name)\0".utf8))
    var hints = XWMHints()
    hints.flags = Int(InputHint | StateHint)
    hints.input = role == .normal ? 1 : 0
    hints.initial_state = NormalState
    XSetWMHints(display.connection, identifier, &hints)
  }

  private func publishSizes(_ settings: Settings) {
    let minimum = settings.minimum
    var hints = XSizeHints()
    hints.flags = Int(PSize | PMinSize | PWinGravity)
    if let position = settings.position {
      hints.flags |= Int(USPosition | PPosition)
      hints.x = Int32(clamping: position.x)
      hints.y = Int32(clamping: position.y)
    }
    hints.width = Int32(width)
    hints.height = Int32(height)
    hints.min_width = Int32(min(minimum.width, width))
    hints.min_height = Int32(min(minimum.height, height))
    hints.win_gravity = NorthWestGravity
    XSetWMNormalHints(display.connection, identifier, &hints)
  }

  /// Sets the process and its machine, which a window manager needs to end a program that hangs.
  private func publishProcess() {
    setProperty(display.atoms[.pid], type: XA_CARDINAL, words: [UInt(getpid())])
    if let host = hostName() {
      setProperty(XA_WM_CLIENT_MACHINE, type: XA_STRING, bytes: Array(host.utf8))
    }
  }

  /// Asks the window manager to fill the screen with the window, or to give it its former size.
  package func toggleFullScreen() {
    guard !display.isLost else { return }
    // 2 toggles the state; 1 says that an application asks for it.
    let words = (2, Int(bitPattern: display.atoms[.fullScreen]), 0, 1, 0)
    var event = XEvent(message: display.atoms[.windowState], about: identifier, words: words)
    XSendEvent(
      display.connection, display.root, 0, SubstructureRedirectMask | SubstructureNotifyMask, &event)
    XFlush(display.connection)
  }

  func setProperty(_ name: Atom, type: Atom, words: [UInt]) {
    Property.write(display, identifier, name, type: type, words: words)
  }

  func setProperty(_ name: Atom, type: Atom, bytes: [UInt8]) {
    Property.write(display, identifier, name, type: type, bytes: bytes)
  }
}

/// The machine's name, or nil where it has none.
func hostName() -> String? {
  var name = [CChar](repeating: 0, count: 256)
  guard gethostname(&name, name.count - 1) == 0 else { return nil }
  return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
