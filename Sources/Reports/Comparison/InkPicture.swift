// Small pictures inside a page: PNG of sixteen half-transparent colours, so that they look right on light and on dark.

import Basics

/// A picture for a page, as PNG, in 16 colours of a palette, compressed by nothing but its four bits a pixel.
///
/// It is written here and not by libpng, because a report must be the same on machines without it.
package struct InkPicture: Sendable {
  /// Pixels in a row.
  package let width: Int
  /// Number of rows.
  package let height: Int
  private var indices: [UInt8]
  private let isSigned: Bool
  private let palette: [(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8)]

  /// Ink of sixteen strengths, black: a dark page inverts it.
  private static let ink = (0..<16).map { (UInt8(0), UInt8(0), UInt8(0), UInt8($0 * 17)) }
  /// From blue for the most negative over nothing to orange for the most positive.
  private static let signed = (0..<16).map { index in
    let value = min(1, (Double(index) - 8) / 7)
    let strength = UInt8(clamping: 255 * min(1, abs(value)).squareRoot())
    return value < 0
      ? (UInt8(38), UInt8(118), UInt8(220), strength) : (UInt8(224), UInt8(98), UInt8(20), strength)
  }

  /// An empty picture, for ink or for numbers of both signs.
  package init(width: Int, height: Int, isSigned: Bool) {
    self.width = width
    self.height = height
    palette = (isSigned ? Self.signed : Self.ink).map { ($0.0, $0.1, $0.2, $0.3) }
    indices = [UInt8](repeating: isSigned ? 8 : 0, count: width * height)
    self.isSigned = isSigned
  }

  /// An empty picture for ink of a colour, 0xRRGGBB.
  init(width: Int, height: Int, ink: UInt32) {
    self.width = width
    self.height = height
    let (red, green, blue) = (UInt8(ink >> 16 & 255), UInt8(ink >> 8 & 255), UInt8(ink & 255))
    palette = (0..<16).map { (red, green, blue, UInt8($0 * 17)) }
    indices = [UInt8](repeating: 0, count: width * height)
    isSigned = false
  }

  /// Puts levels of a picture, 256 of them, at a place.
  package mutating func put(_ levels: some Collection<UInt8>, width: Int, x: Int, y: Int) {
    for (index, level) in levels.enumerated() {
      let (column, row) = (x + index % width, y + index / width)
      if column < self.width, row < height {
        // Around level 128, which is nothing, as much is rounded to it from above as from below.
        indices[row * self.width + column] = isSigned ? UInt8(min(15, (Int(level) + 8) >> 4)) : level >> 4
      }
    }
  }

  /// The address of the picture itself, for `src`.
  package var address: String { "data:image/png;base64," + base64(png) }

  /// The picture as a file's bytes.
  package var png: [UInt8] {
    var rows: [UInt8] = []
    for row in 0..<height {
      rows.append(0)
      for column in stride(from: 0, to: width, by: 2) {
        let second = column + 1 < width ? indices[row * width + column + 1] : 0
        rows.append(indices[row * width + column] << 4 | second)
      }
    }
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    bytes += chunk("IHDR", big(UInt32(width)) + big(UInt32(height)) + [4, 3, 0, 0, 0])
    bytes += chunk("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] })
    bytes += chunk("tRNS", palette.map(\.alpha))
    bytes += chunk("IDAT", stored(rows))
    bytes += chunk("IEND", [])
    return bytes
  }
}

/// Four bytes, the highest first.
private func big(_ value: UInt32) -> [UInt8] {
  [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
}

private func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
  let body = Array(name.utf8) + data
  var crc: UInt32 = 0xFFFF_FFFF
  for byte in body {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  return big(UInt32(data.count)) + body + big(~crc)
}

/// A zlib stream (RFC 1950) of blocks that are stored as they are.
private func stored(_ data: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = [0x78, 0x01]
  var first = 0
  repeat {
    let count = min(65_535, data.count - first)
    let isLast: UInt8 = first + count == data.count ? 1 : 0
    bytes += [isLast, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8 & 255)]
    bytes += data[first..<(first + count)]
    first += count
  } while first < data.count
  var (a, b): (UInt32, UInt32) = (1, 0)
  for byte in data {
    a = (a + UInt32(byte)) % 65_521
    b = (b + a) % 65_521
  }
  return bytes + big(b << 16 | a)
}

/// Bytes as text (RFC 4648).
func base64(_ bytes: [UInt8]) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  text.reserveCapacity((bytes.count + 2) / 3 * 4)
  for first in stride(from: 0, to: bytes.count, by: 3) {
    let rest = bytes.count - first
    let word =
      UInt32(bytes[first]) << 16 | (rest > 1 ? UInt32(bytes[first + 1]) << 8 : 0)
      | (rest > 2 ? UInt32(bytes[first + 2]) : 0)
    text.append(letters[Int(word >> 18)])
    text.append(letters[Int(word >> 12 & 63)])
    text.append(rest > 1 ? letters[Int(word >> 6 & 63)] : UInt8(ascii: "="))
    text.append(rest > 2 ? letters[Int(word & 63)] : UInt8(ascii: "="))
  }
  return String(decoding: text, as: UTF8.self)
}
