// The checksum of zip files, PNG and model files (ISO 3309, polynomial 0xEDB88320).

/// The CRC-32 checksum.
///
/// It detects damage, but does not protect against forgery.
package enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { value in
    (0..<8).reduce(UInt32(value)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }

  /// The checksum of some bytes.
  package static func checksum(_ bytes: some Collection<UInt8>) -> UInt32 {
    bytes.withContiguousStorageIfAvailable { checksum($0) } ?? checksum(Array(bytes))
  }

  /// The checksum of some bytes in eight hexadecimal digits.
  package static func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
    NumberText.padded(String(checksum(bytes), radix: 16), to: 8)
  }

  private static func checksum(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      var crc = ~UInt32(0)
      for byte in bytes { crc = crc >> 8 ^ table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] }
      return ~crc
    }
  }
}
