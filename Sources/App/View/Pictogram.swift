// The pictures on controls, drawn as lines in a square of 24 units.

import Basics
import Graphics

/// A picture made of lines.
enum Pictogram {
  case undo, redo, eraser, chevron, copy

  /// The draw commands of the picture, centred in a rectangle.
  func marks(in area: Rectangle, side: Double, color: Color) -> [DrawCommand] {
    let unit = side / 24
    let left = area.centerX - side / 2
    let top = area.centerY - side / 2
    return lines.map { line in
      .line(
        line.map { PicturePoint(left + $0.x * unit, top + $0.y * unit) }, width: max(1.2, 1.9 * unit), color)
    }
  }

  private var lines: [[PicturePoint]] {
    switch self {
    case .undo:
      [
        [PicturePoint(9, 14), PicturePoint(4, 9), PicturePoint(9, 4)],
        [PicturePoint(4, 9), PicturePoint(14.5, 9)] + Self.bend + [PicturePoint(10, 20)],
      ]
    case .redo:
      Pictogram.undo.lines.map { line in line.map { PicturePoint(24 - $0.x, $0.y) } }
    case .eraser:
      [
        [
          PicturePoint(14, 4), PicturePoint(20.5, 10.5), PicturePoint(11, 20), PicturePoint(8, 20),
          PicturePoint(3.5, 15.5), PicturePoint(3.5, 14.5),
          PicturePoint(14, 4),
        ],
        [PicturePoint(8.5, 9.5), PicturePoint(15, 16)], [PicturePoint(11, 20), PicturePoint(20, 20)],
      ]
    case .copy:
      [
        [
          PicturePoint(9, 8), PicturePoint(20, 8), PicturePoint(20, 21), PicturePoint(9, 21),
          PicturePoint(9, 8),
        ],
        [PicturePoint(5, 16), PicturePoint(5, 3), PicturePoint(15.5, 3)],
      ]
    case .chevron:
      [[PicturePoint(6, 9.5), PicturePoint(12, 15), PicturePoint(18, 9.5)]]
    }
  }

  /// The right half of a circle of radius 5.5 around (14.5, 14.5), from top to bottom.
  private static let bend: [PicturePoint] = [
    (2.105, -5.081), (3.889, -3.889), (5.081, -2.105), (5.5, 0), (5.081, 2.105), (3.889, 3.889),
    (2.105, 5.081),
    (0, 5.5),
  ].map { PicturePoint(14.5 + $0.0, 14.5 + $0.1) }
}
