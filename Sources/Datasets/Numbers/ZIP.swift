// The reading of zip files.

import Basics
import Formats

/// Zip files.
enum ZIP {
  /// Reads the entries of a file that are wanted by their names, and compares their checksums.
  ///
  /// All of them together have at most `limit` bytes. `format` is the name that errors have.
  static func contents(
    _ bytes: [UInt8], format: String = "zip", limit: Int = SizeLimit.fileBytes, of isWanted: (String) -> Bool
  ) throws(FormatError) -> [String: [UInt8]] {
    guard let end = endOfDirectory(bytes) else {
      throw FormatError(
        format, at: bytes.count, expected: "a zip file's directory at its end", found: "none",
        advice: "the file was cut off: get it again")
    }
    var contents: [String: [UInt8]] = [:]
    var total = 0
    var entry = little(bytes, end + 16, 4)
    for _ in 0..<little(bytes, end + 10, 2) {
      guard entry + 46 <= bytes.count, little(bytes, entry, 4) == 0x0201_4B50 else {
        throw FormatError(
          format, at: entry, expected: "an entry of the zip file's directory", found: "other bytes")
      }
      let nameLength = little(bytes, entry + 28, 2)
      guard entry + 46 + nameLength <= bytes.count else { break }
      let name = String(decoding: bytes[(entry + 46)..<(entry + 46 + nameLength)], as: UTF8.self)
      if isWanted(name) {
        // Several entries may name the same packed bytes, so a small file can announce very much.
        total += little(bytes, entry + 24, 4)
        guard total <= limit else {
          throw FormatError(
            format, at: entry, expected: "entries of at most \(limit) bytes in all", found: "more",
            advice: "split it into several files")
        }
        contents[name] = try content(of: entry, name, in: bytes, format)
      }
      entry += 46 + nameLength + little(bytes, entry + 30, 2) + little(bytes, entry + 32, 2)
    }
    return contents
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
    of entry: Int, _ name: String, in bytes: [UInt8], _ format: String
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
        advice: "write it again with one of these methods")
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
