// NumPy's archives: named arrays in a zip file, as numpy.savez_compressed writes them.

package import Basics
import Formats

/// NumPy's archives: named arrays in a zip file.
package enum NPZ {
  private static let format = "npz"

  /// Reads the arrays of a file and compares every checksum.
  ///
  /// - Parameter bytes: The bytes of the file.
  /// - Returns: The arrays by their names.
  /// - Throws: `FormatError` if the file is damaged or too large, or if the build has no zlib.
  package static func arrays(_ bytes: [UInt8]) throws(FormatError) -> [String: NPY] {
    guard let end = endOfDirectory(bytes) else {
      throw FormatError(
        format, at: bytes.count, expected: "a zip file's directory at its end", found: "none",
        advice: "the file was cut off: get it again")
    }
    var arrays: [String: NPY] = [:]
    var entry = little(bytes, end + 16, 4)
    for _ in 0..<little(bytes, end + 10, 2) {
      guard entry + 46 <= bytes.count, little(bytes, entry, 4) == 0x0201_4B50 else {
        throw FormatError(
          format, at: entry, expected: "an entry of the zip file's directory", found: "other bytes")
      }
      let nameLength = little(bytes, entry + 28, 2)
      guard entry + 46 + nameLength <= bytes.count else { break }
      let name = String(decoding: bytes[(entry + 46)..<(entry + 46 + nameLength)], as: UTF8.self)
      if name.hasSuffix(".npy") {
        arrays[String(name.dropLast(4))] = try NPY(content(of: entry, name, in: bytes), in: name)
      }
      entry += 46 + nameLength + little(bytes, entry + 30, 2) + little(bytes, entry + 32, 2)
    }
    return arrays
  }

  /// The offset of the record that ends a zip file.
  ///
  /// A comment may follow it.
  private static func endOfDirectory(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    return stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 0xFFFF), by: -1).first {
      bytes[$0] == 0x50 && little(bytes, $0, 4) == 0x0605_4B50
    }
  }

  private static func content(
    of entry: Int, _ name: String, in bytes: [UInt8]
  ) throws(FormatError) -> [UInt8] {
    let method = little(bytes, entry + 10, 2)
    let checksum = little(bytes, entry + 16, 4)
    let packed = little(bytes, entry + 20, 4)
    let size = little(bytes, entry + 24, 4)
    let header = little(bytes, entry + 42, 4)
    guard header + 30 <= bytes.count, little(bytes, header, 4) == 0x0403_4B50,
      case let start = header + 30 + little(bytes, header + 26, 2) + little(bytes, header + 28, 2),
      start + packed <= bytes.count, size <= SizeLimit.fileBytes
    else {
      throw FormatError(
        format, at: header, expected: "'\(name)', \(packed) bytes packed", found: "something else")
    }
    let content: [UInt8]
    switch method {
    case 0: content = Array(bytes[start..<(start + packed)])
    case 8: content = try Gzip.inflate(Array(bytes[start..<(start + packed)]), count: size)
    default:
      throw FormatError(
        format, at: entry + 10, expected: "a zip entry stored or deflated", found: "method \(method)",
        advice: "write it again with numpy.savez_compressed")
    }
    guard content.count == size, Int(CRC32.checksum(content)) == checksum else {
      throw FormatError(
        format, at: start, expected: "'\(name)' with its checksum", found: "a wrong checksum",
        advice: "the file is damaged: get it again")
    }
    return content
  }

  /// A number of up to four bytes, the least significant first; 0 beyond the end of the file.
  static func little(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
    guard offset >= 0, offset + count <= bytes.count else { return 0 }
    return (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }
}

/// An array as NumPy's npy format holds it.
package struct NPY: Sendable, Equatable {
  /// The kind of the elements as NumPy writes it, for example "|u1" or "<U5".
  package let kind: String
  /// The length of each dimension, the slowest first.
  package let shape: [Int]
  /// The elements' bytes.
  package let bytes: [UInt8]

  init(_ file: [UInt8], in name: String) throws(FormatError) {
    guard file.count >= 12, file.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) else {
      throw FormatError(name, at: 0, expected: "an array in NumPy's format", found: "other bytes")
    }
    let wide = file[6] > 1
    let start = wide ? 12 : 10
    let end = start + NPZ.little(file, 8, wide ? 4 : 2)
    guard end <= file.count else {
      throw FormatError(
        name, at: 8, expected: "a header of \(end - start) bytes", found: "the end of the file")
    }
    let header = String(decoding: file[start..<end], as: UTF8.self)
    guard let kind = Self.value("'descr': '", "'", in: header),
      let shape = Self.value("'shape': (", ")", in: header),
      header.contains("'fortran_order': False")
    else {
      throw FormatError(
        name, at: start, expected: "the kind and shape of an array in C's order", found: header)
    }
    self.kind = String(kind)
    self.shape = shape.split { $0 == "," || $0 == " " }.compactMap { Int($0) }
    bytes = Array(file[end...])
    var size = kind.hasSuffix("1") && !kind.contains("U") ? 1 : 0
    if kind.hasPrefix("<"), let digits = Int(kind.dropFirst(2)) {
      size = kind.contains("U") ? 4 * digits : digits
    }
    var wanted = size
    for length in self.shape where wanted <= file.count { wanted *= max(0, min(length, file.count)) }
    guard size > 0, wanted == bytes.count else {
      throw FormatError(
        name, at: end, expected: "elements of kind \(kind) for the shape (\(shape))",
        found: "\(bytes.count) bytes")
    }
  }

  private static func value(_ before: String, _ after: Character, in text: String) -> Substring? {
    let key = Array(before.utf8)
    let bytes = Array(text.utf8)
    guard bytes.count > key.count,
      let start = (0..<(bytes.count - key.count)).first(where: { bytes[$0...].starts(with: key) })
    else { return nil }
    return Substring(decoding: bytes[(start + key.count)...], as: UTF8.self).prefix { $0 != after }
  }

  /// The elements as bytes, or nil if they are of another kind.
  package var levels: [UInt8]? { kind == "|u1" ? bytes : nil }

  /// The elements as texts, or nil if they are of another kind.
  package var texts: [String]? {
    guard kind.hasPrefix("<U"), let length = Int(kind.dropFirst(2)), length > 0 else { return nil }
    return stride(from: 0, to: bytes.count, by: 4 * length).map { start in
      var text = String.UnicodeScalarView()
      for index in 0..<length {
        let code = UInt32(NPZ.little(bytes, start + 4 * index, 4))
        if code != 0, let scalar = Unicode.Scalar(code) { text.append(scalar) }
      }
      return String(text)
    }
  }
}
