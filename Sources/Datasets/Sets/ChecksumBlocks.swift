// What the checksums MD5 and SHA-256 have in common: blocks of 64 bytes, and words in hexadecimal digits.

import Basics

/// The blocks of the checksums MD5 and SHA-256, and their results.
enum ChecksumBlocks {
  /// Calls `mix` with the whole blocks of some bytes, and with the padded rest.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - length: The number of bits, in the order of bytes that the checksum asks for.
  ///   - mix: Adds blocks to the checksum.
  static func read(_ bytes: [UInt8], length: UInt64, mix: (UnsafeRawBufferPointer) -> Void) {
    let whole = bytes.count / 64 * 64
    var tail = Array(bytes[whole...]) + [0x80]
    tail += [UInt8](repeating: 0, count: (120 - tail.count % 64) % 64)
    tail += withUnsafeBytes(of: length) { Array($0) }
    bytes.withUnsafeBytes { mix(UnsafeRawBufferPointer(rebasing: $0[..<whole])) }
    tail.withUnsafeBytes { mix($0) }
  }

  /// The words of a checksum, the most significant byte of each first.
  static func hexadecimal(_ words: [UInt32]) -> String {
    words.map { NumberText.padded(String($0, radix: 16), to: 8) }.joined()
  }
}
