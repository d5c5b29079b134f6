// The startup notification of the desktop: it shows a busy pointer until the program it started says that its
// window is there (freedesktop.org Startup Notification Protocol 0.1).

import Basics
internal import CX11
import Glibc

/// The notification that this start belongs to, if it does to any.
struct StartupNotice {
  /// The identifier that the launcher gave us.
  private(set) var identifier: String?

  init() {
    guard let text = getenv("DESKTOP_STARTUP_ID") else { return }
    identifier = String(cString: text)
    // What we start ourselves shall not answer for us.
    unsetenv("DESKTOP_STARTUP_ID")
    if identifier?.isEmpty == true { identifier = nil }
  }

  /// Tells on the window which start it belongs to, and when the person asked for it.
  func announce(on window: Window) {
    guard let identifier else { return }
    let atoms = window.display.atoms
    window.setBytes(atoms[.startupID], type: atoms[.utf8], Array(identifier.utf8))
    if let mark = identifier.range(ofLast: "_TIME"), let time = UInt(identifier[mark...]) {
      var words = [time]
      window.set(.userTime, type: XA_CARDINAL, words: &words)
    }
  }

  /// Broadcasts that the start is complete.
  mutating func complete(on display: Display) {
    guard let identifier else { return }
    self.identifier = nil
    let quoted = identifier.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    let bytes = Array("remove: ID=\"\(quoted)\"".utf8) + [0]
    // The sender must be a window of ours that gets no other use.
    let sender = XCreateSimpleWindow(display.connection, display.root, -100, -100, 1, 1, 0, 0, 0)
    for start in stride(from: 0, to: bytes.count, by: 20) {
      var event = XEvent()
      event.xclient.type = ClientMessage
      event.xclient.window = sender
      event.xclient.message_type = display.atoms[start == 0 ? .startupInfoBegin : .startupInfo]
      event.xclient.format = 8
      withUnsafeMutableBytes(of: &event.xclient.data) { data in
        for (offset, byte) in bytes[start...].prefix(20).enumerated() { data[offset] = byte }
      }
      XSendEvent(display.connection, display.root, 0, PropertyChangeMask, &event)
    }
    XDestroyWindow(display.connection, sender)
  }
}

extension String {
  /// Where the text after the last occurrence of a word starts.
  fileprivate func range(ofLast word: String) -> Index? {
    var found: Index?
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(word) { found = index(start, offsetBy: word.count) }
      start = index(after: start)
    }
    return found
  }
}
