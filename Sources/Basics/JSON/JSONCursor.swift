// The reading of JSON (RFC 8259) in one pass without a tree, because stroke files have millions of numbers.

/// A position in a JSON text, from which values are read in order.
///
/// Everything that the standard does not allow is an error. So is nesting deeper than `deepest`.
public struct JSONCursor {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int
  /// The offset of `bytes` in the file, for errors.
  private let base: Int
  private let format: String
  private var depth = 0

  /// The deepest nesting that is read.
  public static let deepest = 64

  /// Makes a cursor at the start of a text.
  ///
  /// - Parameters:
  ///   - bytes: The text in UTF-8.
  ///   - format: The name of the format, for errors.
  public init(_ bytes: [UInt8], format: String = "JSON") {
    self.init(bytes, 0..<bytes.count, base: 0, format: format)
  }

  /// Makes a cursor for a part of `bytes`, which are at the offset `base` of their file.
  package init(_ bytes: [UInt8], _ range: Range<Int>, base: Int, format: String) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
    self.base = base
    self.format = format
  }

  /// The position in the file.
  package var offset: Int { base + position }

  /// Skips white space.
  ///
  /// Returns the first byte of the next value, or nil at the end.
  private mutating func peek() -> UInt8? {
    while position < end {
      let byte = bytes[position]
      if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 } else { return byte }
    }
    return nil
  }

  /// An error at the position of the cursor.
  ///
  /// - Parameters:
  ///   - expected: The expected text.
  ///   - found: The text that was found; by default the byte at the position.
  /// - Returns: The error.
  public func error(expected: String, found: String? = nil) -> FormatError {
    error(at: offset, expected: expected, found: found)
  }

  /// An error at an offset of the file that the cursor has had.
  package func error(at offset: Int, expected: String, found: String? = nil) -> FormatError {
    let byte = offset - base < end ? bytes[offset - base] : nil
    return FormatError(
      format, at: offset, expected: expected,
      found: found ?? (byte == nil ? "the end of the text" : FormatError.show(byte)))
  }

  private mutating func expect(_ byte: UInt8, _ expected: StaticString) throws(FormatError) {
    guard peek() == byte else { throw error(expected: "\(expected)") }
    position += 1
  }

  /// Reads a comma or the closing bracket.
  ///
  /// Returns whether it was a comma.
  private mutating func hasNext(_ closing: UInt8, _ what: StaticString) throws(FormatError) -> Bool {
    switch peek() {
    case UInt8(ascii: ","):
      position += 1
      return true
    case closing:
      position += 1
      return false
    default:
      throw error(expected: "',' or the end of \(what)")
    }
  }

  private mutating func descend() throws(FormatError) {
    depth += 1
    if depth > Self.deepest {
      throw error(expected: "at most \(Self.deepest) nested lists", found: "one more")
    }
  }

  /// Reads an object.
  ///
  /// - Parameter member: Called for each member with its name and the cursor at its value, which it must read.
  /// - Throws: `FormatError` if the text is not an object, and the errors of `member`.
  public mutating func object(
    _ member: (String, inout JSONCursor) throws(FormatError) -> Void
  ) throws(FormatError) {
    try expect(UInt8(ascii: "{"), "an object, '{'")
    try descend()
    if peek() == UInt8(ascii: "}") {
      position += 1
    } else {
      repeat {
        let name = try string(called: "a member's name")
        try expect(UInt8(ascii: ":"), "':' after a member's name")
        try member(name, &self)
      } while try hasNext(UInt8(ascii: "}"), "the object")
    }
    depth -= 1
  }

  /// Reads a list.
  ///
  /// - Parameter element: Called with the cursor at each element, which it must read.
  /// - Throws: `FormatError` if the text is not a list, and the errors of `element`.
  public mutating func array(
    _ element: (inout JSONCursor) throws(FormatError) -> Void
  ) throws(FormatError) {
    try expect(UInt8(ascii: "["), "a list, '['")
    try descend()
    if peek() == UInt8(ascii: "]") {
      position += 1
    } else {
      repeat { try element(&self) } while try hasNext(UInt8(ascii: "]"), "the list")
    }
    depth -= 1
  }

  /// Reads a list of numbers and nulls, as a sample of a stroke is.
  ///
  /// `values` gets the first four, NaN for null. It is faster than a call for each element.
  ///
  /// Returns the number of elements, and the offset of the list in the file.
  package mutating func numbers(
    into values: inout SIMD4<Double>
  ) throws(FormatError) -> (count: Int, offset: Int) {
    try expect(UInt8(ascii: "["), "a list, '['")
    let offset = offset - 1
    if peek() == UInt8(ascii: "]") {
      position += 1
      return (0, offset)
    }
    var count = 0
    repeat {
      var value = Double.nan
      if let integer = smallInteger() { value = integer } else if !null() { value = try number() }
      if count < 4 { values[count] = value }
      count += 1
    } while try hasNext(UInt8(ascii: "]"), "the list")
    return (count, offset)
  }

  /// Reads an integer of up to nine digits that a comma or a bracket follows, as most coordinates are.
  ///
  /// Returns nil, without moving, for any other text.
  private mutating func smallInteger() -> Double? {
    var index = position
    let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let first = index
    var value: Int32 = 0
    while index < end, index - first < 9, case let digit = bytes[index] &- UInt8(ascii: "0"), digit < 10 {
      value = value &* 10 &+ Int32(digit)
      index += 1
    }
    guard index > first, index < end, bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: "]"),
      index - first == 1 || bytes[first] != UInt8(ascii: "0")
    else { return nil }
    position = index
    return isNegative ? -Double(value) : Double(value)
  }

  /// Reads null if it is the next value.
  ///
  /// - Returns: Whether the value was null.
  public mutating func null() -> Bool { peek() == UInt8(ascii: "n") && word("null") }

  /// Whether the next value is a string.
  ///
  /// - Returns: Whether the value begins with a quotation mark.
  public mutating func isAtString() -> Bool { peek() == UInt8(ascii: "\"") }

  /// Whether the next value is a list.
  ///
  /// - Returns: Whether the value begins with '['.
  public mutating func isAtArray() -> Bool { peek() == UInt8(ascii: "[") }

  /// Reads true or false.
  ///
  /// - Returns: The value.
  /// - Throws: `FormatError` for any other value.
  public mutating func boolean() throws(FormatError) -> Bool {
    _ = peek()
    if word("true") { return true }
    if word("false") { return false }
    throw error(expected: "true or false")
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard end - position >= count else { return false }
    for i in 0..<count where bytes[position + i] != word.utf8Start[i] { return false }
    position += count
    return true
  }

  /// Skips a value of any kind.
  ///
  /// - Throws: `FormatError` if the value is not valid.
  public mutating func skip() throws(FormatError) {
    switch peek() {
    case UInt8(ascii: "{"): try object { (_, value) throws(FormatError) in try value.skip() }
    case UInt8(ascii: "["): try array { (value) throws(FormatError) in try value.skip() }
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try boolean()
    case UInt8(ascii: "n") where null(): return
    default: _ = try number()
    }
  }

  /// Checks that no value follows.
  ///
  /// - Throws: `FormatError` if one does.
  public mutating func finish() throws(FormatError) {
    if peek() != nil { throw error(expected: "the end of the text") }
  }

  /// Reads a number.
  ///
  /// - Returns: The number, as `Double` reads it.
  /// - Throws: `FormatError` if the value is not a number or too large.
  public mutating func number() throws(FormatError) -> Double {
    _ = peek()
    let start = position
    let isNegative = position < end && bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var digits: UInt64 = 0
    var digitCount = 0
    var exponent = 0
    let firstDigit = position
    scanDigits(&digits, &digitCount)
    let hasLeadingZero = position - firstDigit > 1 && bytes[firstDigit] == UInt8(ascii: "0")
    guard position > firstDigit, !hasLeadingZero else {
      position = start
      throw error(expected: "a number")
    }
    if position < end, bytes[position] == UInt8(ascii: ".") {
      position += 1
      let firstDecimal = position
      scanDigits(&digits, &digitCount)
      exponent = firstDecimal - position
      guard position > firstDecimal else { throw error(expected: "a digit after the point") }
    }
    if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") { try scanExponent(&exponent) }
    // Both numbers are exact, so that one division or product rounds once (Clinger). `Double` reads the others.
    if digitCount <= 15, -22...22 ~= exponent {
      let value = exponent < 0 ? Double(digits) / Self.tens[-exponent] : Double(digits) * Self.tens[exponent]
      return isNegative ? -value : value
    }
    guard let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)), value.isFinite else {
      position = start
      throw error(expected: "a number in the range of Double", found: FormatError.show(bytes[start..<end]))
    }
    return value
  }

  private static let tens: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]

  private mutating func scanDigits(_ digits: inout UInt64, _ count: inout Int) {
    while position < end, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
      if count < 16 { digits = digits * 10 + UInt64(digit) }
      if digits > 0 { count += 1 }
      position += 1
    }
  }

  private mutating func scanExponent(_ exponent: inout Int) throws(FormatError) {
    position += 1
    let isNegative = position < end && bytes[position] == UInt8(ascii: "-")
    if isNegative || (position < end && bytes[position] == UInt8(ascii: "+")) { position += 1 }
    let first = position
    var value = 0
    while position < end, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
      value = min(value * 10 + Int(digit), 100_000)
      position += 1
    }
    guard position > first else { throw error(expected: "a digit of an exponent") }
    exponent += isNegative ? -value : value
  }

  /// Reads an integer.
  ///
  /// - Returns: The integer.
  /// - Throws: `FormatError` if the value is not an integer.
  public mutating func integer() throws(FormatError) -> Int {
    _ = peek()
    let start = offset
    guard let value = Int(exactly: try number()) else { throw error(at: start, expected: "an integer") }
    return value
  }

  /// Reads a string.
  ///
  /// - Parameter what: The expected value, for the error.
  /// - Returns: The string with its escapes resolved.
  /// - Throws: `FormatError` if the value is not a string.
  public mutating func string(called what: String = "a string") throws(FormatError) -> String {
    guard isAtString() else { throw error(expected: what) }
    position += 1
    let start = position
    while position < end, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\\") {
      if bytes[position] == UInt8(ascii: "\"") {
        defer { position += 1 }
        return try text(bytes[start..<position], from: start)
      }
      position += 1
    }
    return try stringWithEscapes(from: start)
  }

  private func text(_ bytes: some Collection<UInt8>, from start: Int) throws(FormatError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FormatError(format, at: base + start, expected: "a string in UTF-8", found: "other bytes")
    }
    return text
  }

  private mutating func stringWithEscapes(from start: Int) throws(FormatError) -> String {
    var result = Array(bytes[start..<position])
    while position < end {
      let byte = bytes[position]
      guard byte >= 0x20 else { throw error(expected: "a string without control characters") }
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try text(result, from: start)
      case UInt8(ascii: "\\"): try appendEscape(to: &result)
      default: result.append(byte)
      }
    }
    throw error(expected: "'\"' at the end of a string")
  }

  private mutating func appendEscape(to result: inout [UInt8]) throws(FormatError) {
    let letter = position < end ? bytes[position] : 0
    position += 1
    if let byte = Self.escapes[letter] { return result.append(byte) }
    guard letter == UInt8(ascii: "u") else {
      position -= 1
      throw error(expected: "one of \"\\/bfnrtu after a backslash")
    }
    var value = try hexadecimal()
    if 0xD800..<0xDC00 ~= value, word("\\u") {
      let low = try hexadecimal()
      guard 0xDC00..<0xE000 ~= low else { throw error(expected: "the second half of a surrogate pair") }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { throw error(expected: "a pair of surrogates") }
    result += Array(String(Character(scalar)).utf8)
  }

  /// The bytes that letters stand for after a backslash.
  private static let escapes = Dictionary(
    uniqueKeysWithValues: zip("\"\\/bfnrt".utf8, "\"\\/\u{8}\u{C}\n\r\t".utf8))

  private mutating func hexadecimal() throws(FormatError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < end, let digit = Character(UnicodeScalar(bytes[position])).hexDigitValue,
        bytes[position] < 0x80
      else { throw error(expected: "four hexadecimal digits") }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
