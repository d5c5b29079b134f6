// Startup notification: the desktop shows a busy pointer until the program that it started reports its window
// (freedesktop.org Startup Notification Protocol 0.1).

import Basics
import CLibrary
internal import CX11

/// The notification of this program's start.
struct StartupNotice {
  /// The launcher's identifier; nil where it gave none, and after ``complete(on:)``.
  private(set) var identifier: String?

  init() {
    identifier = Environment["DESKTOP_STARTUP_ID"].flatMap { $0.isEmpty ? nil : $0 }
    // Child processes must not complete this notification.
    unsetenv("DESKTOP_STARTUP_ID")
  }

  /// Sets the window's startup identifier, and the time of the user's action that started the program.
  func announce(on window: Window) {
    guard let identifier else { return }
    let atoms = window.display.atoms
    window.setProperty(atoms[.startupID], type: atoms[.utf8], bytes: Array(identifier.utf8))
    let mark = "_TIME"
    if let start = identifier.indices.last(where: { identifier[$0...].hasPrefix(mark) }),
      let time = UInt(identifier[start...].dropFirst(mark.count))
    {
      window.setProperty(atoms[.userTime], type: XA_CARDINAL, words: [time])
    }
  }

  /// Broadcasts that the start is complete.
  mutating func complete(on display: Display) {
    guard let identifier else { return }
    self.identifier = nil
    let quoted = identifier.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    let bytes = Array("remove: ID=\"\(quoted)\"".utf8) + [0]
    // The protocol wants a sender window without any other use.
    let sender = XCreateSimpleWindow(display.connection, display.root, -100, -100, 1, 1, 0, 0, 0)
    for start in stride(from: 0, to: bytes.count, by: 20) {
      let type = display.atoms[start == 0 ? .startupInfoBegin : .startupInfo]
      var event = XEvent(message: type, about: sender)
      event.xclient.format = 8
      withUnsafeMutableBytes(of: &event.xclient.data) { data in
        for (offset, byte) in bytes[start...].prefix(20).enumerated() { data[offset] = byte }
      }
      XSendEvent(display.connection, display.root, 0, PropertyChangeMask, &event)
    }
    XDestroyWindow(display.connection, sender)
  }
}
