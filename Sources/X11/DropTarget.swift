import Basics
import CLibrary
internal import CX11

/// The receiving side of drag and drop (XDND, version 5): files that are dragged over the window and dropped.
final class DropTarget {
  /// The protocol's version; sources may be newer.
  static let version: UInt = 5

  private let display: Display
  private let window: CX11.Window
  private let reader: SelectionReader
  private var source = CX11.Window(None)
  private var isAcceptable = false
  /// The pointer's position in the window.
  private var position = (x: 0, y: 0)

  init(_ display: Display, window: CX11.Window) {
    self.display = display
    self.window = window
    reader = SelectionReader(display, window: window, property: display.atoms[.dropTransfer])
  }

  var deadline: ContinuousClock.Instant? { reader.deadline }

  /// Handles a message from the source.
  func handle(_ message: XClientMessageEvent, into events: inout [Event]) {
    let atoms = display.atoms
    let words = message.data.l
    let from = CX11.Window(bitPattern: words.0)
    switch message.message_type {
    case atoms[.dropEnter]:
      source = from
      isAcceptable = offeredTypes(message).contains(atoms[.uriList])
    case atoms[.dropPosition] where from == source:
      position = display.position(
        ofX: Int32(words.2 >> 16 & 0xFFFF), y: Int32(words.2 & 0xFFFF), of: display.root, in: window)
      // Bit 0 accepts; bit 1 requests a message for every motion.
      send(.dropStatus, isAcceptable ? 3 : 0, 0, 0, isAcceptable ? atoms[.dropCopy] : Atom(None))
      if isAcceptable { events.append(.dropHovering(x: position.x, y: position.y)) }
    case atoms[.dropLeave] where from == source:
      source = CX11.Window(None)
      if isAcceptable { events.append(.dropLeft) }
    case atoms[.dropped] where from == source:
      guard isAcceptable else { return finish(accepting: false) }
      let time = Time(bitPattern: words.2)
      reader.request(atoms[.dropSelection], type: Atoms.Name.uriList.rawValue, time: time)
    default: break
    }
  }

  /// Handles the source's answer to the request for its data.
  func handle(_ event: XSelectionEvent, into events: inout [Event]) {
    report(reader.handle(event), into: &events)
  }

  /// Handles a change of a property, which may be a piece of a long list.
  func handle(_ event: XPropertyEvent, into events: inout [Event]) {
    report(reader.handle(event), into: &events)
  }

  /// Fails a drop whose source has not sent its data in time.
  func expire(at now: ContinuousClock.Instant, into events: inout [Event]) {
    report(reader.expire(at: now), into: &events)
  }

  private func report(_ outcome: SelectionReader.Outcome?, into events: inout [Event]) {
    switch outcome {
    case nil: break
    case .failed:
      finish(accepting: false)
      events.append(.dropLeft)
    case .finished(let contents):
      let paths = FileList.paths(in: contents.bytes, host: hostName() ?? "")
      finish(accepting: !paths.isEmpty)
      events.append(paths.isEmpty ? .dropLeft : .dropped(paths: paths, x: position.x, y: position.y))
    }
  }

  private func offeredTypes(_ message: XClientMessageEvent) -> [Atom] {
    let words = message.data.l
    // Bit 0 of the second word is set where a property lists more than three types.
    if words.1 & 1 != 0, let list = Property.read(display, source, display.atoms[.dropTypes]) {
      return list.words
    }
    return [words.2, words.3, words.4].map { Atom(bitPattern: $0) }
  }

  private func finish(accepting: Bool) {
    send(.dropFinished, accepting ? 1 : 0, accepting ? display.atoms[.dropCopy] : Atom(None), 0, 0)
    source = CX11.Window(None)
  }

  private func send(_ name: Atoms.Name, _ flags: UInt, _ second: UInt, _ third: UInt, _ fourth: UInt) {
    guard source != CX11.Window(None) else { return }
    let words = (
      Int(bitPattern: window), Int(bitPattern: flags), Int(bitPattern: second), Int(bitPattern: third),
      Int(bitPattern: fourth)
    )
    var event = XEvent(message: display.atoms[name], about: source, words: words)
    XSendEvent(display.connection, source, 0, 0, &event)
    XFlush(display.connection)
  }
}
