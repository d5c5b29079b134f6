// Bytes as text.

import Basics

extension UInt8 {
  /// Whether the byte is white space as C's `isspace` defines it.
  var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension [UInt8] {
  /// The byte order mark of UTF-8, which some editors write before a text.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The first byte that is neither white space nor part of a byte order mark.
  var firstOfText: UInt8? { first { !$0.isWhiteSpace && !Self.byteOrderMark.contains($0) } }
}

extension String {
  /// Makes a string from a fixed array of C, which a zero ends.
  init<Characters>(terminated characters: inout Characters) {
    self = withUnsafeBytes(of: &characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// Makes the text of a file's name from a fixed array of C, which a zero ends.
  init<Characters>(namedBy characters: inout Characters) {
    self = withUnsafeBytes(of: &characters) { String(nameBytes: Array($0.prefix { $0 != 0 })) }
  }
}
