internal import CX11

/// The requestor's side of selections (ICCCM 2): asks an owner what it has, then for the best of it, and
/// gathers the pieces of what is large.
final class SelectionReader {
  enum Outcome {
    case finished(Contents)
    case failed(Selection)
  }

  private enum Stage {
    case idle
    case awaitingTargets
    case awaitingValue(type: Atom, next: [Atom])
    case gathering(type: Atom, bytes: [UInt8])
  }

  /// An owner that shows no sign for so long has hung or died.
  private static let patience = Duration.seconds(3)

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

  /// Starts anew; an answer to an earlier request is not waited for any more.
  func request(_ selection: Selection, types: [String], time: Time) {
    self.selection = selection
    begin(display.atoms[selection], types: types, time: time)
    stage = .awaitingTargets
    convert(to: display.atoms[.targets])
  }

  /// Starts anew with a type that is known to be there.
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
    deadline = .now + Self.patience
    XDeleteProperty(display.connection, window, property)
    XConvertSelection(display.connection, selectionAtom, target, property, window, time)
    XFlush(display.connection)
  }

  /// The owner has answered.
  func take(_ event: XSelectionEvent) -> Outcome? {
    guard event.selection == selectionAtom else { return nil }
    switch stage {
    case .awaitingTargets where event.target == display.atoms[.targets]:
      var types = wanted
      if event.property != Atom(None), let list = Property.read(display, window, property, deleting: true) {
        types = wanted.filter { list.words.contains($0) }
      }
      // An owner that cannot list what it has is asked for each type in turn.
      return ask(for: types)
    case .awaitingValue(let type, let next) where event.target == type:
      guard event.property != Atom(None),
        let value = Property.read(display, window, property, deleting: true)
      else { return ask(for: next) }
      if value.type == display.atoms[.increment] {
        stage = .gathering(type: type, bytes: [])
        deadline = .now + Self.patience
        return nil
      }
      return finish(type: type, bytes: value.bytes)
    default:
      return nil
    }
  }

  /// A piece of something large may have come.
  func take(_ event: XPropertyEvent) -> Outcome? {
    guard event.atom == property, case .gathering(let type, var bytes) = stage else { return nil }
    guard let piece = Property.read(display, window, property, deleting: true) else { return nil }
    if piece.bytes.isEmpty { return finish(type: type, bytes: bytes) }
    guard bytes.count + piece.bytes.count <= Property.largestValue else { return fail() }
    // The stage must not hold the bytes while they grow, or each piece copies all before it.
    stage = .idle
    bytes += piece.bytes
    stage = .gathering(type: type, bytes: bytes)
    deadline = .now + Self.patience
    XFlush(display.connection)
    return nil
  }

  /// Gives up on an owner that has been silent for too long.
  func expire(at now: ContinuousClock.Instant) -> Outcome? {
    guard let deadline, deadline <= now else { return nil }
    return fail()
  }

  private func ask(for types: [Atom]) -> Outcome? {
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
