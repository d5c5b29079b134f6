import Basics

/// Numbers as bytes, the lowest first, as in all our files.
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

/// Bytes as numbers, the lowest first; nil where the bytes end.
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

extension OptimizerState {
  /// The state as bytes: training that goes on from them takes the same steps.
  public var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt64(step))
    writer.append(UInt64(slots.count))
    writer.append(floats: slots)
    return writer.bytes
  }

  /// The state from bytes, or nil where they are none.
  public init?(bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    guard let step = reader.word64(), let count = reader.word64(), step <= Int.max,
      reader.remaining % 4 == 0, count == reader.remaining / 4
    else { return nil }
    self.step = Int(step)
    slots = (0..<Int(count)).map { _ in Float(bitPattern: reader.word32() ?? 0) }
  }
}
