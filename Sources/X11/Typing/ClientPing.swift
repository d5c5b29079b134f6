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
    protocols = display.atoms[.wmProtocols]
    ping = display.atoms[.ping]
    self.stamp = stamp
    guard let window = Self.window(that: ping, in: protocols, display, from: window) else { return nil }
    self.window = window
    var event = XEvent()
    event.xclient.type = ClientMessage
    event.xclient.window = window
    event.xclient.message_type = protocols
    event.xclient.format = 32
    event.xclient.data.l = (Int(bitPattern: ping), Int(stamp), Int(bitPattern: window), 0, 0)
    let error = display.trapping {
      XSelectInput(display.connection, display.root, SubstructureNotifyMask)
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

  /// The first of a window and those that contain it that lists the protocol.
  private static func window(
    that ping: Atom, in protocols: Atom, _ display: Display, from start: CX11.Window
  ) -> CX11.Window? {
    var window = start
    // Windows are rarely nested more than ten deep.
    for _ in 0..<32 where window > 1 && window != display.root {
      var (root, parent): (CX11.Window, CX11.Window) = (0, 0)
      var children: UnsafeMutablePointer<CX11.Window>?
      var count: UInt32 = 0
      var knows = false
      let error = display.trapping {
        knows = Property.read(display, window, protocols)?.words.contains(ping) ?? false
        XQueryTree(display.connection, window, &root, &parent, &children, &count)
        if let children { XFree(children) }
      }
      guard error == nil else { return nil }
      if knows { return window }
      window = parent
    }
    return nil
  }
}
