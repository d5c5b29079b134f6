// Small pictures inside a page: PNG of sixteen half-transparent colours, so that they look right on light and on dark.

import Basics
import Graphics

/// A picture for a page, as PNG, in 16 colours of a palette.
package struct InkPicture: Sendable {
  /// Pixels in a row.
  package let width: Int
  /// Number of rows.
  package let height: Int
  private var indices: [UInt8]
  private let isSigned: Bool
  private let palette: [Color]

  /// Ink of sixteen strengths.
  private static func shades(of ink: UInt32) -> [Color] {
    (0..<16).map { Color(ink, alpha: UInt8($0 * 17)) }
  }

  /// From blue for the most negative over nothing to orange for the most positive.
  private static let signed = (0..<16).map { index in
    let value = min(1, (Double(index) - 8) / 7)
    let color = value < 0 ? ReportPalette.negative : ReportPalette.positive
    return Color(color.rgb, alpha: UInt8(clamping: 255 * min(1, abs(value)).squareRoot()))
  }

  /// An empty picture, for black ink, which a dark page inverts, or for numbers of both signs.
  package init(width: Int, height: Int, isSigned: Bool) {
    self.width = width
    self.height = height
    palette = isSigned ? Self.signed : Self.shades(of: 0)
    indices = [UInt8](repeating: isSigned ? 8 : 0, count: width * height)
    self.isSigned = isSigned
  }

  /// An empty picture for ink of a colour, 0xRRGGBB.
  init(width: Int, height: Int, ink: UInt32) {
    self.width = width
    self.height = height
    palette = Self.shades(of: ink)
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
  package var address: String {
    "data:image/png;base64,"
      + base64(PNGEncoder.encode(indices: indices, palette: palette, width: width, height: height))
  }
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
