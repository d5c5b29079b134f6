import Basics

/// Writes the wire format of Protocol Buffers: fields one after the other, each with its number and kind.
struct Protobuf {
  private(set) var bytes: [UInt8] = []

  /// A whole number.
  mutating func add(_ field: Int, _ value: Int) {
    key(field, 0)
    variable(UInt64(bitPattern: Int64(clamping: value)))
  }

  /// A 32-bit float.
  mutating func add(_ field: Int, _ value: Float) {
    key(field, 5)
    bytes.append(contentsOf: withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init))
  }

  /// A string.
  mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

  /// Bytes.
  mutating func add(_ field: Int, _ content: [UInt8]) {
    key(field, 2)
    variable(UInt64(content.count))
    bytes += content
  }

  /// A message within this one.
  mutating func add(_ field: Int, _ fill: (inout Protobuf) -> Void) {
    var message = Protobuf()
    fill(&message)
    add(field, message.bytes)
  }

  private mutating func key(_ field: Int, _ kind: UInt64) { variable(UInt64(field) << 3 | kind) }

  /// A variable-length integer: seven bits a byte, the lowest first; the eighth bit is set where more bytes follow.
  private mutating func variable(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
