// The pictures on controls, drawn as lines in a square of 24 units.

package import Basics
package import Graphics

/// A picture made of lines.
package struct Pictogram: Sendable {
  /// The lines through points, each a column and a row.
  private let lines: [[(Double, Double)]]

  /// Makes a picture.
  package init(_ lines: [[(Double, Double)]]) { self.lines = lines }

  /// The draw commands of the picture, centred in a rectangle.
  package func marks(in area: Rectangle, side: Double, color: Color) -> [DrawCommand] {
    let unit = side / 24
    let (left, top) = (area.centerX - side / 2, area.centerY - side / 2)
    return lines.map { line in
      .line(
        line.map { PicturePoint(left + $0.0 * unit, top + $0.1 * unit) }, width: max(1.2, 1.9 * unit), color)
    }
  }

  static let undo = Pictogram([
    [(9, 14), (4, 9), (9, 4)],
    [(4, 9), (14.5, 9)] + bend + [(10, 20)],
  ])
  static let redo = Pictogram(undo.lines.map { line in line.map { (24 - $0.0, $0.1) } })
  static let eraser = Pictogram([
    [(14, 4), (20.5, 10.5), (11, 20), (8, 20), (3.5, 15.5), (3.5, 14.5), (14, 4)],
    [(8.5, 9.5), (15, 16)], [(11, 20), (20, 20)],
  ])
  /// Corners and dashes, as of a selection.
  static let frame = Pictogram([
    [(4, 8.5), (4, 5), (7.5, 5)], [(16.5, 5), (20, 5), (20, 8.5)], [(20, 15.5), (20, 19), (16.5, 19)],
    [(7.5, 19), (4, 19), (4, 15.5)], [(11, 5), (13, 5)], [(11, 19), (13, 19)], [(4, 11.5), (4, 12.5)],
    [(20, 11.5), (20, 12.5)],
  ])
  static let copy = Pictogram([
    [(9, 8), (20, 8), (20, 21), (9, 21), (9, 8)],
    [(5, 16), (5, 3), (15.5, 3)],
  ])
  static let chevron = Pictogram([[(6, 9.5), (12, 15), (18, 9.5)]])

  /// The right half of a circle of radius 5.5 around (14.5, 14.5), from top to bottom.
  private static let bend = [
    (2.105, -5.081), (3.889, -3.889), (5.081, -2.105), (5.5, 0), (5.081, 2.105), (3.889, 3.889),
    (2.105, 5.081), (0, 5.5),
  ].map { (14.5 + $0.0, 14.5 + $0.1) }
}
