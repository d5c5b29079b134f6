// Small images inside a page: PNG with sixteen half-transparent colours, which suit light and dark backgrounds.

import Basics

/// An image of at most sixteen colours that becomes a PNG with four bits a pixel.
package struct PaletteImage: Sendable {
  /// The sixteen colours.
  package enum Palette: Sendable, Equatable {
    /// From transparent to a colour, 0xRRGGBB.
    case ink(UInt32)
    /// From blue for the most negative value, through transparent for 0, to orange for the largest.
    case signed

    fileprivate var colors: [Color] {
      (0..<16).map { index in
        switch self {
        case .ink(let rgb): return Color(rgb, alpha: UInt8(index * 17))
        case .signed:
          let value = min(1, (Double(index) - 8) / 7)
          let strength = UInt8(clamping: 255 * min(1, abs(value)).squareRoot())
          return Color((value < 0 ? ReportPalette.negative : ReportPalette.positive).rgb, alpha: strength)
        }
      }
    }
  }

  /// Pixels in a row.
  package let width: Int
  /// Number of rows.
  package let height: Int
  private let palette: Palette
  private var indices: [UInt8]

  /// Makes an empty image.
  package init(width: Int, height: Int, palette: Palette) {
    self.width = width
    self.height = height
    self.palette = palette
    indices = [UInt8](repeating: palette == .signed ? 8 : 0, count: width * height)
  }

  /// Copies levels 0…255, in rows of `width`, to the rectangle whose corner is at `x`, `y`.
  package mutating func draw(_ levels: some Collection<UInt8>, width: Int, x: Int, y: Int) {
    for (index, level) in levels.enumerated() {
      let (column, row) = (x + index % width, y + index / width)
      guard column < self.width, row < height else { continue }
      // Level 128 is 0 in the signed palette; equally many levels above and below it are rounded to it.
      let rounded = palette == .signed ? min(15, (Int(level) + 8) >> 4) : Int(level >> 4)
      indices[row * self.width + column] = UInt8(rounded)
    }
  }

  /// The image as a `data:` address, for `src` and `href`.
  package var dataURI: String {
    let png = PNGEncoder.encode(indices: indices, palette: palette.colors, width: width, height: height)
    return DataAddress.png(png)
  }
}
