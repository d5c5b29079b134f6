// SHA-256 (FIPS 180-4), the checksum that is known of some published files.

import Basics
import CLibrary

/// The checksum SHA-256.
package enum SHA256 {
  /// The first 64 prime numbers.
  private static let primes = (2...311).filter { number in !(2..<number).contains { number % $0 == 0 } }
  /// The first 32 bits of the fractions of the primes' cube roots.
  private static let constants = primes.map { fraction(cbrt(Double($0))) }

  private static func fraction(_ root: Double) -> UInt32 {
    UInt32(clamping: (root - root.rounded(.down)) * 4_294_967_296)
  }

  /// The checksum of some bytes, in hexadecimal.
  package static func checksum(_ bytes: [UInt8]) -> String {
    // The first 32 bits of the fractions of the square roots of the first eight primes.
    var state = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
    ChecksumBlocks.read(bytes, length: UInt64(bytes.count * 8).bigEndian) { mix($0, into: &state) }
    return ChecksumBlocks.hexadecimal(state)
  }

  private static func mix(_ bytes: UnsafeRawBufferPointer, into state: inout [UInt32]) {
    func turned(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
    var words = [UInt32](repeating: 0, count: 64)
    for block in stride(from: 0, to: bytes.count, by: 64) {
      for i in 0..<16 {
        words[i] = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: block + 4 * i, as: UInt32.self))
      }
      for i in 16..<64 {
        let (a, b) = (words[i - 15], words[i - 2])
        let low = turned(a, 7) ^ turned(a, 18) ^ a >> 3
        let high = turned(b, 17) ^ turned(b, 19) ^ b >> 10
        words[i] = words[i - 16] &+ low &+ words[i - 7] &+ high
      }
      var s = state
      for i in 0..<64 {
        let sum1 = turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)
        let choice = s[4] & s[5] ^ ~s[4] & s[6]
        let first = s[7] &+ sum1 &+ choice &+ constants[i] &+ words[i]
        let sum0 = turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)
        let majority = s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]
        s = [first &+ sum0 &+ majority, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
      }
      for i in 0..<8 { state[i] &+= s[i] }
    }
  }
}
