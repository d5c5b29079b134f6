import Basics

/// A safetensors file: named tensors, and strings beside them.
///
/// Eight bytes with the header's length, the header as JSON, then the tensors' bytes without a gap. Everything a
/// file claims is checked against what it holds: the header's length, each shape against its place, that the places
/// neither overlap nor leave holes, that no name comes twice, and the tensors' bytes against their checksum.
public struct Safetensors: Sendable, Hashable {
  /// A tensor: always read as `Float`, and written as F32.
  public struct Tensor: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// Its sizes, slowest first.
    public var shape: [Int]
    /// Its values, row-major.
    public var values: [Float]

    /// A tensor whose shape and values fit each other.
    public init(name: String, shape: [Int], values: [Float]) {
      precondition(shape.reduce(1, *) == values.count)
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// Strings that say what the tensors are.
  public var metadata: [String: String]
  /// The tensors, in the order of the file.
  public var tensors: [Tensor]

  /// The name of the string that holds the checksum of the tensors' bytes: CRC-32 as eight hexadecimal digits.
  ///
  /// Files are written with it, and a file that has it is compared with it. A file without it, which another program
  /// wrote, is read without this comparison. The string is no part of `metadata`.
  package static let checksumKey = "tensors_crc32"

  /// The longest header that is read, the reference implementation's.
  static let longestHeader = 100_000_000

  /// A file to be written.
  public init(metadata: [String: String] = [:], tensors: [Tensor]) {
    self.metadata = metadata
    self.metadata[Self.checksumKey] = nil
    self.tensors = tensors
  }

  /// The tensor with a name.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }

  /// The file's bytes; the same for the same value, with the tensors' bytes starting at a multiple of 8.
  public var bytes: [UInt8] {
    var data = ByteWriter()
    for tensor in tensors { data.append(floats: tensor.values) }
    let words = metadata.merging([Self.checksumKey: Self.checksum(data.bytes)]) { $1 }
      .sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
    var entries = ["\"__metadata__\":{\(words.joined(separator: ","))}"]
    var end = 0
    for tensor in tensors {
      let start = end
      end += 4 * tensor.values.count
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        "\(quoted(tensor.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}")
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: -header.count & 7)
    var writer = ByteWriter()
    writer.append(UInt64(header.count))
    writer.append(header)
    writer.append(data.bytes)
    return writer.bytes
  }

  /// The checksum of the tensors' bytes, as the file's header names it.
  private static func checksum(_ data: some Collection<UInt8>) -> String {
    let digits = String(CRC32.checksum(data), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// Reads a file's bytes.
  public init(bytes: [UInt8]) throws(SafetensorsError) {
    var reader = ByteReader(bytes)
    guard let length = reader.word64() else {
      throw SafetensorsError(
        offset: 0, expected: "8 bytes with the header's length", found: "\(bytes.count) bytes")
    }
    guard length <= Self.longestHeader, length <= bytes.count - 8 else {
      let most = min(Self.longestHeader, bytes.count - 8)
      throw SafetensorsError(offset: 0, expected: "a header of at most \(most) bytes", found: "\(length)")
    }
    let dataStart = 8 + Int(length)
    var header = SafetensorsHeader(bytes, until: dataStart)
    try header.parse()
    metadata = header.metadata
    let checksum = metadata.removeValue(forKey: Self.checksumKey)

    // In the order of their places they must touch, from the header's end to the file's.
    var place = 0
    for entry in header.entries.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard entry.start == place else {
        throw SafetensorsError(
          offset: entry.offset, expected: "'\(entry.name)' to start at \(place) of the data",
          found: "\(entry.start), which \(entry.start < place ? "overlaps another tensor" : "leaves a hole")")
      }
      place = entry.end
    }
    guard place == bytes.count - dataStart else {
      throw SafetensorsError(
        offset: dataStart, expected: "\(place) bytes of data", found: "\(bytes.count - dataStart)")
    }
    if let checksum {
      let found = Self.checksum(bytes[dataStart...])
      guard checksum == found else {
        throw SafetensorsError(
          offset: dataStart, expected: "tensors with the checksum \(checksum)", found: found,
          cause: .checksum)
      }
    }
    tensors = header.entries.map { entry in
      let range = dataStart + entry.start..<dataStart + entry.end
      return Tensor(name: entry.name, shape: entry.shape, values: entry.kind.floats(in: bytes, range))
    }
  }

  /// A string of JSON.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// The kinds of numbers that are read; others are refused by name.
enum SafetensorsKind: String {
  case double = "F64"
  case float = "F32"
  case half = "F16"
  case brainHalf = "BF16"

  var size: Int {
    switch self {
    case .double: 8
    case .float: 4
    case .half, .brainHalf: 2
    }
  }

  func floats(in bytes: [UInt8], _ range: Range<Int>) -> [Float] {
    bytes.withUnsafeBytes { bytes in
      stride(from: range.lowerBound, to: range.upperBound, by: size).map { place in
        switch self {
        case .double:
          let pattern = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
          return Float(Double(bitPattern: pattern))
        case .float:
          let pattern = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
          return Float(bitPattern: pattern)
        case .half:
          return Self.half(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self)))
        case .brainHalf:
          let pattern = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))
          return Float(bitPattern: UInt32(pattern) << 16)
        }
      }
    }
  }

  /// IEEE 754's 16-bit number, by hand since not every processor of ours has `Float16`.
  private static func half(_ pattern: UInt16) -> Float {
    let sign: Float = pattern >> 15 == 0 ? 1 : -1
    let exponent = Int(pattern >> 10 & 31)
    let fraction = Float(pattern & 1023)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
    }
  }
}
