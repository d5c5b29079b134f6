// Text without a font: printable ASCII as strokes, other characters as boxes.
//
// A character is a list of strokes, and a stroke is a list of points. A point is two digits, its column and its row,
// from 0 to 9 and a to z. Capitals have the rows 0 to c, small letters 4 to c, descenders end at g. A stroke of two
// points is straight, one of more points is a curve through them. Corners are where strokes meet.

import Basics
internal import Ink

/// An alphabet without a font file.
final class StrokeAlphabet: Alphabet {
  /// A capital is 12 rows high, and a row is 0.06 of the size.
  let capitalHeight = 0.72
  private static let unit = 0.06
  /// The gap between characters, in columns.
  private static let gap = 3.4
  /// The width of the grid's squares over their height.
  private static let stretch = 1.08
  /// The pen's width in rows: about a tenth of a capital's height, as in a regular sans font.
  private static let penWidth = 1.35

  func advance(of character: Unicode.Scalar, size: Double) -> Double {
    if character == " " { return 6 * Self.unit * size }
    let columns = Self.strokes(of: character).joined().map(\.x).max() ?? 0
    return (columns + Self.gap) * Self.unit * size
  }

  func glyph(of character: Unicode.Scalar, size: Double, offset: Double) -> Glyph {
    if character == " " { return Glyph() }
    let shape = Self.strokes(of: character)
    guard let columns = shape.joined().map(\.x).max() else { return Glyph() }
    let scale = Self.unit * size
    let width = max(1, Self.penWidth * scale)
    let margin = Int(clamping: (width / 2 + 1).rounded(.up))
    // The top is moved to a whole pixel, so that stems end exactly on the baseline.
    let top = Int(clamping: (12 * scale).rounded()) + margin
    let left = offset + Self.gap / 2 * scale
    let pen = StrokeRasterizer(scale: scale, x: left + Double(margin), y: Double(top) - 12 * scale)
    let strokes = shape.map { stroke in
      // A dot as wide as a line would look thinner than the line.
      Stroke(
        stroke.map { .init(Point(x: $0.x, y: $0.y)) }, width: width / scale * (stroke.count == 1 ? 1.3 : 1))
    }
    let ink = pen.coverage(
      of: strokes, width: Int(clamping: (left + columns * scale).rounded(.up)) + 2 * margin,
      height: Int(clamping: (16 * scale).rounded(.up)) + 2 * margin)
    return Glyph(levels: ink.levels, width: ink.width, height: ink.height, left: -margin, top: top)
  }

  static func strokes(of character: Unicode.Scalar) -> [[PicturePoint]] {
    let text = shapes[character] ?? "000c 0c6c 6c60 6000"
    return text.split(separator: " ").map { stroke in
      let digits = stroke.utf8.map { Double($0 < 0x3A ? $0 - 0x30 : $0 - 0x57) }
      return stride(from: 0, to: digits.count - 1, by: 2).map {
        PicturePoint(digits[$0] * stretch, digits[$0 + 1])
      }
    }
  }

  private static let shapes: [Unicode.Scalar: String] = [
    "!": "0008 0c", "\"": "0003 3033", "#": "311b 715b 0484 0888",
    "$": "7250200315466779 795c2c0a 404c", "%": "800c 2002244220 684a6c8a68",
    "&": "8c13204053170a2c5b87", "'": "0003", "(": "3013071b3e", ")": "0023372b0e",
    "*": "3238 0367 6307", "+": "343a 0767", ",": "1b0e", "-": "0757", ".": "0c", "/": "600d",
    "0": "3012061a3c5a665230", "1": "0330 303c", "2": "03113051635539 390c 0c6c",
    "3": "02113051635536 3657695b3c1b0a", "4": "5c50 5008 0878", "5": "6010 1005 053456685b3c1b0a",
    "6": "502307091b3c5b6957351608", "7": "0060 602c", "8": "30110315365769 695b3c1b09 0917365563 635130",
    "9": "1c4965635130110315375664", ":": "05 0c", ";": "15 1b0e", "<": "6307 076b", "=": "0565 0969",
    ">": "0367 670b", "?": "03113051635537 3739 3c", "@": "8b5d2c0813417296896865 664436484967",
    "A": "0c40 408c 1979", "B": "000c 0040 4061736546 0646 4667796b4c 0c4c", "C": "7250301205071a3c5c7a",
    "D": "000c 0030 306174786b3c 0c3c", "E": "000c 0070 0656 0c7c", "F": "000c 0070 0656",
    "G": "7250301205071a3c5c7a 7a77 4777", "H": "000c 707c 0676", "I": "000c", "J": "5058 585a3c2c0a",
    "K": "000c 7008 267c", "L": "000c 0c6c", "M": "0c00 0047 4780 808c", "N": "0c00 007c 7c70",
    "O": "4012061a4c7a867240", "P": "000c 0040 4061736647 0747", "Q": "4012061a4c7a867240 598d",
    "R": "000c 0040 4061736647 0747 477c", "S": "7250200315466779 795c2c0a", "T": "0080 404c",
    "U": "0008 081b3c4c6b78 7870", "V": "004c 4c80", "W": "002c 2c51 518c 8ca0", "X": "007c 700c",
    "Y": "0046 8046 464c", "Z": "0070 700c 0c7c", "[": "3000 000e 0e3e", "\\": "006d", "]": "0030 303e 3e0e",
    "^": "0430 3064", "_": "0e7e", "`": "0022", "a": "646c 66442406 060a 0a2c4c6a",
    "b": "000c 06244466 666a 6a4c2c0a", "c": "66442406 060a 0a2c4c6a", "d": "606c 66442406 060a 0a2c4c6a",
    "e": "0868 6866442406 060a 0a2c4c6a", "f": "503022 222c 0454",
    "g": "66442406 060a 0a2c4c6a 646d 6d5f3g1f",
    "h": "000c 07244466 666c", "i": "040c 01", "j": "343d 3d2f0f 31", "k": "000c 5409 276c", "l": "000c",
    "m": "040c 07243456 565c 577484a6 a6ac", "n": "040c 07244466 666c", "o": "3415081b3c5b685534",
    "p": "040g 06244466 666a 6a4c2c0a", "q": "646g 66442406 060a 0a2c4c6a", "r": "040c 072544",
    "s": "553414061748 485a4c1c0b", "t": "202a 2a3c5c 0454", "u": "0409 091b3c5b69 646c", "v": "043c 3c64",
    "w": "042c 2c45 456c 6c84", "x": "046c 640c", "y": "043c 641g", "z": "0464 640c 0c6c",
    "{": "30212507 07292d3e", "|": "000f", "}": "00111537 37191d0e", "~": "08264867",
    "·": "07", "…": "0c 4c 8c", "–": "0767", "×": "056b 650b",
    "−": "0767", "÷": "0767 33 3b", "±": "3238 0565 0b6b", "≤": "6105 0569 0b6b", "≥": "0165 6509 0b6b",
    "≠": "0565 0969 522c",
  ]
}
