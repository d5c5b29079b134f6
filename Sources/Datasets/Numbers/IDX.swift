// IDX, the format of MNIST: an array of numbers of any rank, most significant byte first.

package import Basics
import Formats

/// An array of numbers as an IDX file holds it.
package struct IDX: Sendable, Equatable {
  /// The kinds of numbers, by the third byte of the file.
  package enum Element: UInt8, Sendable, CaseIterable {
    /// Integers from 0 to 255.
    case uint8 = 0x08
    /// Integers from -128 to 127.
    case int8 = 0x09
    /// Integers of two bytes.
    case int16 = 0x0B
    /// Integers of four bytes.
    case int32 = 0x0C
    /// Floating-point numbers of four bytes.
    case float = 0x0D
    /// Floating-point numbers of eight bytes.
    case double = 0x0E

    /// The number of bytes of an element.
    package var size: Int {
      switch self {
      case .uint8, .int8: 1
      case .int16: 2
      case .int32, .float: 4
      case .double: 8
      }
    }
  }

  /// The kind of the numbers.
  package let element: Element
  /// The length of each dimension, the slowest first: samples, rows, columns.
  package let shape: [Int]
  /// The numbers as in the file, most significant byte first.
  package let bytes: [UInt8]

  /// The number of elements.
  package var count: Int { bytes.count / element.size }

  /// Makes an array from its bytes.
  ///
  /// - Parameters:
  ///   - element: The kind of the numbers.
  ///   - shape: The length of each dimension, the slowest first.
  ///   - bytes: The numbers, most significant byte first. They must fill the shape.
  package init(_ element: Element = .uint8, shape: [Int], bytes: [UInt8]) {
    precondition(
      shape.count <= 255 && shape.allSatisfy { 0...Int(UInt32.max) ~= $0 },
      "the shape does not fit into an IDX file")
    precondition(bytes.count == Self.length(element, shape), "bytes must fill the shape")
    self.element = element
    self.shape = shape
    self.bytes = bytes
  }

  /// A number as an integer, its fraction cut off.
  ///
  /// - Parameter index: The index of the number.
  /// - Returns: The integer, or nil if `Int` cannot hold it.
  package func integer(at index: Int) -> Int? {
    switch element {
    case .uint8: Int(bytes[index])
    case .int8: Int(Int8(bitPattern: bytes[index]))
    case .int16: Int(Int16(truncatingIfNeeded: raw(at: index)))
    case .int32: Int(Int32(truncatingIfNeeded: raw(at: index)))
    case .float, .double: Int(exactly: number(at: index).rounded(.towardZero))
    }
  }

  /// A number as a floating-point number.
  ///
  /// - Parameter index: The index of the number.
  /// - Returns: The number.
  package func number(at index: Int) -> Double {
    switch element {
    case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: raw(at: index))))
    case .double: Double(bitPattern: raw(at: index))
    default: Double(integer(at: index) ?? 0)
    }
  }

  private func raw(at index: Int) -> UInt64 {
    bytes[(index * element.size)..<((index + 1) * element.size)].reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension IDX {
  /// Reads a file, plain or gzip.
  ///
  /// Its length must be exactly what its header announces.
  ///
  /// - Parameter bytes: The bytes of the file.
  /// - Throws: `FormatError` if the file is damaged or too large.
  package init(file bytes: [UInt8]) throws(FormatError) {
    var stream = try ByteStream(bytes, format: "IDX")
    let magic = try stream.read(4, for: "a magic number of 4 bytes")
    guard magic[0] == 0, magic[1] == 0, let element = Element(rawValue: magic[2]) else {
      throw FormatError(
        "IDX", at: 0,
        expected: "two zero bytes, a type (08, 09, 0B, 0C, 0D or 0E) and a rank",
        found: FormatError.show(magic))
    }
    let rank = Int(magic[3])
    let sizes = try stream.read(4 * rank, for: "\(rank) sizes of 4 bytes")
    let shape = (0..<rank).map { i in sizes[(4 * i)..<(4 * i + 4)].reduce(0) { $0 << 8 | Int($1) } }
    guard let length = Self.length(element, shape), length <= SizeLimit.fileBytes else {
      throw FormatError(
        "IDX", at: 4, expected: "at most \(SizeLimit.fileBytes) bytes of numbers",
        found: "the shape \(Self.text(shape))")
    }
    let numbers = try stream.read(length, for: "\(length) bytes of numbers for the shape \(Self.text(shape))")
    try stream.expectEnd(after: "the \(length) bytes of numbers that its header announces")
    self.init(element, shape: shape, bytes: numbers)
  }

  /// The array as a file.
  package var file: [UInt8] {
    var file: [UInt8] = [0, 0, element.rawValue, UInt8(shape.count)]
    file.reserveCapacity(4 + 4 * shape.count + bytes.count)
    for size in shape {
      for shift in [24, 16, 8, 0] { file.append(UInt8(truncatingIfNeeded: size >> shift)) }
    }
    return file + bytes
  }

  /// The number of bytes of a shape, or nil if `Int` cannot hold it.
  private static func length(_ element: Element, _ shape: [Int]) -> Int? {
    // A length of zero empties the array, whatever the other lengths are.
    if shape.contains(0) { return 0 }
    var length = element.size
    for size in shape {
      let (product, isTooLarge) = length.multipliedReportingOverflow(by: size)
      if isTooLarge { return nil }
      length = product
    }
    return length
  }

  private static func text(_ shape: [Int]) -> String { shape.map { "\($0)" }.joined(separator: " × ") }
}
