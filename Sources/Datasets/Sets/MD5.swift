// MD5 (RFC 1321), the checksum that is published for MNIST's files. It is no protection against forgery.

import Basics
import CLibrary

/// The checksum that is published for MNIST's files.
package enum MD5 {
  /// The rotations of the steps: four per round, repeated four times.
  private static let shifts: [UInt32] = [
    [7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21],
  ]
  .flatMap { round in (0..<4).flatMap { _ in round } }
  /// The standard's table: the integer part of 2³² · |sin(i)|, i = 1…64.
  private static let sines: [UInt32] = (1...64).map { UInt32(clamping: abs(sin(Double($0))) * 4_294_967_296) }

  /// The checksum of some bytes, in hexadecimal.
  package static func checksum(_ bytes: [UInt8]) -> String {
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
    ChecksumBlocks.read(bytes, length: UInt64(bytes.count * 8).littleEndian) { mix($0, into: &state) }
    return ChecksumBlocks.hexadecimal(state.map(\.byteSwapped))
  }

  private static func mix(_ bytes: UnsafeRawBufferPointer, into state: inout [UInt32]) {
    shifts.withUnsafeBufferPointer { shifts in
      sines.withUnsafeBufferPointer { sines in
        for block in stride(from: 0, to: bytes.count, by: 64) {
          var (a, b, c, d) = (state[0], state[1], state[2], state[3])
          for i in 0..<64 {
            var f: UInt32
            let word: Int
            switch i >> 4 {
            case 0: (f, word) = (b & c | ~b & d, i)
            case 1: (f, word) = (d & b | ~d & c, (5 &* i &+ 1) & 15)
            case 2: (f, word) = (b ^ c ^ d, (3 &* i &+ 5) & 15)
            default: (f, word) = (c ^ (b | ~d), (7 &* i) & 15)
            }
            let value = bytes.loadUnaligned(fromByteOffset: block + 4 * word, as: UInt32.self)
            f = f &+ a &+ sines[i] &+ UInt32(littleEndian: value)
            (a, d, c) = (d, c, b)
            b = b &+ (f << shifts[i] | f >> (32 - shifts[i]))
          }
          state[0] &+= a
          state[1] &+= b
          state[2] &+= c
          state[3] &+= d
        }
      }
    }
  }
}
