// NumPy's archives: named arrays in a zip file, as numpy.savez_compressed writes them.

package import Basics
import Formats

/// NumPy's archives: named arrays in a zip file.
package enum NPZ {
  /// Reads the arrays of a file, which have together no more bytes than a file may have.
  package static func arrays(_ bytes: [UInt8]) throws(FormatError) -> [String: NPY] {
    try arrays(bytes, limit: SizeLimit.fileBytes)
  }

  /// Reads the arrays of a file and compares every checksum.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file.
  ///   - limit: The most bytes of all arrays together.
  /// - Returns: The arrays by their names.
  /// - Throws: `FormatError` if the file is damaged or too large, or if the build has no zlib.
  package static func arrays(
    _ bytes: [UInt8], limit: Int
  ) throws(FormatError) -> [String: NPY] {
    var arrays: [String: NPY] = [:]
    for (name, content) in try ZIP.contents(bytes, format: "npz", limit: limit, of: { $0.hasSuffix(".npy") })
    {
      arrays[String(name.dropLast(4))] = try NPY(content, in: name)
    }
    return arrays
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
    let end = start + ZIP.little(file, 8, wide ? 4 : 2)
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
    let size = Self.elementSize(of: kind) ?? 0
    var wanted = size
    for length in self.shape where wanted <= file.count { wanted *= max(0, min(length, file.count)) }
    guard size > 0, wanted == bytes.count else {
      throw FormatError(
        name, at: end, expected: "elements of kind \(kind) for the shape (\(shape))",
        found: "\(bytes.count) bytes")
    }
  }

  /// The longest text that an element may be, in characters.
  private static let longestText = 1 << 16

  /// The bytes of an element of a kind; nil for a kind that is not read.
  private static func elementSize(of kind: Substring) -> Int? {
    if let length = textLength(of: kind) { return 4 * length }
    if kind.hasSuffix("1"), !kind.contains("U") { return 1 }
    guard kind.hasPrefix("<"), let size = Int(kind.dropFirst(2)), (1...16).contains(size) else { return nil }
    return size
  }

  /// The characters of an element of texts; nil for another kind.
  private static func textLength(of kind: some StringProtocol) -> Int? {
    guard kind.hasPrefix("<U"), let length = Int(kind.dropFirst(2)), (1...longestText).contains(length) else {
      return nil
    }
    return length
  }

  private static func value(_ before: String, _ after: Character, in text: String) -> Substring? {
    let found = text.utf8.firstRange(of: before.utf8)
    guard let found, found.upperBound < text.endIndex else { return nil }
    return text[found.upperBound...].prefix { $0 != after }
  }

  /// The elements as bytes, or nil if they are of another kind.
  package var levels: [UInt8]? { kind == "|u1" ? bytes : nil }

  /// The elements as texts, or nil if they are of another kind.
  package var texts: [String]? {
    guard let length = Self.textLength(of: kind) else { return nil }
    return stride(from: 0, to: bytes.count, by: 4 * length).map { start in
      var text = String.UnicodeScalarView()
      for index in 0..<length {
        let code = UInt32(ZIP.little(bytes, start + 4 * index, 4))
        if code != 0, let scalar = Unicode.Scalar(code) { text.append(scalar) }
      }
      return String(text)
    }
  }
}
