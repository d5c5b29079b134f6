// Another X program, which the tests use through plain Xlib.

package import CX11
import Foundation
import TestSupport

/// A connection with a window of its own, as another X program has it.
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

  /// The names in a window's property of atoms.
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

  /// Sends the words of a ping back, to those who watch the root window's children or those who watch itself.
  package func answerPing(_ words: [UInt], toWatchersOfChildren: Bool) {
    let mask = toWatchersOfChildren ? SubstructureNotifyMask : StructureNotifyMask
    message("WM_PROTOCOLS", to: root, words, mask: mask)
  }

  /// Sends an event that claims a size of a window, as window managers tell its position.
  package func claimSize(of window: UInt, width: Int32, height: Int32) {
    var event = XEvent()
    event.xconfigure.type = ConfigureNotify
    event.xconfigure.event = window
    event.xconfigure.window = window
    (event.xconfigure.width, event.xconfigure.height) = (width, height)
    XSendEvent(connection, window, 0, StructureNotifyMask, &event)
    XFlush(connection)
  }

  /// Sends an event that claims that a window was destroyed.
  package func claimDestruction(of window: UInt) {
    var event = XEvent()
    event.xdestroywindow.type = DestroyNotify
    event.xdestroywindow.event = window
    event.xdestroywindow.window = window
    XSendEvent(connection, window, 0, StructureNotifyMask, &event)
    XFlush(connection)
  }

  /// Selects the events of the root window that a window manager selects.
  package func selectRootEvents() {
    XSelectInput(connection, root, SubstructureNotifyMask | PropertyChangeMask)
    sync()
  }

  /// Waits for the next message of a type.
  ///
  /// `pause` handles the other program's events where it is on the same thread.
  ///
  /// - Returns: Its words, or nil after a minute.
  package func awaitMessage(_ type: String, pause: () -> Void = {}) -> [UInt]? {
    let wanted = atom(type)
    let event = awaitEvent(pause: pause) { $0.type == ClientMessage && $0.xclient.message_type == wanted }
    guard let words = event?.xclient.data.l else { return nil }
    return [words.0, words.1, words.2, words.3, words.4].map { UInt(bitPattern: $0) }
  }

  /// Waits for the next event that fulfils a condition, for a minute.
  package func awaitEvent(pause: () -> Void = {}, _ isExpected: (XEvent) -> Bool) -> XEvent? {
    var event = XEvent()
    let hasCome = eventually(pace: 0) {
      pause()
      while XPending(connection) > 0 {
        XNextEvent(connection, &event)
        if isExpected(event) { return true }
      }
      var watched = pollfd(fd: XConnectionNumber(connection), events: Int16(POLLIN), revents: 0)
      poll(&watched, 1, 10)
      return false
    }
    return hasCome ? event : nil
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

  /// Answers a request for a selection: the closure writes the data, or returns false to refuse.
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

  /// Answers the requests for selections that have arrived: the closure writes the data, or returns false to refuse.
  package func answerRequests(_ write: (_ requestor: UInt, _ target: String, _ property: String) -> Bool) {
    while XPending(connection) > 0 {
      var event = XEvent()
      XNextEvent(connection, &event)
      guard event.type == SelectionRequest else { continue }
      let request = event.xselectionrequest
      answer(request) { write(request.requestor, $0, $1) }
    }
  }

  /// Reads events up to the answer to a request for a selection.
  ///
  /// - Returns: Whether the request was granted, or nil where no answer has arrived.
  package func readAnswer() -> Bool? {
    var granted: Bool?
    while granted == nil, XPending(connection) > 0 {
      var event = XEvent()
      XNextEvent(connection, &event)
      if event.type == SelectionNotify { granted = event.xselection.property != 0 }
    }
    return granted
  }

  /// Acts as the clipboard manager for one request: copies the text, and then answers the request.
  ///
  /// - Returns: The text, or nil if there was no request within a minute.
  package func saveClipboard() -> String? {
    guard let request = awaitEvent({ $0.type == SelectionRequest })?.xselectionrequest,
      name(request.target) == "SAVE_TARGETS"
    else { return nil }
    convert("CLIPBOARD", to: "UTF8_STRING", into: "SAVED")
    guard awaitEvent({ $0.type == SelectionNotify }) != nil else { return nil }
    let text = value("SAVED", of: window)?.text
    answer(request) { _, _ in true }
    return text
  }

  /// All windows with their children, also those of window managers.
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

  /// The mask of messages to the window manager, which are sent to the root.
  package static let managerMask = SubstructureRedirectMask | SubstructureNotifyMask

  package func resize(_ window: UInt, width: UInt32, height: UInt32) {
    XResizeWindow(connection, window, width, height)
    sync()
  }

  /// Shows its own window.
  package func show() {
    XMapWindow(connection, window)
    sync()
  }

  /// Covers a part of a window with its own window, and hides that again.
  package func cover(_ window: UInt) {
    XMoveResizeWindow(connection, self.window, 0, 0, 50, 50)
    XMapRaised(connection, self.window)
    sync()
    XUnmapWindow(connection, self.window)
    sync()
  }

  /// Takes another program's window into its own, as a program that embeds it.
  package func embed(_ window: UInt, width: UInt32, height: UInt32) {
    XResizeWindow(connection, self.window, width, height)
    XMapRaised(connection, self.window)
    XReparentWindow(connection, window, self.window, 0, 0)
    XResizeWindow(connection, window, width, height)
    XMapWindow(connection, window)
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

  /// Pixels in a row of a window, as the screen's words.
  package func pixels(of window: UInt, x: Int, y: Int, count: Int) -> [UInt] {
    guard let image = XGetImage(connection, window, Int32(x), Int32(y), UInt32(count), 1, UInt.max, ZPixmap)
    else {
      return []
    }
    defer { _ = image.pointee.f.destroy_image?(image) }
    return (0..<count).map { image.pointee.f.get_pixel?(image, Int32($0), 0) ?? 0 }
  }
}
