// Another X program, as plain as Xlib itself, for the tests to play the other side with.

package import CX11
import Foundation

/// A connection with a window of its own; it sees what Inkling does from outside.
package final class RawClient {
  package struct Value {
    package let type: String
    let bytes: [UInt8]
    package let words: [UInt]
    package var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  package let connection: OpaquePointer
  package let root: UInt
  package let window: UInt

  package init?(_ name: String) {
    guard let connection = XOpenDisplay(name) else { return nil }
    self.connection = connection
    XSetIOErrorExitHandler(connection, { _, _ in }, nil)
    root = XDefaultRootWindow(connection)
    window = XCreateSimpleWindow(connection, root, 0, 0, 10, 10, 0, 0, 0)
    XSelectInput(connection, window, PropertyChangeMask)
  }

  deinit { XCloseDisplay(connection) }

  package func sync() { XSync(connection, 0) }

  package func atom(_ name: String) -> UInt { XInternAtom(connection, name, 0) }

  package func name(_ atom: UInt) -> String {
    guard atom != 0, let text = XGetAtomName(connection, atom) else { return "" }
    defer { XFree(text) }
    return String(cString: text)
  }

  /// The words of a window's property of atoms, by name.
  package func names(_ property: String, of window: UInt) -> [String] {
    (value(property, of: window)?.words ?? []).map(name)
  }

  package func value(_ property: String, of window: UInt, deleting: Bool = false) -> Value? {
    var (type, count, rest): (UInt, UInt, UInt) = (0, 0, 0)
    var format: Int32 = 0
    var data: UnsafeMutablePointer<UInt8>?
    XGetWindowProperty(
      connection, window, atom(property), 0, 1 << 24, deleting ? 1 : 0, UInt(AnyPropertyType), &type, &format,
      &count, &rest, &data)
    defer { if let data { XFree(data) } }
    guard type != 0, let data else { return nil }
    if format == 32 {
      let items = UnsafeRawPointer(data).assumingMemoryBound(to: UInt.self)
      return Value(type: name(type), bytes: [], words: (0..<Int(count)).map { items[$0] & 0xFFFF_FFFF })
    }
    return Value(type: name(type), bytes: (0..<Int(count)).map { data[$0] }, words: [])
  }

  package func set(_ property: String, of window: UInt, type: String, bytes: [UInt8]) {
    XChangeProperty(
      connection, window, atom(property), atom(type), 8, PropModeReplace, bytes, Int32(bytes.count))
  }

  package func set(_ property: String, of window: UInt, type: String, words: [UInt]) {
    words.withUnsafeBytes {
      _ = XChangeProperty(
        connection, window, atom(property), atom(type), 32, PropModeReplace,
        $0.assumingMemoryBound(to: UInt8.self).baseAddress, Int32(words.count))
    }
  }

  package func delete(_ property: String, of window: UInt) {
    XDeleteProperty(connection, window, atom(property))
  }

  /// Sends a client message of five words.
  package func message(_ type: String, to window: UInt, about: UInt? = nil, _ words: [UInt], mask: Int = 0) {
    var event = XEvent()
    event.xclient.type = ClientMessage
    event.xclient.window = about ?? window
    event.xclient.message_type = atom(type)
    event.xclient.format = 32
    let padded = (words + [0, 0, 0, 0, 0]).map { Int(bitPattern: $0) }
    event.xclient.data.l = (padded[0], padded[1], padded[2], padded[3], padded[4])
    XSendEvent(connection, window, 0, mask, &event)
    XFlush(connection)
  }

  /// Listens to what a window manager would hear.
  package func listenToRoot() {
    XSelectInput(connection, root, SubstructureNotifyMask | PropertyChangeMask)
    sync()
  }

  /// The next message of a type, or nil after a minute.
  ///
  /// The pump keeps the other side going where that is on this thread too.
  package func awaitMessage(_ type: String, while pump: () -> Void = {}) -> [UInt]? {
    let wanted = atom(type)
    let event = awaitEvent(while: pump) { $0.type == ClientMessage && $0.xclient.message_type == wanted }
    guard let words = event?.xclient.data.l else { return nil }
    return [words.0, words.1, words.2, words.3, words.4].map { UInt(bitPattern: $0) }
  }

  /// The next event that is wanted, or nil after a minute.
  package func awaitEvent(while pump: () -> Void = {}, _ isWanted: (XEvent) -> Bool) -> XEvent? {
    let deadline = Date(timeIntervalSinceNow: 60)
    var event = XEvent()
    while Date() < deadline {
      pump()
      while XPending(connection) > 0 {
        XNextEvent(connection, &event)
        if isWanted(event) { return event }
      }
      var watched = pollfd(fd: XConnectionNumber(connection), events: Int16(POLLIN), revents: 0)
      poll(&watched, 1, 10)
    }
    return nil
  }

  package func own(_ selection: String) {
    XSetSelectionOwner(connection, atom(selection), window, UInt(CurrentTime))
    sync()
  }

  package func hasOwner(_ selection: String) -> Bool {
    XGetSelectionOwner(connection, atom(selection)) != UInt(None)
  }

  package func convert(_ selection: String, to target: String, into property: String) {
    XConvertSelection(connection, atom(selection), atom(target), atom(property), window, UInt(CurrentTime))
    XFlush(connection)
  }

  /// Answers a request for a selection with what the closure writes; false refuses.
  package func answer(
    _ request: XSelectionRequestEvent, _ write: (_ target: String, _ property: String) -> Bool
  ) {
    var reply = XEvent()
    reply.xselection.type = SelectionNotify
    reply.xselection.requestor = request.requestor
    reply.xselection.selection = request.selection
    reply.xselection.target = request.target
    reply.xselection.time = request.time
    reply.xselection.property = write(name(request.target), name(request.property)) ? request.property : 0
    XSendEvent(connection, request.requestor, 0, 0, &reply)
    XFlush(connection)
  }

  /// Answers the requests for selections that have come; the closure gets the requestor, the target and the property.
  package func serveRequests(_ write: (_ requestor: UInt, _ target: String, _ property: String) -> Bool) {
    while XPending(connection) > 0 {
      var event = XEvent()
      XNextEvent(connection, &event)
      guard event.type == SelectionRequest else { continue }
      let request = event.xselectionrequest
      answer(request) { write(request.requestor, $0, $1) }
    }
  }

  /// Takes the events that have come; whether an answer was among them, and whether it granted the request.
  package func takeAnswer() -> Bool? {
    var granted: Bool?
    while granted == nil, XPending(connection) > 0 {
      var event = XEvent()
      XNextEvent(connection, &event)
      if event.type == SelectionNotify { granted = event.xselection.property != 0 }
    }
    return granted
  }

  /// Plays a clipboard keeper once: takes the text over, and says so; nil if it was not asked in a minute.
  package func keepClipboard() -> String? {
    guard let request = awaitEvent({ $0.type == SelectionRequest })?.xselectionrequest,
      name(request.target) == "SAVE_TARGETS"
    else { return nil }
    convert("CLIPBOARD", to: "UTF8_STRING", into: "KEPT")
    guard awaitEvent({ $0.type == SelectionNotify }) != nil else { return nil }
    let text = value("KEPT", of: window)?.text
    answer(request) { _, _ in true }
    return text
  }

  /// All windows, those of window managers and their children among them.
  package func windows() -> [UInt] {
    var found: [UInt] = []
    var waiting = [root]
    while let parent = waiting.popLast() {
      var (top, above): (UInt, UInt) = (0, 0)
      var children: UnsafeMutablePointer<UInt>?
      var count: UInt32 = 0
      guard XQueryTree(connection, parent, &top, &above, &children, &count) != 0, let children else {
        continue
      }
      let list = (0..<Int(count)).map { children[$0] }
      XFree(children)
      found += list
      waiting += list
    }
    return found
  }

  package func isVisible(_ window: UInt) -> Bool {
    var attributes = XWindowAttributes()
    return XGetWindowAttributes(connection, window, &attributes) != 0 && attributes.map_state == IsViewable
  }

  package func pixel(of window: UInt, x: Int, y: Int) -> UInt? {
    pixels(of: window, x: x, y: y, count: 1).first
  }

  package func move(_ window: UInt, x: Int32, y: Int32) {
    XMoveWindow(connection, window, x, y)
    sync()
  }

  /// Messages to the window manager go to the root with this mask.
  package static let managerMask = SubstructureRedirectMask | SubstructureNotifyMask

  package func resize(_ window: UInt, width: UInt32, height: UInt32) {
    XResizeWindow(connection, window, width, height)
    sync()
  }

  /// Asks for its own window to be put on the screen.
  package func show() {
    XMapWindow(connection, window)
    sync()
  }

  package func raiseOver(_ window: UInt) {
    XMoveResizeWindow(connection, self.window, 0, 0, 50, 50)
    XMapRaised(connection, self.window)
    sync()
    XUnmapWindow(connection, self.window)
    sync()
  }

  package func focus(_ window: UInt) {
    XSetInputFocus(connection, window, RevertToParent, UInt(CurrentTime))
    sync()
  }

  package func destroy(_ window: UInt) {
    XDestroyWindow(connection, window)
    sync()
  }

  /// The numbers of a row of pixels on the screen.
  package func pixels(of window: UInt, x: Int, y: Int, count: Int) -> [UInt] {
    guard let image = XGetImage(connection, window, Int32(x), Int32(y), UInt32(count), 1, UInt.max, ZPixmap)
    else {
      return []
    }
    defer { _ = image.pointee.f.destroy_image?(image) }
    return (0..<count).map { image.pointee.f.get_pixel?(image, Int32($0), 0) ?? 0 }
  }
}
