import Basics
internal import CX11

/// One of the two places through which X programs hand data to each other.
package enum Selection: Sendable, Hashable {
  /// What was copied.
  case clipboard
  /// What is selected just now; the middle button pastes it.
  case primary
}

/// What this program offers to others: types, and the bytes of each when somebody asks.
package struct Offer: Sendable {
  /// The names of the types, best first: MIME types or X targets.
  package let types: [String]
  /// Makes the bytes of a type, on the window's thread, only when asked for.
  package let bytes: @Sendable (_ type: String) -> [UInt8]?

  /// Offers types whose bytes are made on demand.
  package init(types: [String], bytes: @escaping @Sendable (_ type: String) -> [UInt8]?) {
    self.types = types
    self.bytes = bytes
  }

  /// Offers a text under all names that programs ask for it by, and more types beside it.
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

/// What another program has handed over.
package struct Contents: Sendable, Equatable {
  /// Where it came from.
  package let selection: Selection
  /// Its type, one of those asked for.
  package let type: String
  /// Its bytes.
  package let bytes: [UInt8]

  /// Makes contents.
  package init(selection: Selection, type: String, bytes: [UInt8]) {
    self.selection = selection
    self.type = type
    self.bytes = bytes
  }

  /// The text, if it is of a type of text.
  package var text: String? { TextType(rawValue: type).map { $0.decode(bytes) } }

  /// The types of text to ask for, best first.
  package static let textTypes = TextType.allCases.map(\.rawValue)
}

/// The names under which X programs exchange text.
enum TextType: String, CaseIterable {
  case utf8 = "UTF8_STRING"
  case plainUTF8 = "text/plain;charset=utf-8"
  case plain = "text/plain"
  case latin = "STRING"
  case any = "TEXT"

  /// ICCCM's STRING is Latin-1; all others are UTF-8 here.
  func encode(_ text: String) -> [UInt8] {
    guard self == .latin else { return Array(text.utf8) }
    return text.unicodeScalars.map { UInt8(exactly: $0.value) ?? UInt8(ascii: "?") }
  }

  func decode(_ bytes: [UInt8]) -> String {
    var bytes = bytes
    // Some programs count the closing zero of C as part of the text.
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
  /// Offers contents to other programs until another program offers its own.
  ///
  /// The time is that of the event by which the person asked for it, or else of the last event. False if
  /// another program was later.
  @discardableResult
  package func offer(_ offer: Offer, as selection: Selection = .clipboard, time: ServerTime? = nil) -> Bool {
    guard !display.isLost else { return false }
    return offers.own(selection, offer, time: time.map { Time($0) } ?? lastTime)
  }

  /// Whether this window owns a selection.
  package func owns(_ selection: Selection) -> Bool { offers.owns(selection) }

  /// Asks the owner of a selection for its contents in the first of the types that it has.
  ///
  /// The answer is an ``Event/received(_:)`` or, after three seconds without a sign at the latest, an
  /// ``Event/receivedNothing(_:)``.
  package func requestContents(
    of selection: Selection = .clipboard, types: [String] = Contents.textTypes, time: ServerTime? = nil
  ) {
    guard !display.isLost else { return }
    paste.request(selection, types: types, time: time.map { Time($0) } ?? lastTime)
  }

  /// Gives what this window offers on the clipboard to the desktop's clipboard keeper, so that it can still be
  /// pasted after the program has ended; returns when that is done, or nobody keeps it.
  package func handOverClipboard(within limit: Duration = .seconds(1)) {
    let atoms = display.atoms
    guard !display.isLost, owns(.clipboard),
      XGetSelectionOwner(display.connection, atoms[.clipboardKeeper]) != CX11.Window(None)
    else { return }
    setAtoms(.transfer, offers.targets(of: .clipboard))
    isClipboardKept = false
    XConvertSelection(
      display.connection, atoms[.clipboardKeeper], atoms[.saveTargets], atoms[.transfer], identifier, lastTime
    )
    let deadline = ContinuousClock.now + limit
    while !isClipboardKept, !display.isLost, ContinuousClock.now < deadline {
      _ = display.events(waiting: deadline - ContinuousClock.now, orUntil: { self.isClipboardKept })
    }
  }
}
