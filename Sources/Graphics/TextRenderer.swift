// Text as pixels, in the desktop's sans font or else in the built-in alphabet.

import Basics

/// The mask of one character at one size.
struct Glyph {
  var levels: [UInt8] = []
  var width = 0
  var height = 0
  /// The distance from the pen's pixel to the mask's left edge.
  var left = 0
  /// The distance from the baseline up to the mask's top edge.
  var top = 0
}

/// A source of glyphs.
protocol Alphabet: AnyObject {
  /// The distance that the pen moves, in pixels.
  func advance(of character: Unicode.Scalar, size: Double) -> Double
  /// The glyph with the pen at a fraction of a pixel (0, ¼, ½, ¾).
  func glyph(of character: Unicode.Scalar, size: Double, offset: Double) -> Glyph
  /// The height of a capital letter over the size.
  var capitalHeight: Double { get }
}

/// Draws and measures text, and caches glyphs.
///
/// It belongs to one thread.
package final class TextRenderer {
  private struct Key: Hashable {
    let character: Unicode.Scalar
    let size: Double
    let quarter: Int
  }

  private let alphabet: any Alphabet
  private var glyphs: [Key: Glyph] = [:]
  private var advances: [Key: Double] = [:]

  /// The number of glyphs that are kept; a window needs about two hundred.
  private static let capacity = 1000

  /// Makes a renderer in an installed font, or in the built-in alphabet if `builtIn` or where there is no font.
  ///
  /// - Parameters:
  ///   - builtIn: Whether the built-in alphabet is wanted.
  ///   - font: The font as Fontconfig names it; the desktop's sans font where nothing else is said.
  package init(builtIn: Bool = false, font: String = "sans") {
    #if Fonts
    alphabet = (builtIn ? nil : FontFace.named(font)) ?? StrokeAlphabet()
    #else
    alphabet = StrokeAlphabet()
    #endif
  }

  /// The height of a capital letter or a digit, in pixels.
  package func capitalHeight(size: Double) -> Double { alphabet.capitalHeight * size }

  /// The width of text along its baseline, in pixels.
  package func width(of text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + advance(of: $1, size: size) }
  }

  /// The distance from a character's start to its ink, in pixels.
  package func bearing(of character: Unicode.Scalar, size: Double) -> Double {
    Double(glyph(of: character, size: size, quarter: 0).left)
  }

  /// The text, whose middle is replaced by an ellipsis where it is wider than `width`.
  package func shortened(_ text: String, to width: Double, size: Double) -> String {
    let characters = Array(text)
    // The width of the text before each character, and of all of it.
    var starts = [0.0]
    starts.reserveCapacity(characters.count + 1)
    for character in characters {
      starts.append(starts[starts.count - 1] + self.width(of: String(character), size: size))
    }
    let (whole, ellipsis) = (starts[characters.count], self.width(of: "…", size: size))
    if whole <= width { return text }
    for kept in stride(from: characters.count - 1, to: 0, by: -1) {
      let (front, back) = (kept / 2, characters.count - (kept - kept / 2))
      if starts[front] + ellipsis + whole - starts[back] <= width {
        return String(characters[..<front]) + "…" + String(characters[back...])
      }
    }
    return "…"
  }

  /// The text in lines no wider than `width`, broken at spaces; a wider word is shortened.
  package func lines(of text: String, width: Double, size: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, self.width(of: last + " " + word, size: size) <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(shortened(String(word), to: width, size: size))
      }
    }
    return lines
  }

  func draw(
    _ text: String, at start: PicturePoint, size: Double, _ color: Color, into bitmap: inout Bitmap,
    clip: Rectangle
  ) {
    let reach = Int(clamping: (size * 1.5).rounded(.up))
    let baseline = Int(clamping: start.y.rounded())
    guard baseline + reach > clip.y, baseline - reach < clip.bottom else { return }
    var x = start.x
    for character in text.unicodeScalars {
      let quarters = Int(clamping: (x * 4).rounded(.down))
      let advance = advance(of: character, size: size)
      let column = quarters >> 2
      if column - reach < clip.right, column + Int(clamping: advance) + reach > clip.x {
        let glyph = glyph(of: character, size: size, quarter: quarters & 3)
        glyph.levels.withUnsafeBufferPointer { levels in
          guard let base = levels.baseAddress else { return }
          bitmap.blend(
            color, mask: base, width: glyph.width, height: glyph.height, x: column + glyph.left,
            y: baseline - glyph.top, clip: clip)
        }
      }
      x += advance
    }
  }

  private func glyph(of character: Unicode.Scalar, size: Double, quarter: Int) -> Glyph {
    let key = Key(character: character, size: size, quarter: quarter)
    if let glyph = glyphs[key] { return glyph }
    if glyphs.count >= Self.capacity { glyphs.removeAll() }
    let glyph = alphabet.glyph(of: character, size: size, offset: Double(quarter) / 4)
    glyphs[key] = glyph
    return glyph
  }

  private func advance(of character: Unicode.Scalar, size: Double) -> Double {
    let key = Key(character: character, size: size, quarter: 0)
    if let advance = advances[key] { return advance }
    if advances.count >= Self.capacity { advances.removeAll() }
    let advance = alphabet.advance(of: character, size: size)
    advances[key] = advance
    return advance
  }
}
