import Basics

/// A safetensors file: named tensors, and strings beside them.
///
/// The file holds eight bytes with the header's length, the header as JSON, then the tensors' bytes without a gap.
/// Reading checks the header's length, each shape against its offsets, that the tensors neither overlap nor leave
/// gaps, that each name is unique, and the tensors' bytes against their checksum.
public struct Safetensors: Sendable, Hashable {
  /// A tensor: always read as `Float`, and written as F32.
  public struct Tensor: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its sizes, slowest first.
    public var shape: [Int]
    /// Its values, row-major.
    public var values: [Float]

    /// Makes a tensor; the number of values must be that of its shape.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - shape: Its sizes, slowest first.
    ///   - values: Its values, row-major.
    public init(name: String, shape: [Int], values: [Float]) {
      precondition(shape.reduce(1, *) == values.count)
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// Strings that describe the tensors.
  public var metadata: [String: String]
  /// The tensors, in the order of the file.
  public var tensors: [Tensor]

  /// The name of the string that holds the checksum of the tensors' bytes: CRC-32 as eight hexadecimal digits.
  ///
  /// Writing adds it, and reading compares it where a file has it; a file of another program may lack it. `metadata`
  /// does not contain it.
  package static let checksumKey = "tensors_crc32"

  /// The longest header that is read, the reference implementation's.
  static let longestHeader = 100_000_000

  /// Makes a file to be written.
  ///
  /// - Parameters:
  ///   - metadata: Strings that describe the tensors.
  ///   - tensors: The tensors, in the order of the file.
  public init(metadata: [String: String] = [:], tensors: [Tensor]) {
    self.metadata = metadata
    self.metadata[Self.checksumKey] = nil
    self.tensors = tensors
  }

  /// The tensor with a name, or nil where the file has none.
  ///
  /// - Parameter name: The tensor's name.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }

  /// The file's bytes; the same for the same value, with the tensors' bytes starting at a multiple of 8.
  public var bytes: [UInt8] {
    // Control characters are escaped by number, as in all files written so far.
    func quoted(_ text: String) -> String { JSONText.quoted(text, namesControls: false) }
    var data = ByteWriter()
    for tensor in tensors { data.append(floats: tensor.values) }
    let words = metadata.merging([Self.checksumKey: CRC32.hexadecimal(data.bytes)]) { $1 }
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

  /// Reads a file's bytes.
  ///
  /// - Parameter bytes: The whole file.
  /// - Throws: `SafetensorsError` with the position of the first fault.
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
    let header = try SafetensorsHeader(bytes, until: dataStart)
    metadata = header.metadata
    let checksum = metadata.removeValue(forKey: Self.checksumKey)

    // In the order of their offsets the tensors must fill the data without gaps.
    var position = 0
    let ordered = header.entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for entry in ordered {
      let start = entry.range.lowerBound
      guard start == position else {
        throw SafetensorsError(
          offset: entry.offset, expected: "'\(entry.name)' to start at \(position) of the data",
          found: "\(start), which \(start < position ? "overlaps another tensor" : "leaves a hole")")
      }
      position = entry.range.upperBound
    }
    guard position == bytes.count - dataStart else {
      throw SafetensorsError(
        offset: dataStart, expected: "\(position) bytes of data", found: "\(bytes.count - dataStart)")
    }
    if let checksum {
      let found = CRC32.hexadecimal(bytes[dataStart...])
      guard checksum == found else {
        throw SafetensorsError(
          offset: dataStart, expected: "tensors with the checksum \(checksum)", found: found,
          cause: .checksum)
      }
    }
    tensors = header.entries.map { entry in
      let range = dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound
      return Tensor(name: entry.name, shape: entry.shape, values: entry.kind.floats(in: bytes, range))
    }
  }
}

/// The kinds of numbers that are read.
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
    @inline(__always)
    func values<Pattern: FixedWidthInteger>(_ value: (Pattern) -> Float) -> [Float] {
      bytes.withUnsafeBytes { bytes in
        stride(from: range.lowerBound, to: range.upperBound, by: size).map { position in
          value(Pattern(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Pattern.self)))
        }
      }
    }
    return switch self {
    case .double: values { Float(Double(bitPattern: $0)) }
    case .float: values(Float.init(bitPattern:))
    case .half: values(Self.half)
    case .brainHalf: values { (pattern: UInt16) in Float(bitPattern: UInt32(pattern) << 16) }
    }
  }

  /// IEEE 754's 16-bit number, computed here because `Float16` is not available on every processor.
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
