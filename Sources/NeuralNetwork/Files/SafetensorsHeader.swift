import Basics

/// Reads the header of a safetensors file: a JSON object with the kind, shape and offsets of each tensor.
struct SafetensorsHeader {
  /// The header's description of a tensor.
  struct Entry {
    let name: String
    /// The position in the file of its description.
    let offset: Int
    let kind: SafetensorsKind
    let shape: [Int]
    /// The range of its bytes, counted from the header's end.
    let range: Range<Int>
  }

  private(set) var metadata: [String: String] = [:]
  private(set) var entries: [Entry] = []

  private let bytes: [UInt8]
  private let limit: Int

  /// Reads a header that begins at byte 8 and ends before byte `limit` of a file.
  init(_ bytes: [UInt8], until limit: Int) throws(SafetensorsError) {
    self.bytes = bytes
    self.limit = limit
    do throws(FormatError) {
      try parse()
    } catch {
      throw SafetensorsError(offset: error.offset, expected: error.expected, found: error.found)
    }
  }

  private mutating func parse() throws(FormatError) {
    var cursor = JSONCursor(bytes, 8..<limit, base: 0, format: "safetensors")
    guard limit > 8, bytes[8] == UInt8(ascii: "{") else { throw cursor.error(expected: "'{'") }
    var names: Set<String> = []
    try cursor.object { (name, value) throws(FormatError) in
      guard names.insert(name).inserted else { throw Self.repeated(name, value) }
      if name == "__metadata__" {
        try value.object { (key, value) throws(FormatError) in
          guard metadata.updateValue(try value.string(), forKey: key) == nil else {
            throw Self.repeated(key, value)
          }
        }
      } else {
        entries.append(try entry(name, &value))
      }
    }
    try cursor.finish()
  }

  private static func repeated(_ name: String, _ cursor: JSONCursor) -> FormatError {
    cursor.error(expected: "each name once", found: "'\(name)' again")
  }

  private func entry(_ name: String, _ value: inout JSONCursor) throws(FormatError) -> Entry {
    let start = value
    var kind: SafetensorsKind?
    var shape: [Int]?
    var offsets: [Int]?
    try value.object { (member, value) throws(FormatError) in
      switch member {
      case "dtype" where kind == nil:
        let before = value
        let word = try value.string()
        kind = SafetensorsKind(rawValue: word)
        if kind == nil {
          throw before.error(expected: "numbers of kind F32, F16, BF16 or F64", found: "'\(word)'")
        }
      case "shape" where shape == nil: shape = try integers(&value, most: 8)
      case "data_offsets" where offsets == nil: offsets = try integers(&value, most: 2)
      default:
        throw value.error(expected: "dtype, shape and data_offsets, each once", found: "'\(member)'")
      }
    }
    guard let kind, let shape, let offsets, offsets.count == 2 else {
      throw start.error(expected: "dtype, shape and two data_offsets for '\(name)'", found: "less")
    }
    let (first, end) = (offsets[0], offsets[1])
    guard first <= end, end <= bytes.count - limit else {
      throw start.error(
        expected: "data_offsets of '\(name)' within the \(bytes.count - limit) bytes of data",
        found: "\(first) to \(end)")
    }
    var size = kind.size
    for side in shape {
      let (product, overflows) = size.multipliedReportingOverflow(by: side)
      size = overflows ? Int.max : product
      if overflows { break }
    }
    guard size == end - first else {
      throw start.error(
        expected: "\(size) bytes for '\(name)' of shape \(shape)", found: "\(end - first)")
    }
    return Entry(name: name, offset: start.offset, kind: kind, shape: shape, range: first..<end)
  }

  private func integers(_ value: inout JSONCursor, most: Int) throws(FormatError) -> [Int] {
    var result: [Int] = []
    try value.array { (element) throws(FormatError) in
      let start = element
      let number = try element.integer()
      // Digits alone: the format has no sign, point or exponent.
      let digits = bytes[start.offset..<element.offset].drop { " \t\n\r".utf8.contains($0) }
      guard digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.count < 16, result.count < most else {
        throw start.error(expected: "at most \(most) whole numbers of at most 15 digits")
      }
      result.append(number)
    }
    return result
  }
}
