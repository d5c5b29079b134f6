// The bytes of a file in order, decompressed if the file is gzip.

package import Basics

/// The bytes of a file in order, decompressed if the file is gzip.
///
/// A gzip file is decompressed only as far as bytes are read. A request that the file cannot fill allocates no memory
/// for it.
package struct ByteStream {
  private enum Source {
    case plain([UInt8])
    case gzip(Inflation)
  }

  private let source: Source
  private let format: String
  /// The number of (decompressed) bytes read.
  private(set) var position = 0

  package init(_ bytes: [UInt8], format: String) throws(FormatError) {
    self.format = format
    source = Gzip.begins(bytes) ? .gzip(try Inflation(bytes)) : .plain(bytes)
  }

  /// The next `count` bytes.
  package mutating func read(_ count: Int, for purpose: @autoclosure () -> String) throws(FormatError)
    -> [UInt8]
  {
    let bytes = try readUpTo(count)
    guard bytes.count == count else {
      throw FormatError(
        format, at: position, expected: purpose(), found: "\(bytes.count) bytes and the end of the file",
        advice: "the file was cut off: get or export it again")
    }
    return bytes
  }

  /// The next `count` bytes, or fewer at the end of the file.
  mutating func readUpTo(_ count: Int) throws(FormatError) -> [UInt8] {
    let bytes: [UInt8]
    switch source {
    case .plain(let all): bytes = [UInt8](all[position...].prefix(count))
    case .gzip(let inflation): bytes = try inflation.read(count)
    }
    position += bytes.count
    return bytes
  }

  /// Throws an error if bytes are left.
  package mutating func expectEnd(after what: @autoclosure () -> String) throws(FormatError) {
    if try !readUpTo(1).isEmpty {
      throw FormatError(
        format, at: position - 1, expected: "the end of the file after \(what())", found: "more bytes")
    }
  }
}
