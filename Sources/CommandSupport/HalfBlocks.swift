package import Ink

/// Pictures in a terminal: each character shows two pixels, one above the other.
package enum HalfBlocks {
  /// Ink as shades of the terminal's 24 greys, without a frame.
  package static func text(of ink: Coverage) -> String {
    let rows = stride(from: 0, to: ink.height, by: 2).map { y in
      let cells = (0..<ink.width).map { x -> String in
        // Colours 232 to 255 of the 256 are greys from black to white: paper is black as in MNIST.
        let top = 232 + Int(ink[x, y]) * 23 / 255
        let bottom = 232 + (y + 1 < ink.height ? Int(ink[x, y + 1]) : 0) * 23 / 255
        return "\u{1B}[38;5;\(top);48;5;\(bottom)m\u{2580}"
      }
      return cells.joined() + "\u{1B}[0m"
    }
    return rows.joined(separator: "\n")
  }
}
