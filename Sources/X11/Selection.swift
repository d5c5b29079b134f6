internal import CX11

/// A selection, through which X programs exchange data.
package enum Selection: Sendable, Hashable, CaseIterable {
  /// Copied data.
  case clipboard
  /// The current selection, which the middle button pastes.
  case primary
}

/// Data that this program offers to others: types, and the bytes of each on request.
package struct Offer: Sendable {
  /// The names of the types, best first: MIME types or X targets.
  package let types: [String]
  /// Makes the bytes of a type on request, on the window's thread.
  package let bytes: @Sendable (_ type: String) -> [UInt8]?

  /// Makes an offer of types whose bytes are made on request.
  package init(types: [String], bytes: @escaping @Sendable (_ type: String) -> [UInt8]?) {
    self.types = types
    self.bytes = bytes
  }

  /// Makes an offer of a text under all types of text, and of more types.
  package init(
    text: String, more: [String] = [], bytes: @escaping @Sendable (_ type: String) -> [UInt8]? = { _ in nil }
  ) {
    types = TextType.allCases.map(\.rawValue) + more
    self.bytes = { type in
      guard let kind = TextType(rawValue: type) else { return bytes(type) }
      return kind.encode(text)
    }
  }
}

/// Data received from another program.
package struct Contents: Sendable, Equatable {
  /// The selection that it came from.
  package let selection: Selection
  /// Its type, one of those requested.
  package let type: String
  /// Its bytes.
  package let bytes: [UInt8]

  /// Makes contents.
  package init(selection: Selection, type: String, bytes: [UInt8]) {
    self.selection = selection
    self.type = type
    self.bytes = bytes
  }

  /// The text, or nil if the type is not one of text.
  package var text: String? { TextType(rawValue: type).map { $0.decode(bytes) } }

  /// The types of text, best first.
  package static let textTypes = TextType.allCases.map(\.rawValue)
}

/// The types of text that X programs exchange.
enum TextType: String, CaseIterable {
  case utf8 = "UTF8_STRING"
  case plainUTF8 = "text/plain;charset=utf-8"
  case plain = "text/plain"
  case latin = "STRING"
  case any = "TEXT"

  /// The bytes of a text: Latin-1 for ICCCM's STRING, UTF-8 for all others.
  func encode(_ text: String) -> [UInt8] {
    guard self == .latin else { return Array(text.utf8) }
    return text.unicodeScalars.map { UInt8(exactly: $0.value) ?? UInt8(ascii: "?") }
  }

  func decode(_ bytes: [UInt8]) -> String {
    var bytes = bytes
    // Some programs send the final zero of a C string.
    while bytes.last == 0 { bytes.removeLast() }
    if self == .latin
      || (self != .utf8 && self != .plainUTF8 && String(validating: bytes, as: UTF8.self) == nil)
    {
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Window {
  /// Offers data to other programs until another program offers its own.
  ///
  /// The time is that of the last event. The result is false if another program was later.
  @discardableResult
  package func offer(_ offer: Offer, as selection: Selection = .clipboard) -> Bool {
    guard !display.isLost else { return false }
    return offers.acquire(selection, offer, time: lastTime)
  }

  /// Whether this window owns a selection.
  package func owns(_ selection: Selection) -> Bool { offers.owns(selection) }

  /// Asks the owner of a selection for its data in the first of the types that it has.
  ///
  /// The answer is an ``Event/received(_:)``, or an ``Event/receivedNothing(_:)`` at the latest after the owner has
  /// been silent for three seconds.
  package func requestContents(
    of selection: Selection = .clipboard, types: [String] = Contents.textTypes
  ) {
    guard !display.isLost else { return }
    pasteReader.request(selection, types: types, time: lastTime)
  }

  /// Has the desktop's clipboard manager copy what this window offers, so that it can be pasted after the program
  /// has ended; returns when that is done, at once where there is no manager.
  package func saveClipboard(within limit: Duration = .seconds(1)) {
    let atoms = display.atoms
    guard !display.isLost, owns(.clipboard),
      XGetSelectionOwner(display.connection, atoms[.clipboardManager]) != CX11.Window(None)
    else { return }
    setProperty(atoms[.transfer], type: XA_ATOM, words: offers.targets(of: .clipboard))
    isClipboardSaved = false
    XConvertSelection(
      display.connection, atoms[.clipboardManager], atoms[.saveTargets], atoms[.transfer], identifier,
      lastTime
    )
    let deadline = ContinuousClock.now + limit
    while !isClipboardSaved, !display.isLost, ContinuousClock.now < deadline {
      _ = display.events(waiting: deadline - ContinuousClock.now, orUntil: { self.isClipboardSaved })
    }
  }
}
