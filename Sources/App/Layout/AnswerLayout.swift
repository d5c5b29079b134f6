// The measured text of the answer: its size and the position of each character.

import Basics
package import Graphics
import Recognition

/// The characters of the answer in pixels.
package struct AnswerLayout: Sendable, Equatable {
  /// A character of the answer.
  package struct Glyph: Sendable, Equatable {
    /// The character.
    package let text: String
    /// The left end of its baseline.
    package let origin: PicturePoint
    /// The index of its symbol; nil for the sign that the text is shortened.
    package let symbol: Int?
  }

  /// The size of the text.
  package let size: Double
  /// The characters.
  package let glyphs: [Glyph]
  /// The left edge.
  private let left: Int
  /// The width of the first line, not shortened.
  private let width: Double
  /// Number of symbols, where they are on one line and one of them can be selected.
  private let selectableCount: Int?

  init(_ reading: Reading, layout: Layout, measuring renderer: TextRenderer) {
    let area = layout.answer
    let lines = reading.text.split(separator: "\n").map(String.init)
    let height = Double(area.height) / Double(lines.count)
    let size = Self.size(of: lines, layout: layout, measuring: renderer)
    var glyphs: [Glyph] = []
    for (row, line) in lines.enumerated() {
      let middle = Double(area.y) + (Double(row) + 0.5) * height
      let baseline = (middle + renderer.capitalHeight(size: size) / 2).rounded()
      // The ink of the first character starts at the panel's edge, not its bearing.
      var x =
        Double(area.x)
        - line.unicodeScalars.prefix(1).reduce(0) { max(0, renderer.bearing(of: $1, size: size)) + $0 }
      for character in renderer.shortened(line, to: Double(area.width), size: size) {
        let symbol = reading.symbols.indices.contains(glyphs.count) ? glyphs.count : nil
        glyphs.append(Glyph(text: String(character), origin: PicturePoint(x, baseline), symbol: symbol))
        x += renderer.width(of: String(character), size: size)
      }
    }
    self.size = size
    self.glyphs = glyphs
    left = area.x
    width = lines.first.map { renderer.width(of: $0, size: size) } ?? 1
    let isSelectable = reading.symbols.count > 1 && reading.lineLengths.count == 1
    selectableCount = isSelectable ? reading.symbols.count : nil
  }

  /// A capital nearly fills the height of its line, unless the width limits a long text.
  private static func size(of lines: [String], layout: Layout, measuring renderer: TextRenderer) -> Double {
    let height = Double(layout.answer.height) / Double(lines.count)
    // Round capitals are higher than others; lines below each other need a distance.
    let tallest = height * (lines.count == 1 ? 0.94 : 0.82) / renderer.capitalHeight(size: 1)
    let widest = lines.map { renderer.width(of: $0, size: 100) }.max() ?? 1
    let size = min(tallest, Double(layout.answer.width) / widest * 100)
    return max(layout.smallSize, (size * 4).rounded(.down) / 4)
  }

  /// The symbol at a column; nil where none can be selected.
  func symbol(atX x: Int) -> Int? {
    selectableCount.map { count in
      let part = Double(x - left) / max(1, width)
      return min(count - 1, max(0, Int(clamping: part * Double(count))))
    }
  }
}
