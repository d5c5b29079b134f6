package import Basics
import CLibrary
internal import CX11

/// The connection to an X server; it and its window belong to the thread that made it.
///
/// A display has one ``Window``. When the connection is lost, the last event is ``Event/lost``; after that, all calls
/// on the display and the window do nothing.
package final class Display {
  /// The server's name, for example `:0`.
  package let name: String
  /// The desktop's settings for all programs (RESOURCE_MANAGER), read once.
  package let resources: Resources
  /// Ends a wait from another thread.
  package let waker: Waker

  let connection: OpaquePointer
  let screen: Int32
  let root: CX11.Window
  let atoms: Atoms
  weak var window: Window?
  private var hasReportedLoss = false

  /// Connects to the server of that name, or else of `DISPLAY`.
  package init(named name: String? = nil) throws(DisplayError) {
    let name = name ?? Environment["DISPLAY"] ?? ""
    guard !name.isEmpty else { throw .noName }
    Locale.prepare()
    guard let connection = XOpenDisplay(name), let waker = Waker() else { throw .noServer(name: name) }
    ServerErrors.add(connection)
    _ = fcntl(XConnectionNumber(connection), F_SETFD, FD_CLOEXEC)
    self.name = name
    self.connection = connection
    self.waker = waker
    screen = XDefaultScreen(connection)
    root = XRootWindow(connection, screen)
    atoms = Atoms(connection)
    resources = Resources(text: XResourceManagerString(connection).map { String(cString: $0) } ?? "")
    XkbSetDetectableAutoRepeat(connection, 1, nil)
    guard !isLost else { throw .lost(name: name) }
  }

  deinit {
    let isOpen = !isLost
    // Removed first: after the close another thread may open a connection at the same address.
    ServerErrors.remove(connection)
    if isOpen { withXlibLock { XCloseDisplay(connection) } }
  }

  /// Whether the connection to the server is lost.
  package var isLost: Bool { ServerErrors.isLost(connection) }

  /// The screen's size in pixels.
  package var size: (width: Int, height: Int) {
    (Int(XDisplayWidth(connection, screen)), Int(XDisplayHeight(connection, screen)))
  }

  /// The part of the screen that the desktop's own panels leave free; the whole screen where that is not known.
  package var workArea: Rectangle {
    let words = isLost ? [] : Property.read(self, root, atoms[.workArea])?.words ?? []
    guard words.count >= 4, words[2] > 0, words[3] > 0 else {
      return Rectangle(x: 0, y: 0, width: size.width, height: size.height)
    }
    return Rectangle(
      x: Int(words[0]), y: Int(words[1]), width: Int(words[2]), height: Int(words[3]))
  }

  /// Waits for events, and returns them in their order.
  ///
  /// The list is empty after the `timeout`, and when `isDone` has become true. The wait uses no processor time; without
  /// a timeout it has no end.
  package func events(waiting timeout: Duration? = nil, orUntil isDone: () -> Bool = { false }) -> [Event] {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    var events: [Event] = []
    while true {
      handleArrived(into: &events)
      if isLost {
        defer { hasReportedLoss = true }
        return hasReportedLoss ? events : events + [.lost]
      }
      let now = ContinuousClock.now
      window?.endExpiredTransfers(at: now, into: &events)
      if !events.isEmpty || isDone() {
        // Answers, for example to a ping, are sent before the application does something slow.
        flush()
        return events
      }
      if let deadline, now >= deadline { return [] }
      if window?.finishSetup() == true { continue }
      wait(until: [deadline, window?.nextDeadline].compactMap { $0 }.min())
      if waker.clear() { events.append(.woken) }
    }
  }

  /// Whether the connection is a local one.
  var isLocal: Bool {
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let result = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(XConnectionNumber(connection), $0, &size)
      }
    }
    return result == 0 && address.ss_family == sa_family_t(AF_UNIX)
  }

  /// Sends the buffered requests to the server.
  package func flush() {
    if !isLost { XFlush(connection) }
  }

  /// Makes requests that may fail, and waits for the server.
  ///
  /// - Returns: The X error code of the first request that failed, or nil.
  func trapping(_ requests: () -> Void) -> UInt8? {
    guard !isLost else { return 0xFF }
    let serial = XNextRequest(connection)
    requests()
    XSync(connection, 0)
    return isLost ? 0xFF : ServerErrors.removeFirst(of: connection, since: serial)
  }

  /// The most events that one call returns; the next call returns the rest.
  private static let eventLimit = 8192
  /// The most times that the connection is read before timers and other threads get their turn.
  private static let roundLimit = 16

  /// Handles the events that have arrived; later ones wait for the next call, after a repaint.
  ///
  /// NOTE: XPending reads everything from the connection into Xlib's queue, whose memory is never freed. Called for each
  /// event, it would let the queue grow while the server sends faster than the events are handled. It is called once.
  private func handleArrived(into events: inout [Event]) {
    var event = XEvent()
    // Other programs can send messages without end that are no events of the application. Its other work goes on too.
    var rounds = 0
    while !isLost, events.isEmpty, rounds < Self.roundLimit, XPending(connection) > 0 {
      rounds += 1
      while !isLost, events.count < Self.eventLimit, XEventsQueued(connection, QueuedAlready) > 0 {
        XNextEvent(connection, &event)
        // An input method may keep an event, such as a key press that it sends back as text later.
        if isLost || XFilterEvent(&event, CX11.Window(None)) != 0 { continue }
        if event.type == MappingNotify { XRefreshKeyboardMapping(&event.xmapping) }
        window?.handle(&event, into: &events)
      }
    }
  }

  /// Waits until something arrives from the server or another thread, at most until a deadline.
  func wait(until deadline: ContinuousClock.Instant?) {
    var watched = [
      pollfd(fd: XConnectionNumber(connection), events: Int16(POLLIN), revents: 0),
      pollfd(fd: waker.readEnd, events: Int16(POLLIN), revents: 0),
    ]
    var milliseconds: Int32 = -1
    if let deadline {
      let (seconds, attoseconds) = max(.zero, deadline - ContinuousClock.now).components
      // Rounded up, so that the deadline has passed when poll returns; one wait is at most a day.
      milliseconds = Int32(
        min(seconds, 86_400) * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
    poll(&watched, nfds_t(watched.count), milliseconds)
  }
}
