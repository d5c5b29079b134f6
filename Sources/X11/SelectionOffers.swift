import Basics
internal import CX11

/// The owner's side of selections (ICCCM 2): sends the data that this window offers, large data in pieces.
final class SelectionOffers {
  /// A transfer in pieces: the next piece is sent when the requestor has deleted the one before.
  private struct Transfer {
    let requestor: CX11.Window
    let property: Atom
    let type: Atom
    let bytes: [UInt8]
    var sent = 0
    var deadline: ContinuousClock.Instant
  }

  private struct Owned {
    let offer: Offer
    let time: Time
    /// The bytes of the types that were requested so far; nil for a type that cannot be made.
    var made: [String: [UInt8]?] = [:]
  }

  /// A transfer ends when the requestor has been silent for this long.
  private static let timeout = Duration.seconds(5)
  /// The most types that one request may ask for; clipboard managers ask for those that are offered.
  private static let mostPairs = 64
  /// The most transfers at the same time; each is a requestor that reads at its own speed.
  private static let mostTransfers = 16

  private let display: Display
  private let window: CX11.Window
  private var owned: [Selection: Owned] = [:]
  private var transfers: [Transfer] = []

  init(_ display: Display, window: CX11.Window) {
    self.display = display
    self.window = window
  }

  func owns(_ selection: Selection) -> Bool { owned[selection] != nil }

  func acquire(_ selection: Selection, _ offer: Offer, time: Time) -> Bool {
    let atom = display.atoms[selection]
    XSetSelectionOwner(display.connection, atom, window, time)
    guard XGetSelectionOwner(display.connection, atom) == window else { return false }
    owned[selection] = Owned(offer: offer, time: time)
    return true
  }

  /// The types offered under a selection.
  func targets(of selection: Selection) -> [Atom] {
    let names = owned[selection]?.offer.types ?? []
    return names.map { display.atoms.atom(named: $0) }
  }

  /// Handles the loss of a selection to another program.
  func handle(_ event: XSelectionClearEvent) -> Selection? {
    guard let selection = display.atoms.selection(event.selection), owned[selection] != nil else {
      return nil
    }
    owned[selection] = nil
    return selection
  }

  func answer(_ request: XSelectionRequestEvent) {
    var reply = XEvent()
    reply.xselection.type = SelectionNotify
    reply.xselection.requestor = request.requestor
    reply.xselection.selection = request.selection
    reply.xselection.target = request.target
    reply.xselection.time = request.time
    // Clients from before ICCCM give no property; it is then the target's name.
    let property = request.property == Atom(None) ? request.target : request.property
    reply.xselection.property = convert(request, into: property) ? property : Atom(None)
    XSendEvent(display.connection, request.requestor, 0, 0, &reply)
    XFlush(display.connection)
  }

  private func convert(_ request: XSelectionRequestEvent, into property: Atom) -> Bool {
    let atoms = display.atoms
    guard let selection = atoms.selection(request.selection), let owned = owned[selection] else {
      return false
    }
    func convert(_ target: Atom, into property: Atom) -> Bool {
      self.convert(selection, to: target, for: request.requestor, into: property)
    }
    // A request from before this window became the owner is meant for the owner before.
    if request.time != Time(CurrentTime), owned.time != Time(CurrentTime),
      Int32(truncatingIfNeeded: request.time &- owned.time) < 0
    {
      return false
    }
    guard request.target == atoms[.multiple] else {
      return convert(request.target, into: property)
    }
    guard request.property != Atom(None),
      let pairs = Property.read(display, request.requestor, property, atMost: 8 * Self.mostPairs)?.words
    else { return false }
    var result = pairs
    for index in stride(from: 0, to: pairs.count - 1, by: 2) {
      let (target, itsProperty) = (pairs[index], pairs[index + 1])
      let isDone =
        target != atoms[.multiple] && itsProperty != Atom(None)
        && convert(target, into: itsProperty)
      if !isDone { result[index + 1] = Atom(None) }
    }
    Property.write(display, request.requestor, property, type: atoms[.atomPair], words: result)
    return true
  }

