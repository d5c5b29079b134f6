import Basics
internal import CX11

/// Asks a window's program whether it has handled its events, by the protocol _NET_WM_PING.
struct ClientPing {
  private let window: CX11.Window
  private let stamp: UInt32
  private let protocols: Atom
  private let ping: Atom

  /// Sends the question for a window or one that contains it; nil where the program does not know the protocol.
  init?(_ display: Display, window: CX11.Window, stamp: UInt32) {
    let (protocols, ping) = (display.atoms[.wmProtocols], display.atoms[.ping])
    let window = display.firstFound(from: window) { window in
      Property.read(display, window, protocols)?.words.contains(ping) == true ? window : nil
    }
    guard let window else { return nil }
    (self.window, self.stamp, self.protocols, self.ping) = (window, stamp, protocols, ping)
    let words = (Int(bitPattern: ping), Int(stamp), Int(bitPattern: window), 0, 0)
    var event = XEvent(message: protocols, about: window, words: words)
    let error = display.trapping {
      // The answer is a message to the root window: Qt 5 sends it to those who select its own changes, the others to
      // those who select the changes of its children.
      XSelectInput(display.connection, display.root, StructureNotifyMask | SubstructureNotifyMask)
      XSendEvent(display.connection, window, 0, 0, &event)
    }
    if error != nil {
      end(display)
      return nil
    }
  }

  /// Whether an event is the answer.
  func isAnswered(by event: XEvent) -> Bool {
    event.type == ClientMessage && event.xclient.message_type == protocols
      && event.xclient.data.l.0 == Int(bitPattern: ping) && event.xclient.data.l.1 == Int(stamp)
  }

  /// Ends the selection of the root window's events.
  func end(_ display: Display) {
    if !display.isLost { XSelectInput(display.connection, display.root, 0) }
  }
}
