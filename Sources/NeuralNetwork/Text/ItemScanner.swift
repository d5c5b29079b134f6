import Basics

/// Reads the numbers and letters of an architecture's text from left to right.
struct ItemScanner {
  /// The position of the next byte.
  private(set) var position = 0
  /// The position of the current item.
  private(set) var start = 0
  /// The number that the current item begins with.
  private(set) var count: Int?
  /// The letter that selected the layer of the current item.
  private(set) var letter: Character?
  /// Whether the last layer's logits become probabilities by a sigmoid each, not by softmax.
  var endsWithSigmoid = false

  private let text: String
  private let bytes: [UInt8]

  /// The largest number that an item may hold.
  private static let largestNumber = 1 << 20

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { position == bytes.count }

  /// The next character, or nil at the end; the replacement character where the position is inside of one.
  var next: Character? {
    guard !isAtEnd else { return nil }
    let index = text.utf8.index(text.utf8.startIndex, offsetBy: position)
    return index.samePosition(in: text).map { text[$0] } ?? "\u{FFFD}"
  }

  /// The first character of the item that is not a digit, or nil where the item is a number.
  var firstLetterOfItem: Character? {
    bytes[position...].prefix { $0 != UInt8(ascii: "-") }.first { !isDigit($0) }
      .map { Character(UnicodeScalar($0)) }
  }

  /// Begins an item with its count, where it has one.
  mutating func beginItem() throws(ArchitectureError) {
    start = position
    letter = nil
    count = try number()
  }

  /// Reads the letter that selects the layer.
  mutating func readLetter() {
    letter = next
    skip()
  }

  mutating func skip() { position += 1 }

  mutating func returnToStart() { position = start }

  /// Skips a letter; false where another one is next.
  @discardableResult
  mutating func skip(_ letter: Character) -> Bool {
    guard next == letter else { return false }
    position += 1
    return true
  }

  /// A whole number above 0, or nil where no digit is next.
  mutating func number() throws(ArchitectureError) -> Int? {
    let start = position
    var value = 0
    while !isAtEnd, isDigit(bytes[position]) {
      value = min(value * 10 + Int(bytes[position] - UInt8(ascii: "0")), Self.largestNumber + 1)
      position += 1
    }
    if position == start { return nil }
    guard 1...Self.largestNumber ~= value else {
      throw error("a number from 1 to \(Self.largestNumber) is expected", at: start)
    }
    return value
  }

  mutating func required(_ name: String, in range: ClosedRange<Int>? = nil) throws(ArchitectureError) -> Int {
    let start = position
    guard let value = try number() else { throw error("\(name) is expected as a number", at: start) }
    if let range, !range.contains(value) { throw error("\(name) is expected, not \(value)", at: start) }
    return value
  }

  /// The size of a window: a number, or two with `x` between.
  mutating func kernelSize(
    _ name: String, in range: ClosedRange<Int>? = nil
  ) throws(ArchitectureError) -> KernelSize {
    let height = try required(name, in: range)
    return KernelSize(height: height, width: skip("x") ? try required(name, in: range) : height)
  }

  /// A number behind a letter, or nil where another letter is next.
  mutating func optional(_ letter: Character, _ name: String, in range: ClosedRange<Int>? = nil)
    throws(ArchitectureError) -> Int?
  {
    skip(letter) ? try required(name, in: range) : nil
  }

  /// A number from 0 to below 1 such as `0.25`.
  mutating func probability() throws(ArchitectureError) -> Double {
    let start = position
    while !isAtEnd, isDigit(bytes[position]) || bytes[position] == UInt8(ascii: ".") { position += 1 }
    let written = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(written), value >= 0, value < 1 else {
      throw error("a probability from 0 to below 1 is expected, for example D0.25", at: start)
    }
    return value
  }

  func error(_ message: String, at offset: Int) -> ArchitectureError {
    ArchitectureError(text: text, offset: offset, message: message)
  }

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
