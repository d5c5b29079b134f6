import Basics
package import Ink

/// Pictures in a terminal: each character shows two pixels, one above the other.
package enum HalfBlocks {
  /// Characters from paper to ink, for where no colours are shown.
  private static let shades = Array(" .:-=+*#%@")

  /// Ink as shades of the terminal's 24 greys, or of characters where colours are not wanted, without a frame.
  package static func text(of ink: Coverage, hasColors: Bool = StandardOutput.showsColors) -> String {
    stride(from: 0, to: ink.height, by: 2).map { y in
      let cells = (0..<ink.width).map { x -> String in
        let (top, bottom) = (Int(ink[x, y]), y + 1 < ink.height ? Int(ink[x, y + 1]) : 0)
        if !hasColors { return String(shades[(top + bottom) * (shades.count - 1) / 510]) }
        // Colours 232 to 255 of the 256 are greys from black to white: paper is black as in MNIST.
        return "\u{1B}[38;5;\(232 + top * 23 / 255);48;5;\(232 + bottom * 23 / 255)m\u{2580}"
      }
      return cells.joined() + (hasColors ? "\u{1B}[0m" : "")
    }.joined(separator: "\n")
  }

  /// Pictures side by side in half blocks, each 14 pixels wide and high.
  package static func row(of pictures: ArraySlice<GrayImage>) -> String {
    let side = 14
    var row = Coverage(width: pictures.count * (side + 1), height: side)
    for (index, picture) in pictures.enumerated() {
      for y in 0..<side {
        for x in 0..<side {
          row[index * (side + 1) + x, y] = 255 - mean(of: picture, column: x, row: y, side: side)
        }
      }
    }
    return text(of: row)
  }

  /// The mean of the pixels in one cell of a grid with `side` rows and columns.
  private static func mean(of picture: GrayImage, column: Int, row: Int, side: Int) -> UInt8 {
    let (left, top) = (column * picture.width / side, row * picture.height / side)
    let right = max(left + 1, (column + 1) * picture.width / side)
    let bottom = max(top + 1, (row + 1) * picture.height / side)
    var sum = 0
    for y in top..<min(bottom, picture.height) {
      for x in left..<min(right, picture.width) { sum += Int(picture[x, y]) }
    }
    return UInt8(sum / max(1, (right - left) * (bottom - top)))
  }
}
