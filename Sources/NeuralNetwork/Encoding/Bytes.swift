/// Writes numbers as little-endian bytes.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ more: [UInt8]) { bytes += more }

  mutating func append(floats: [Float]) {
    floats.withUnsafeBytes { raw in
      #if _endian(little)
      bytes.append(contentsOf: raw)
      #else
      for value in floats { append(value.bitPattern) }
      #endif
    }
  }
}

/// Reads little-endian numbers; nil at the end of the bytes.
struct ByteReader {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var remaining: Int { bytes.count - position }

  mutating func word64() -> UInt64? { number() }

  mutating func word32() -> UInt32? { number() }

  private mutating func number<Number: FixedWidthInteger>() -> Number? {
    let size = Number.bitWidth / 8
    guard remaining >= size else { return nil }
    defer { position += size }
    return bytes[position..<position + size].reversed().reduce(0) { $0 << 8 | Number($1) }
  }
}
