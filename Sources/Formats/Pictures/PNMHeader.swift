// The header of a PBM, PGM or PPM picture, and where its raster begins.

import Basics

/// What stands before the raster of a picture of the PNM family.
struct PNMHeader {
  /// The digit of the magic number: 1 to 3 in plain text, 4 to 6 in bytes; bits, greys, colours.
  let kind: Int
  let width: Int
  let height: Int
  let maximum: Int
  /// Where the raster begins.
  private(set) var raster: Int

  var isPlain: Bool { kind <= 3 }
  var isBits: Bool { kind == 1 || kind == 4 }
  var channels: Int { kind == 3 || kind == 6 ? 3 : 1 }
  var bytesPerSample: Int { maximum > 255 ? 2 : 1 }
  var format: String { Self.format(kind) }

  /// How many bytes the raster has; of a plain one the fewest that it can have.
  var rasterBytes: Int {
    switch kind {
    case 1: width * height
    case 2, 3: width * height * channels * 2 - 1
    case 4: (width + 7) / 8 * height
    default: width * height * channels * bytesPerSample
    }
  }

  static func format(_ kind: Int) -> String { ["PBM", "PGM", "PPM"][(kind - 1) % 3] }

  /// Whether a picture of the family begins here.
  static func begins(_ bytes: [UInt8], at offset: Int) -> Bool {
    bytes.count - offset >= 3 && bytes[offset] == UInt8(ascii: "P")
      && (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(bytes[offset + 1])
      && (isBlank(bytes[offset + 2]) || bytes[offset + 2] == UInt8(ascii: "#"))
  }

  /// Whether a byte is white space to C's isspace, as it is to netpbm.
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  init(_ bytes: [UInt8], at start: Int) throws(FormatError) {
    guard Self.begins(bytes, at: start) else {
      throw FormatError(
        "PGM", at: start, expected: "'P1' to 'P6' and white space",
        found: FormatError.show(bytes[min(start, bytes.count)...].prefix(3)))
    }
    kind = Int(bytes[start + 1] - UInt8(ascii: "0"))
    var scan = PNMNumbers(bytes, at: start + 2, format: Self.format(kind))
    width = try scan.next("a width from 1 to \(SizeLimit.side)", 1...SizeLimit.side)
    height = try scan.next("a height from 1 to \(SizeLimit.side)", 1...SizeLimit.side)
    maximum =
      kind == 1 || kind == 4 ? 1 : try scan.next("a maximum value from 1 to 65535", 1...65_535)
    if let objection = SizeLimit.objection(width: width, height: height) {
      throw FormatError(
        Self.format(kind), at: scan.position, expected: SizeLimit.pictureRule, found: objection,
        advice: "make the picture smaller")
    }
    raster = scan.position
    if kind > 3 { raster = try rasterStart(in: bytes) }
    let there = bytes.count - raster
    if there < rasterBytes {
      throw FormatError(
        format, at: bytes.count,
        expected:
          "\(isPlain ? "at least " : "")\(rasterBytes) bytes of raster for \(width) × \(height) pixels",
        found: "\(max(0, there))", advice: "the file was cut off: get or export it again")
    }
  }

  /// Where the bytes of the raster begin.
  ///
  /// One white space character ends the header. But a comment may stand there: until mid-2024 the format
  /// allowed it and netpbm takes its line's end for that character, others want one more, and since then
  /// no comment is allowed, so that '#' would be the first pixel. Files from DOS have two characters as
  /// line's end. What is meant shows in the length: the start is right from which the raster reaches to
  /// the file's end or to the next picture; where none does, the first is taken from which it fits.
  private func rasterStart(in bytes: [UInt8]) throws(FormatError) -> Int {
    var candidates: [Int] = []
    var position = raster
    guard position < bytes.count else { return position }
    guard Self.isBlank(bytes[position]) || bytes[position] == UInt8(ascii: "#") else {
      throw FormatError(
        format, at: position, expected: "white space before the raster",
        found: FormatError.show(bytes[position]))
    }
    if Self.isBlank(bytes[position]) {
      candidates.append(position + 1)
      let isReturn = bytes[position] == 0x0D
      position += 1
      if isReturn, position < bytes.count, bytes[position] == 0x0A {
        position += 1
        // Before the other: a raster that does not reach the end is more likely one of a DOS file.
        candidates.insert(position, at: 0)
      }
    }
    // A header with more comments than this before its raster was not meant to be one.
    for _ in 0..<64 {
      while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
      guard position < bytes.count, bytes[position] == UInt8(ascii: "#") else { break }
      while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
      if position + 1 < bytes.count, bytes[position] == 0x0D, bytes[position + 1] == 0x0A { position += 1 }
      position += 1
      candidates.append(position)
      if position < bytes.count, Self.isBlank(bytes[position]) { candidates.append(position + 1) }
    }
    let fitting = candidates.filter { bytes.count - $0 >= rasterBytes }
    let end = rasterBytes
    return fitting.first { bytes.count - $0 == end }
      ?? fitting.first { Self.begins(bytes, at: $0 + end) }
      ?? fitting.first { bytes[($0 + end)...].prefix(64).allSatisfy(Self.isBlank) }
      ?? fitting.first ?? candidates.first ?? raster
  }
}

/// The numbers of a header or of a plain raster, with comments between them.
struct PNMNumbers {
  private let bytes: [UInt8]
  private let format: String
  private(set) var position: Int

  init(_ bytes: [UInt8], at position: Int, format: String) {
    self.bytes = bytes
    self.position = position
    self.format = format
  }

  /// Goes over white space and comments, which reach from '#' to the end of the line.
  mutating func skipBlanks() {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "#") {
        while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
      } else if PNMHeader.isBlank(bytes[position]) {
        position += 1
      } else {
        return
      }
    }
  }

  /// The next number, which must be in the range.
  mutating func next(_ expected: @autoclosure () -> String, _ range: ClosedRange<Int>) throws(FormatError)
    -> Int
  {
    skipBlanks()
    let start = position
    var number = 0
    while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
      // A million is above all that a header or a sample may say, and far below overflow.
      number = min(number * 10 + Int(digit), 1_000_000)
      position += 1
    }
    guard position > start, range.contains(number) else {
      let found =
        position > start
        ? FormatError.show(bytes[start..<position])
        : FormatError.show(position < bytes.count ? bytes[position] : nil)
      throw FormatError(format, at: start, expected: expected(), found: found)
    }
    return number
  }

  /// The next digit of a plain PBM, whose pixels need no space between them.
  mutating func nextBit() throws(FormatError) -> Bool {
    skipBlanks()
    let byte = position < bytes.count ? bytes[position] : nil
    guard byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1") else {
      throw FormatError(format, at: position, expected: "a pixel, '0' or '1'", found: FormatError.show(byte))
    }
    position += 1
    return byte == UInt8(ascii: "1")
  }
}
