// The header of a PBM, PGM or PPM image, and the offset of its raster.

import Basics

/// The header of an image of the PNM family.
struct PNMHeader {
  /// The digit of the magic number: 1 to 3 for plain text, 4 to 6 for bytes; bits, greys and colours each.
  let kind: Int
  let width: Int
  let height: Int
  let maximum: Int
  /// The offset of the raster.
  private(set) var raster: Int

  var isPlain: Bool { kind <= 3 }
  var isBits: Bool { kind == 1 || kind == 4 }
  var channels: Int { kind == 3 || kind == 6 ? 3 : 1 }
  var bytesPerSample: Int { maximum > 255 ? 2 : 1 }
  var format: String { Self.format(kind) }

  /// The number of bytes of the raster; for a plain raster the smallest number possible.
  var rasterBytes: Int {
    switch kind {
    case 1: width * height
    case 2, 3: width * height * channels * 2 - 1
    case 4: (width + 7) / 8 * height
    default: width * height * channels * bytesPerSample
    }
  }

  static func format(_ kind: Int) -> String { ["PBM", "PGM", "PPM"][(kind - 1) % 3] }

  /// Whether an image of the family begins at an offset.
  static func begins(_ bytes: [UInt8], at offset: Int) -> Bool {
    bytes.count - offset >= 3 && bytes[offset] == UInt8(ascii: "P")
      && (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(bytes[offset + 1])
      && (bytes[offset + 2].isWhiteSpace || bytes[offset + 2] == UInt8(ascii: "#"))
  }

  init(_ bytes: [UInt8], at start: Int) throws(FormatError) {
    guard Self.begins(bytes, at: start) else {
      throw FormatError(
        "PGM", at: start, expected: "'P1' to 'P6' and white space",
        found: FormatError.show(bytes[min(start, bytes.count)...].prefix(3)))
    }
    kind = Int(bytes[start + 1] - UInt8(ascii: "0"))
    var scan = PNMNumbers(bytes: bytes, position: start + 2, format: Self.format(kind))
    width = try scan.next("a width from 1 to \(SizeLimit.side)", 1...SizeLimit.side)
    height = try scan.next("a height from 1 to \(SizeLimit.side)", 1...SizeLimit.side)
    maximum =
      kind == 1 || kind == 4 ? 1 : try scan.next("a maximum value from 1 to 65535", 1...65_535)
    try SizeLimit.check(width: width, height: height, format: Self.format(kind), at: scan.position)
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

  /// The offset of a raster of bytes.
  ///
  /// One white space character ends the header. Three conventions make the offset ambiguous:
  /// - Until mid-2024 the format allowed a comment after the header. For netpbm the end of the comment's line is the
  ///   white space character; other programs expect one more.
  /// - Since then a '#' after the white space is the first pixel.
  /// - Files from DOS end their lines with two characters.
  ///
  /// The length decides: from the right offset the raster reaches to the end of the file or to the next image. If no
  /// offset does, the first is used from which the raster fits into the file.
  private func rasterStart(in bytes: [UInt8]) throws(FormatError) -> Int {
    var candidates: [Int] = []
    var position = raster
    guard position < bytes.count else { return position }
    guard bytes[position].isWhiteSpace || bytes[position] == UInt8(ascii: "#") else {
      throw FormatError(
        format, at: position, expected: "white space before the raster",
        found: FormatError.show(bytes[position]))
    }
    if bytes[position].isWhiteSpace {
      candidates.append(position + 1)
      let isReturn = bytes[position] == 0x0D
      position += 1
      if isReturn, position < bytes.count, bytes[position] == 0x0A {
        position += 1
        // This candidate comes first: a raster that does not reach the end is more likely one of a DOS file.
        candidates.insert(position, at: 0)
      }
    }
    // The bytes of a raster can look like comments, so that their number is limited.
    for _ in 0..<64 {
      while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
      guard position < bytes.count, bytes[position] == UInt8(ascii: "#") else { break }
      while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
      if position + 1 < bytes.count, bytes[position] == 0x0D, bytes[position + 1] == 0x0A { position += 1 }
      position += 1
      candidates.append(position)
      if position < bytes.count, bytes[position].isWhiteSpace { candidates.append(position + 1) }
    }
    let fitting = candidates.filter { bytes.count - $0 >= rasterBytes }
    let end = rasterBytes
    return fitting.first { bytes.count - $0 == end }
      ?? fitting.first { Self.begins(bytes, at: $0 + end) }
      ?? fitting.first { bytes[($0 + end)...].prefix(64).allSatisfy { $0.isWhiteSpace } }
      ?? fitting.first ?? candidates.first ?? raster
  }
}

/// Reads the numbers of a header or of a plain raster, with comments between them.
struct PNMNumbers {
  let bytes: [UInt8]
  private(set) var position: Int
  let format: String

  /// Skips white space and comments, which reach from '#' to the end of the line.
  mutating func skipBlanks() {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "#") {
        while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
      } else if bytes[position].isWhiteSpace {
        position += 1
      } else {
        return
      }
    }
  }

  /// The next number.
  ///
  /// It must be in the range.
  mutating func next(_ expected: @autoclosure () -> String, _ range: ClosedRange<Int>) throws(FormatError)
    -> Int
  {
    skipBlanks()
    let start = position
    var number = 0
    while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
      // The limit is above every valid number and far below overflow.
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

  /// The next digit of a plain PBM.
  ///
  /// Its pixels need no space between them.
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
