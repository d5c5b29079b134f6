// Shapes of letters that are unlike digits: more letters than the few writers of the data sets drew.

/// Letters as corners and arcs in a small language, on a square of 8 by 8.
///
/// Bars separate strokes. `04` is the corner at x 0, y 4; `)44:2:0:180` is an arc about 4,4 with radius 2
/// (`3/4` for different horizontal and vertical radii) from 0 to 180 degrees, clockwise: 90 is below, 270 above.
enum LetterShapes {
  /// The letters, with their centre at 0 and the longer side 1.
  static let all: [PolylineDrawing] = texts.map { drawing($0).normalized }

  // Letters with several common shapes have several entries. Letters that are too similar to digits
  // (O o D Q I i l J j Z z S s G b g q B y T) are missing.
  private static let texts = [
    // A
    "08 40 88|25 65", "08 )44:4:180:360 88|04 84", "08 40 88|14 74",
    // C, c
    ")44:4:310:50", ")45:3:300:60",
    // E, e
    "80 00 08 88|04 64", "80 00 08 88|04 84", ")62:3/2:300:90 )46:4/2:270:60", "14 84 )44:4:360:40",
    "25 75 )45:3:360:50",
    // F, f
    "80 00 08|04 64", "71 )41:3/1:340:180 18|03 53", "60 30 38|14 64",
    // H, h
    "00 08|80 88|04 84", "10 18|)44:3:180:360 78", "00 08|05 )35:3/2:180:360 68",
    // K, k
    "00 08|80 04 88", "00 08|63 05 68",
    // L
    "00 08 68", "00 07 88",
    // M, m
    "08 00 44 80 88", "08 10 47 70 88", "03 08|)24:2:180:360 48|)64:2:180:360 88",
    // N, n
    "08 00 88 80", "03 08|)35:3/2:180:360 68", "13 18|)45:3/2:180:360 78",
    // P, p
    "08 00 )32:4/2:-90:90 04", "13 1:|1: 13 )45:4/2:-90:90 17",
    // R, r
    "08 00 )32:4/2:-90:90 04 78", "13 18|15 )45:3/2:180:320", "23 28|)55:3:180:300",
    // U, u
    "00 04 )44:4:180:0 80", "03 05 )36:3/2:180:0 63 68",
    // V, v
    "00 48 80", "03 38 63",
    // W, w
    "00 28 42 68 80", "03 18 34 58 63", "00 )25:2/3:180:0 42 )65:2/3:180:0 80",
    // X, x
    "00 88|80 08", "03 68|63 08",
    // Y
    "00 44 80|44 48", "00 44 80 28",
    // a
    ")45:3:320:680 |73 78", ")35:3:0:360 68", "24 )44:3/2:200:360 78|)46:3/2:0:360",
    // d
    ")35:3:0:360|60 68", ")36:3/2:20:340|70 78",
    // t
    "30 36 )46:1/2:180:60|13 63", "40 48|13 73",
    // & # @ ? * %
    "88 )32:2:90:360 )36:3/2:300:20", "20 18|60 58|03 83|06 86", ")44:2:0:360 )44:4:0:320", "*",
    ")42:3/2:180:450 46|48 48",
    // a square's corner, a house, a triangle, a box with a cross
    "08 04 40 84 88 08", "08 40 88 08", "00 80 88 08 00|00 88",
  ]

  /// The drawing that a text describes.
  private static func drawing(_ text: String) -> PolylineDrawing {
    if text == "*" {
      return PolylineDrawing(
        [[SIMD2(0, 4), SIMD2(8, 4)], [SIMD2(2, 0), SIMD2(6, 8)], [SIMD2(6, 0), SIMD2(2, 8)]].map(interpolated)
      )
    }
    return PolylineDrawing(
      text.split(separator: "|").map { stroke in
        var points: Polyline = []
        for item in stroke.split(separator: " ") {
          let piece = item.first == ")" ? arc(item.dropFirst()) : corner(item)
          if let last = points.last, let next = piece.first {
            points += interpolated([last / 8, next / 8]).dropFirst().map { $0 * 8 }
            points += piece.dropFirst()
          } else {
            points += piece
          }
        }
        return points
      })
  }

  /// One corner: two characters, each a digit or ':' for ten.
  private static func corner(_ item: Substring) -> Polyline {
    let values = item.utf8.map { Float($0) - 48 }
    return values.count == 2 ? [SIMD2(values[0], values[1])] : []
  }

  /// An arc: centre, radius or radii, first and last angle.
  private static func arc(_ item: Substring) -> Polyline {
    let parts = item.split(separator: ":")
    guard parts.count == 4, let centre = corner(parts[0]).first, let from = Float(parts[2]),
      let to = Float(parts[3])
    else { return [] }
    let radii = parts[1].split(separator: "/").compactMap { Float($0) }
    guard let width = radii.first, let height = radii.last else { return [] }
    return (0...16).map { k in
      let angle = (from + (to - from) * Float(k) / 16) * (.pi / 180)
      return centre + unitVector(angle) * SIMD2(width, height)
    }
  }
}
