import Basics

/// Reads the header of a safetensors file: just the JSON that such a header may hold, nothing else.
struct SafetensorsHeader {
  /// What the header says of a tensor.
  struct Entry {
    let name: String
    /// Where in the file it is said.
    let offset: Int
    let kind: SafetensorsKind
    let shape: [Int]
    /// Where its bytes lie, counted from the header's end.
    let start: Int
    let end: Int
  }

  private(set) var metadata: [String: String] = [:]
  private(set) var entries: [Entry] = []

  private let bytes: [UInt8]
  private let limit: Int
  private var position = 8

  /// A header that ends before byte `limit` of a file.
  init(_ bytes: [UInt8], until limit: Int) {
    self.bytes = bytes
    self.limit = limit
  }

  mutating func parse() throws(SafetensorsError) {
    guard position < limit, bytes[position] == UInt8(ascii: "{") else { throw error("'{'", at: position) }
    var names: Set<String> = []
    try members { (header, name, offset) throws(SafetensorsError) in
      guard names.insert(name).inserted else {
        throw SafetensorsError(offset: offset, expected: "each name once", found: "'\(name)' again")
      }
      if name == "__metadata__" { try header.parseMetadata() } else { try header.parseTensor(name, offset) }
    }
    skipSpace()
    guard position == limit else { throw error("the header's end", at: position) }
  }

  private mutating func parseMetadata() throws(SafetensorsError) {
    var words: [String: String] = [:]
    try members { (header, name, offset) throws(SafetensorsError) in
      header.skipSpace()
      guard words.updateValue(try header.string(), forKey: name) == nil else {
        throw SafetensorsError(offset: offset, expected: "each name once", found: "'\(name)' again")
      }
    }
    metadata = words
  }

  private mutating func parseTensor(_ name: String, _ offset: Int) throws(SafetensorsError) {
    var kind: SafetensorsKind?
    var shape: [Int]?
    var place: [Int]?
    try members { (header, member, offset) throws(SafetensorsError) in
      header.skipSpace()
      switch member {
      case "dtype" where kind == nil:
        let word = try header.string()
        guard let known = SafetensorsKind(rawValue: word) else {
          throw SafetensorsError(
            offset: offset, expected: "numbers of kind F32, F16, BF16 or F64", found: "'\(word)'")
        }
        kind = known
      case "shape" where shape == nil: shape = try header.integers(most: 8)
      case "data_offsets" where place == nil: place = try header.integers(most: 2)
      default:
        throw SafetensorsError(
          offset: offset, expected: "dtype, shape and data_offsets, each once", found: "'\(member)'")
      }
    }
    guard let kind, let shape, let place, place.count == 2 else {
      throw SafetensorsError(
        offset: offset, expected: "dtype, shape and two data_offsets for '\(name)'", found: "less")
    }
    guard place[0] <= place[1], place[1] <= bytes.count - limit else {
      throw SafetensorsError(
        offset: offset, expected: "a place of '\(name)' within the \(bytes.count - limit) bytes of data",
        found: "\(place[0]) to \(place[1])")
    }
    var size = kind.size
    for side in shape {
      let (product, overflows) = size.multipliedReportingOverflow(by: side)
      size = overflows ? Int.max : product
      if overflows { break }
    }
    guard size == place[1] - place[0] else {
      throw SafetensorsError(
        offset: offset, expected: "\(size) bytes for '\(name)' of shape \(shape)",
        found: "\(place[1] - place[0])")
    }
    entries.append(
      Entry(name: name, offset: offset, kind: kind, shape: shape, start: place[0], end: place[1]))
  }

  // MARK: JSON

  /// Reads an object, handing each member's name over where its value begins.
  private mutating func members(
    _ value: (inout SafetensorsHeader, String, Int) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    try take("{")
    if next("}") { return }
    repeat {
      skipSpace()
      let offset = position
      let name = try string()
      try take(":")
      try value(&self, name, offset)
    } while next(",")
    try take("}")
  }

  private mutating func integers(most: Int) throws(SafetensorsError) -> [Int] {
    try take("[")
    if next("]") { return [] }
    var result: [Int] = []
    repeat {
      skipSpace()
      let start = position
      var digits = 0
      var value = 0
      while position < limit, bytes[position] >= 0x30, bytes[position] <= 0x39, digits < 16 {
        value = value * 10 + Int(bytes[position] - 0x30)
        digits += 1
        position += 1
      }
      guard digits > 0, digits < 16, result.count < most else {
        throw error("at most \(most) whole numbers of at most 15 digits", at: start)
      }
      result.append(value)
    } while next(",")
    try take("]")
    return result
  }

  private mutating func string() throws(SafetensorsError) -> String {
    guard position < limit, bytes[position] == UInt8(ascii: "\"") else {
      throw error("a string", at: position)
    }
    let start = position
    position += 1
    var units: [UInt8] = []
    while position < limit {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else { throw error("UTF-8", at: start) }
        return text
      case UInt8(ascii: "\\"): units += Array(String(try escape()).utf8)
      case 0..<0x20: throw error("no control character in a string", at: position - 1)
      default: units.append(byte)
      }
    }
    throw error("the string's end", at: position)
  }

  private mutating func escape() throws(SafetensorsError) -> Unicode.Scalar {
    guard position < limit else { throw error("an escape", at: position) }
    let byte = bytes[position]
    position += 1
    let simple: [Character: Unicode.Scalar] = [
      "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
    ]
    if byte != UInt8(ascii: "u") {
      guard let scalar = simple[Character(Unicode.Scalar(byte))] else {
        throw error("an escape", at: position - 1)
      }
      return scalar
    }
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    // Beyond 16 bits there are two escapes, a pair of surrogates.
    let start = position
    if first < 0xDC00, next("\\"), next("u") {
      let second = try hexadecimal()
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw error("a pair of surrogates", at: start)
  }

  private mutating func hexadecimal() throws(SafetensorsError) -> UInt32 {
    guard position + 4 <= limit,
      let value = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
      bytes[position] != UInt8(ascii: "+")
    else { throw error("four hexadecimal digits", at: position) }
    position += 4
    return value
  }

  private mutating func skipSpace() {
    while position < limit, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func next(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < limit, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func take(_ mark: Unicode.Scalar) throws(SafetensorsError) {
    if !next(mark) { throw error("'\(mark)'", at: position) }
  }

  private func error(_ expected: String, at offset: Int) -> SafetensorsError {
    let found =
      offset < limit
      ? "byte \(bytes[offset])"
        + (bytes[offset] > 0x20 && bytes[offset] < 0x7F
          ? " '\(Character(Unicode.Scalar(bytes[offset])))'" : "")
      : "the header's end"
    return SafetensorsError(offset: offset, expected: expected, found: found)
  }
}
