// The part of XML that InkML needs: tags with their attributes, and the text between them.

import Basics

/// Reads the tags and texts of an XML document in order.
struct XMLScanner {
  /// A piece of the document.
  enum Piece {
    /// The start of an element; `isEmpty` if the element has no end tag.
    case open(name: String, attributes: [String: String], isEmpty: Bool)
    /// The end of an element.
    case close(name: String)
    /// Text with its entities resolved.
    case text(String)
  }

  private let bytes: [UInt8]
  private(set) var position = 0

  /// The most attributes of a tag.
  private static let mostAttributes = 256

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next piece, or nil at the end.
  mutating func next() throws(FormatError) -> Piece? {
    while position < bytes.count {
      if bytes[position] != UInt8(ascii: "<") { return .text(try text()) }
      if rest.starts(with: "<!--".utf8) {
        try skip(past: "-->", "a comment")
      } else if rest.starts(with: "<![CDATA[".utf8) {
        let start = position + 9
        try skip(past: "]]>", "a CDATA section")
        return .text(String(decoding: bytes[start..<(position - 3)], as: UTF8.self))
      } else if rest.starts(with: "<?".utf8) {
        try skip(past: "?>", "an instruction")
      } else if rest.starts(with: "<!".utf8) {
        try skip(past: ">", "a declaration")
      } else {
        return try tag()
      }
    }
    return nil
  }

  private var rest: ArraySlice<UInt8> { bytes[position...] }

  /// An error at the current position.
  func error(expected: String) -> FormatError {
    FormatError("InkML", at: position, expected: expected, found: FormatError.show(rest.prefix(12)))
  }

  private mutating func skip(past end: String, _ what: String) throws(FormatError) {
    let end = Array(end.utf8)
    let start = position
    while position + end.count <= bytes.count {
      if bytes[position] == end[0], bytes[position...].starts(with: end) {
        position += end.count
        return
      }
      position += 1
    }
    position = bytes.count
    throw FormatError(
      "InkML", at: start, expected: "the end of \(what)", found: "the end of the file",
      advice: "the file was cut off: get or export it again")
  }

  private mutating func text() throws(FormatError) -> String {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
    return try Self.resolved(bytes[start..<position], at: start)
  }

  /// A name without the prefix of its namespace.
  private mutating func name() throws(FormatError) -> String {
    let start = position
    while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
    if position == start { throw error(expected: "a name") }
    let name = bytes[start..<position]
    let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
    return String(decoding: local, as: UTF8.self)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: ":"), 0x80...0xFF:
      true
    default: false
    }
  }

  private mutating func skipWhiteSpace() {
    while position < bytes.count, bytes[position].isWhiteSpace { position += 1 }
  }

  private mutating func tag() throws(FormatError) -> Piece {
    position += 1
    if rest.first == UInt8(ascii: "/") {
      position += 1
      let name = try name()
      skipWhiteSpace()
      guard rest.first == UInt8(ascii: ">") else { throw error(expected: "'>'") }
      position += 1
      return .close(name: name)
    }
    let name = try name()
    var attributes: [String: String] = [:]
    while true {
      skipWhiteSpace()
      switch rest.first {
      case UInt8(ascii: ">"):
        position += 1
        return .open(name: name, attributes: attributes, isEmpty: false)
      case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: ">"):
        position += 2
        return .open(name: name, attributes: attributes, isEmpty: true)
      default:
        let (key, value) = try attribute()
        attributes[key] = value
        if attributes.count > Self.mostAttributes {
          throw error(expected: "at most \(Self.mostAttributes) attributes in a tag")
        }
      }
    }
  }

  private mutating func attribute() throws(FormatError) -> (String, String) {
    let key = try name()
    skipWhiteSpace()
    guard rest.first == UInt8(ascii: "=") else { throw error(expected: "'=' after an attribute's name") }
    position += 1
    skipWhiteSpace()
    guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw error(expected: "an attribute's value in quotation marks")
    }
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != quote { position += 1 }
    guard position < bytes.count else { throw error(expected: "the end of an attribute's value") }
    defer { position += 1 }
    return (key, try Self.resolved(bytes[start..<position], at: start))
  }

  /// Text with its entities resolved.
  private static func resolved(_ bytes: ArraySlice<UInt8>, at start: Int) throws(FormatError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FormatError("InkML", at: start, expected: "text in UTF-8", found: "other bytes")
    }
    guard bytes.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = Substring(text)
    while let ampersand = rest.firstIndex(of: "&") {
      result += rest[..<ampersand]
      rest = rest[ampersand...].dropFirst()
      guard let end = rest.prefix(12).firstIndex(of: ";"), let character = entity(rest[..<end]) else {
        throw FormatError(
          "InkML", at: start, expected: "an entity of XML after '&'", found: "'\(rest.prefix(8))'")
      }
      result.unicodeScalars.append(character)
      rest = rest[end...].dropFirst()
    }
    return result + rest
  }

  private static func entity(_ name: Substring) -> Unicode.Scalar? {
    switch name {
    case "lt": "<"
    case "gt": ">"
    case "amp": "&"
    case "quot": "\""
    case "apos": "'"
    case _ where name.hasPrefix("#x"): UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
    case _ where name.hasPrefix("#"): UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
    default: nil
    }
  }
}
