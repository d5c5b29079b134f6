import Basics
internal import CX11
import Glibc

/// The connection to an X server; it and its window belong to the thread that made it.
///
/// A display serves one ``Window``. When the server goes away, the last event is ``Event/lost``; from then on
/// every call here and on the window does nothing.
package final class Display {
  /// The server's name, for example `:0`.
  package let name: String
  /// What the desktop has set for all programs (RESOURCE_MANAGER), read once.
  package let resources: Resources
  /// Ends a wait from another thread.
  package let waker: Waker

  let connection: OpaquePointer
  let screen: Int32
  let root: CX11.Window
  let atoms: Atoms
  weak var window: Window?
  private var hasToldLoss = false

  /// Connects to the server of that name, or of `DISPLAY`.
  package init(named name: String? = nil) throws(DisplayError) {
    let wanted = name ?? getenv("DISPLAY").map { String(cString: $0) } ?? ""
    guard !wanted.isEmpty else { throw .noName }
    Locale.prepare()
    guard let connection = XOpenDisplay(wanted), let waker = Waker() else { throw .noServer(name: wanted) }
    ServerErrors.watch(connection)
    _ = fcntl(XConnectionNumber(connection), F_SETFD, FD_CLOEXEC)
    self.name = wanted
    self.connection = connection
    self.waker = waker
    screen = XDefaultScreen(connection)
    root = XRootWindow(connection, screen)
    atoms = Atoms(connection)
    resources = Resources(text: XResourceManagerString(connection).map { String(cString: $0) } ?? "")
    XkbSetDetectableAutoRepeat(connection, 1, nil)
    guard !isLost else { throw .lost(name: wanted) }
  }

  deinit {
    let isOpen = !isLost
    // Forgotten first: once it is closed, another thread may open one at the same address.
    ServerErrors.forget(connection)
    if isOpen { exclusively { XCloseDisplay(connection) } }
  }

  /// Whether the server has gone away.
  package var isLost: Bool { ServerErrors.isLost(connection) }

  /// The screen's size in pixels.
  package var size: (width: Int, height: Int) {
    (Int(XDisplayWidth(connection, screen)), Int(XDisplayHeight(connection, screen)))
  }

  /// All that has happened since the last call, oldest first; waits until something has.
  ///
  /// Without a `timeout` it waits forever, using no processor; with one it returns an empty list when that is
  /// over.
  package func events(waiting timeout: Duration? = nil) -> [Event] {
    events(waiting: timeout, orUntil: { false })
  }

  /// The same; also returns when something has happened that is no event for the application.
  func events(waiting timeout: Duration?, orUntil isDone: () -> Bool) -> [Event] {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    var events: [Event] = []
    while true {
      drain(into: &events)
      if isLost { return events + tellLoss() }
      let now = ContinuousClock.now
      window?.endTransfers(olderThan: now, into: &events)
      if !events.isEmpty || isDone() {
        // What was answered meanwhile, as a ping, goes out before anything slow begins.
        flush()
        return events
      }
      if let deadline, now >= deadline { return [] }
      if window?.settle() == true { continue }
      wait(until: [deadline, window?.nextDeadline].compactMap { $0 }.min())
      if waker.drain() { events.append(.woken) }
    }
  }

  /// Whether the server is on this machine, as far as the connection tells.
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

  /// Sends what is buffered to the server.
  package func flush() {
    if !isLost { XFlush(connection) }
  }

  /// Runs requests that may fail, waits for the server, and returns the X error code of the first that did.
  func trapping(_ requests: () -> Void) -> UInt8? {
    guard !isLost else { return 0xFF }
    let serial = XNextRequest(connection)
    requests()
    XSync(connection, 0)
    return isLost ? 0xFF : ServerErrors.take(connection, since: serial)
  }

  /// So many events are handed out at once; the next call goes on with the rest.
  private static let mostEvents = 8192

  /// Takes what has come; what comes meanwhile is for the next call, after a repaint.
  ///
  /// NOTE: XPending takes everything that the connection holds into Xlib's queue, whose memory is never given back. Asked
  /// for every event, it lets the queue grow as long as a server sends faster than we work; so it is asked once.
  private func drain(into events: inout [Event]) {
    var event = XEvent()
    while !isLost, events.isEmpty, XPending(connection) > 0 {
      while !isLost, events.count < Self.mostEvents, XEventsQueued(connection, QueuedAlready) > 0 {
        XNextEvent(connection, &event)
        // An input method may swallow an event; that includes key presses it will send back as text.
        if isLost || XFilterEvent(&event, CX11.Window(None)) != 0 { continue }
        if event.type == MappingNotify { XRefreshKeyboardMapping(&event.xmapping) }
        window?.take(&event, into: &events)
      }
    }
  }

  private func tellLoss() -> [Event] {
    if hasToldLoss { return [] }
    hasToldLoss = true
    return [.lost]
  }

  private func wait(until deadline: ContinuousClock.Instant?) {
    var watched = [
      pollfd(fd: XConnectionNumber(connection), events: Int16(POLLIN), revents: 0),
      pollfd(fd: waker.readEnd, events: Int16(POLLIN), revents: 0),
    ]
    var milliseconds: Int32 = -1
    if let deadline {
      let (seconds, attoseconds) = max(.zero, deadline - ContinuousClock.now).components
      // Rounded up, so that the deadline has passed when poll returns; a day is enough at a time.
      milliseconds = Int32(
        min(seconds, 86_400) * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
    poll(&watched, nfds_t(watched.count), milliseconds)
  }
}
