// Images inside the text of a page.

import Basics

/// Makes `data:` addresses, for `src` and `href`.
package enum DataAddress {
  /// The address of the bytes of a PNG file.
  package static func png(_ bytes: [UInt8]) -> String { "data:image/png;base64," + base64(bytes) }

  /// Bytes as text (RFC 4648).
  private static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for first in stride(from: 0, to: bytes.count, by: 3) {
      let rest = bytes.count - first
      let word =
        Int(bytes[first]) << 16 | (rest > 1 ? Int(bytes[first + 1]) << 8 : 0)
        | (rest > 2 ? Int(bytes[first + 2]) : 0)
      for index in 0..<4 {
        text.append(index <= rest ? letters[word >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
