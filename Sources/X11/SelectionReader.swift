internal import CX11

/// The requestor's side of selections (ICCCM 2): asks the owner for its types, then for the data of the best one,
/// and collects the pieces of large data.
final class SelectionReader {
  enum Outcome {
    case finished(Contents)
    case failed(Selection)
  }

  private enum Stage {
    case idle, awaitingTargets
    case awaitingValue(type: Atom, next: [Atom])
    case collecting(type: Atom, bytes: [UInt8])
  }

  /// A request fails when the owner has been silent for this long.
  private static let timeout = Duration.seconds(3)

  private let display: Display
  private let window: CX11.Window
  private let property: Atom
  private var selection = Selection.clipboard
  private var selectionAtom = Atom(None)
  private var wanted: [Atom] = []
  private var time = Time(CurrentTime)
  private var stage = Stage.idle
  private(set) var deadline: ContinuousClock.Instant?

  init(_ display: Display, window: CX11.Window, property: Atom) {
    self.display = display
    self.window = window
    self.property = property
  }

  /// Requests data; an earlier request is dropped.
  func request(_ selection: Selection, types: [String], time: Time) {
    self.selection = selection
    begin(display.atoms[selection], types: types, time: time)
    stage = .awaitingTargets
    convert(to: display.atoms[.targets])
  }

  /// Requests data of a type that the owner is known to have; an earlier request is dropped.
  func request(_ selection: Atom, type: String, time: Time) {
    begin(selection, types: [type], time: time)
    let atom = display.atoms.atom(named: type)
    stage = .awaitingValue(type: atom, next: [])
    convert(to: atom)
  }

  private func begin(_ selection: Atom, types: [String], time: Time) {
    selectionAtom = selection
    wanted = types.map { display.atoms.atom(named: $0) }
    self.time = time
  }

  private func convert(to target: Atom) {
    deadline = .now + Self.timeout
    XDeleteProperty(display.connection, window, property)
    XConvertSelection(display.connection, selectionAtom, target, property, window, time)
    XFlush(display.connection)
  }

  /// Handles the owner's answer.
  func handle(_ event: XSelectionEvent) -> Outcome? {
    guard event.selection == selectionAtom else { return nil }
    switch stage {
    case .awaitingTargets where event.target == display.atoms[.targets]:
      var types = wanted
      if event.property != Atom(None), let list = Property.read(display, window, property, deleting: true) {
        types = wanted.filter { list.words.contains($0) }
      }
      // An owner that cannot list its types is asked for each one.
      return request(types)
    case .awaitingValue(let type, let next) where event.target == type:
      guard event.property != Atom(None),
        let value = Property.read(display, window, property, deleting: true)
      else { return request(next) }
      if value.type == display.atoms[.increment] {
        stage = .collecting(type: type, bytes: [])
        deadline = .now + Self.timeout
        return nil
      }
      return finish(type: type, bytes: value.bytes)
    default: return nil
    }
  }

  /// Handles a change of a property, which may be a piece of large data.
  func handle(_ event: XPropertyEvent) -> Outcome? {
    guard event.atom == property, case .collecting(let type, var bytes) = stage else { return nil }
    guard let piece = Property.read(display, window, property, deleting: true) else { return nil }
    if piece.bytes.isEmpty { return finish(type: type, bytes: bytes) }
    guard bytes.count + piece.bytes.count <= Property.largestValue else { return fail() }
    // While the stage holds the bytes, too, an append would copy all of them.
    stage = .idle
    bytes += piece.bytes
    stage = .collecting(type: type, bytes: bytes)
    deadline = .now + Self.timeout
    XFlush(display.connection)
    return nil
  }

  /// Fails a request whose owner has been silent for too long.
  func expire(at now: ContinuousClock.Instant) -> Outcome? {
    guard let deadline, deadline <= now else { return nil }
    return fail()
  }

  private func request(_ types: [Atom]) -> Outcome? {
    guard let type = types.first else { return fail() }
    stage = .awaitingValue(type: type, next: Array(types.dropFirst()))
    convert(to: type)
    return nil
  }

  private func finish(type: Atom, bytes: [UInt8]) -> Outcome {
    stage = .idle
    deadline = nil
    let name = display.atoms.name(of: type) ?? ""
    return .finished(Contents(selection: selection, type: name, bytes: bytes))
  }

  private func fail() -> Outcome {
    stage = .idle
    deadline = nil
    return .failed(selection)
  }
}
