// The measured text of the answer: its size, its lines and the position of each character.

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
    /// The width that it takes.
    package let width: Double
    /// The index of its symbol; nil for a blank, and for the sign that the text is shortened.
    package let symbol: Int?
  }

  /// The size of the text.
  package let size: Double
  /// The characters.
  package let glyphs: [Glyph]
  /// The height of a line.
  package let lineHeight: Double

  /// A character before it has a position.
  private struct Sign {
    let text: String
    let symbol: Int?
    let width: Double
  }

  /// The height of a line over the size of its text.
  private static let lineFactor = 1.22
  /// The least height of a line, in pixels at 96 dpi.
  private static let leastLine = 22.0
  /// The part of the area that the capitals of a single line fill.
  private static let singleLine = 0.86
  /// The ratio of the sizes that are tried.
  private static let step = 0.94

  /// Lays out a reading in the largest size in which all its lines fit; long lines are wrapped, at blanks where they have some.
  init(_ reading: Reading, layout: Layout, measuring renderer: TextRenderer) {
    let area = layout.answer
    let signs = Self.signs(of: reading, measuring: renderer)
    let least = max(layout.smallSize, Self.leastLine * layout.scale / Self.lineFactor)
    var size = max(
      least, Double(area.height) * Self.singleLine / max(0.1, renderer.capitalHeight(size: 1)))
    var lines = Self.wrapped(signs, width: Double(area.width), size: size)
    func fits() -> Bool {
      // A single character may be wider than a high area.
      let isWide = lines.contains { $0.reduce(0) { $0 + $1.width } * size > Double(area.width) }
      return !isWide
        && (lines.count <= 1 || Double(lines.count) * size * Self.lineFactor <= Double(area.height))
    }
    // A line is wrapped only where a smaller size does not avoid it: short numbers stay on one line.
    while size > least {
      let isWhole = lines.count == signs.count
      if fits(), isWhole || size <= Self.wrappingSize * layout.textSize { break }
      size = max(least, size * Self.step)
      lines = Self.wrapped(signs, width: Double(area.width), size: size)
    }
    size = (size * 4).rounded(.down) / 4
    lines = Self.wrapped(signs, width: Double(area.width), size: size)
    let lineHeight = lines.count <= 1 ? Double(area.height) : size * Self.lineFactor
    let visible = max(1, Int(clamping: (Double(area.height) + 0.5) / max(1, lineHeight)))
    let isCut = lines.count > visible
    if isCut { lines = Array(lines.prefix(visible)) }
    let top = Double(area.y) + max(0, Double(area.height) - Double(lines.count) * lineHeight) / 2
    var glyphs: [Glyph] = []
    for (row, line) in lines.enumerated() {
      let middle = top + (Double(row) + 0.5) * lineHeight
      let baseline = (middle + renderer.capitalHeight(size: size) / 2).rounded()
      // The ink of the first character starts at the panel's edge, not its bearing.
      let bearing =
        line.first?.text.unicodeScalars.first.map { max(0, renderer.bearing(of: $0, size: size)) } ?? 0
      var x = Double(area.x) - bearing
      var shown = line
      if isCut, row == lines.count - 1, !shown.isEmpty {
        shown[shown.count - 1] = Sign(text: "…", symbol: nil, width: shown[shown.count - 1].width)
      }
      for sign in shown {
        let width = sign.width * size
        glyphs.append(
          Glyph(text: sign.text, origin: PicturePoint(x, baseline), width: width, symbol: sign.symbol))
        x += width
      }
    }
    self.size = size
    self.glyphs = glyphs
    self.lineHeight = lineHeight
  }

  /// Text of this size, in sizes of ordinary text, is wrapped before it is made smaller.
  private static let wrappingSize = 1.6

  /// The characters of each line with their symbols.
  private static func signs(of reading: Reading, measuring renderer: TextRenderer) -> [[Sign]] {
    var symbol = 0
    var rest = reading.symbols.first?.text.count ?? 0
    return reading.text.split(separator: "\n").map { line -> [Sign] in
      line.map { character -> Sign in
        let width = renderer.width(of: String(character), size: 100) / 100
        // Blanks between words have no symbol.
        guard !character.isWhitespace, reading.symbols.indices.contains(symbol) else {
          return Sign(text: String(character), symbol: nil, width: width)
        }
        defer {
          rest -= 1
          if rest <= 0 {
            symbol += 1
            rest = reading.symbols.indices.contains(symbol) ? reading.symbols[symbol].text.count : 0
          }
        }
        return Sign(text: String(character), symbol: symbol, width: width)
      }
    }
  }

  /// The lines, broken where they are wider than a width at a size.
  private static func wrapped(_ lines: [[Sign]], width: Double, size: Double) -> [[Sign]] {
    lines.flatMap { line -> [[Sign]] in
      var result: [[Sign]] = []
      var current: [Sign] = []
      var used = 0.0
      for sign in line {
        if used + sign.width * size > width, !current.isEmpty {
          let blank = current.lastIndex { $0.symbol == nil && $0.text == " " }
          let rest = blank.map { Array(current[($0 + 1)...]) } ?? []
          result.append(blank.map { Array(current[..<$0]) } ?? current)
          current = rest
          used = rest.reduce(0) { $0 + $1.width * size }
        }
        if current.isEmpty, !result.isEmpty, sign.symbol == nil, sign.text == " " { continue }
        current.append(sign)
        used += sign.width * size
      }
      return result + (current.isEmpty ? [] : [current])
    }
  }

  /// The symbol at a position; nil where there is none.
  func symbol(atX x: Double, y: Double) -> Int? {
    let half = lineHeight / 2
    let row = glyphs.filter { abs($0.origin.y - size * 0.36 - y) <= half && $0.symbol != nil }
    return row.min {
      abs($0.origin.x + $0.width / 2 - x) < abs($1.origin.x + $1.width / 2 - x)
    }?.symbol
  }
}
