// Bytes taken in order, out of a file as it is or out of its gzip wrapping.

import Basics

/// The bytes of a file in order, unwrapped on the way where the file is gzip.
///
/// A gzip stream is unwrapped only as far as somebody asks, and a request that the wrapped bytes cannot
/// fill by any means is refused before memory is taken for it.
struct ByteStream {
  private enum Source {
    case plain([UInt8])
    case gzip(Inflation)
  }

  private let source: Source
  private let format: String
  /// How many (unwrapped) bytes were taken.
  private(set) var position = 0

  init(_ bytes: [UInt8], format: String) throws(FormatError) {
    self.format = format
    source = Gzip.begins(bytes) ? .gzip(try Inflation(bytes)) : .plain(bytes)
  }

  /// The next bytes, exactly as many as are asked for.
  mutating func take(_ count: Int, for purpose: @autoclosure () -> String) throws(FormatError) -> [UInt8] {
    let taken = try takeUpTo(count)
    guard taken.count == count else {
      throw FormatError(
        format, at: position, expected: purpose(), found: "\(taken.count) bytes and the end of the file",
        advice: "the file was cut off: get or export it again")
    }
    return taken
  }

  /// The next bytes, fewer only where the file ends.
  mutating func takeUpTo(_ count: Int) throws(FormatError) -> [UInt8] {
    let taken: [UInt8]
    switch source {
    case .plain(let bytes): taken = [UInt8](bytes[position...].prefix(count))
    case .gzip(let inflation): taken = try inflation.read(count)
    }
    position += taken.count
    return taken
  }

  /// Whether nothing is left; more is an error.
  mutating func expectEnd(after what: @autoclosure () -> String) throws(FormatError) {
    let rest = try takeUpTo(1)
    if !rest.isEmpty {
      throw FormatError(
        format, at: position - 1, expected: "the end of the file after \(what())", found: "more bytes")
    }
  }
}