  /// The bytes of a type; they are made once, however often they are requested.
  private func bytes(of selection: Selection, as type: String) -> [UInt8]? {
    guard let owned = owned[selection], owned.offer.types.contains(type) else { return nil }
    if let made = owned.made[type] { return made }
    let bytes = owned.offer.bytes(type)
    self.owned[selection]?.made[type] = .some(bytes)
    return bytes
  }

  private func convert(
    _ selection: Selection, to target: Atom, for requestor: CX11.Window, into property: Atom
  ) -> Bool {
    let atoms = display.atoms
    guard let owned = owned[selection] else { return false }
    if target == atoms[.targets] {
      let protocolTargets = [atoms[.targets], atoms[.timestamp], atoms[.multiple], atoms[.saveTargets]]
      let words = protocolTargets + targets(of: selection)
      Property.write(display, requestor, property, type: XA_ATOM, words: words)
      return true
    }
    if target == atoms[.timestamp] {
      Property.write(display, requestor, property, type: XA_INTEGER, words: [owned.time])
      return true
    }
    if target == atoms[.saveTargets] {
      // An owner has nothing to do and answers with success.
      Property.write(display, requestor, property, type: atoms[.null], words: [])
      return true
    }
    guard let name = atoms.name(of: target), let bytes = bytes(of: selection, as: name) else { return false }
    // TEXT requests any encoding; the answer's type is the encoding.
    let type = target == atoms[.text] ? atoms[.utf8] : target
    if bytes.count > Property.largestPiece(display) {
      guard transfers.count < Self.mostTransfers else { return false }
      start(
        Transfer(
          requestor: requestor, property: property, type: type, bytes: bytes,
          deadline: .now + Self.timeout))
    } else {
      Property.write(display, requestor, property, type: type, bytes: bytes)
    }
    return true
  }

  private func start(_ transfer: Transfer) {
    transfers.removeAll { $0.requestor == transfer.requestor && $0.property == transfer.property }
    transfers.append(transfer)
    // This window already gets property events; XSelectInput would replace all of its events.
    if transfer.requestor != window {
      XSelectInput(display.connection, transfer.requestor, PropertyChangeMask)
    }
    Property.write(
      display, transfer.requestor, transfer.property, type: display.atoms[.increment],
      words: [UInt(transfer.bytes.count)])
  }

  /// Sends the next piece to a requestor that has deleted the last one; an empty piece is the end.
  func continueTransfer(_ event: XPropertyEvent) {
    guard
      let index = transfers.firstIndex(where: { $0.requestor == event.window && $0.property == event.atom })
    else { return }
    let transfer = transfers[index]
    let count = min(Property.largestPiece(display), transfer.bytes.count - transfer.sent)
    let piece = Array(transfer.bytes[transfer.sent..<transfer.sent + count])
    Property.write(display, transfer.requestor, transfer.property, type: transfer.type, bytes: piece)
    XFlush(display.connection)
    if count == 0 {
      end(at: index)
    } else {
      transfers[index].sent += count
      transfers[index].deadline = .now + Self.timeout
    }
  }

  private func end(at index: Int) {
    let ended = transfers.remove(at: index)
    if ended.requestor != window, !transfers.contains(where: { $0.requestor == ended.requestor }) {
      XSelectInput(display.connection, ended.requestor, 0)
    }
  }

  var nextDeadline: ContinuousClock.Instant? { transfers.map(\.deadline).min() }

  func endExpiredTransfers(at now: ContinuousClock.Instant) {
    while let index = transfers.firstIndex(where: { $0.deadline <= now }) { end(at: index) }
  }
}

extension Atoms {
  subscript(_ selection: Selection) -> Atom {
    switch selection {
    case .clipboard: self[Name.clipboard]
    case .primary: XA_PRIMARY
    }
  }

  func selection(_ atom: Atom) -> Selection? {
    Selection.allCases.first { self[$0] == atom }
  }
}
