// Inkling's icon: a seven and a drop of ink on a tile.

import Basics
import Graphics
package import X11

/// The icon as geometry, from which pictures of any size and the SVG file are made.
package enum AppIcon {
  /// The side of the square in which the geometry is given.
  private static let side = 256.0
  private static let tile = (inset: 8.0, radius: 56.0, color: UInt32(0x1F2A44))
  private static let pen = (width: 30.0, color: UInt32(0xFBFAF6))
  private static let drop = (x: 178.0, y: 190.0, radius: 17.0, color: UInt32(0xF2A541))
  /// The seven: a start, and quadratic curves with one control point each.
  private static let start = PicturePoint(74, 78)
  private static let curves = [
    (control: PicturePoint(126, 70), end: PicturePoint(182, 74)),
    (control: PicturePoint(140, 122), end: PicturePoint(108, 192)),
  ]

  /// The icons in the sizes of task bars and window lists.
  package static var windowIcons: [Icon] { [16, 32, 64].map { picture(size: $0) } }

  /// The icon in pixels, with transparent corners.
  package static func picture(size: Int) -> Icon {
    let (line, dropCenter) = (flattened(), [PicturePoint(drop.x, drop.y)])
    let (inset, width) = (Int(clamping: tile.inset), Int(clamping: side - 2 * tile.inset))
    let shape = RoundBox(Rectangle(x: inset, y: inset, width: width, height: width), radius: tile.radius)
    var pixels = [UInt32](repeating: 0, count: size * size)
    let scale = side / Double(size)
    // The line of a small icon is wider, so that it stays visible.
    let halfWidth = max(pen.width / 2, 1.1 * scale)
    for row in 0..<size {
      for column in 0..<size {
        let (x, y) = ((Double(column) + 0.5) * scale, (Double(row) + 0.5) * scale)
        let opacity = coverage(shape.distance(x, y) / scale)
        if opacity == 0 { continue }
        let point = PicturePoint(x, y)
        var color = mixed(
          tile.color, drop.color, coverage((point.distance(to: dropCenter) - drop.radius) / scale))
        color = mixed(color, pen.color, coverage((point.distance(to: line) - halfWidth) / scale))
        pixels[row * size + column] = UInt32(clamping: (opacity * 255).rounded()) << 24 | color
      }
    }
    return Icon(width: size, height: size, pixels: pixels)
  }

  /// The icon as SVG.
  package static var svg: String {
    let path =
      "M\(start.x) \(start.y)"
      + curves.map { "Q\($0.control.x) \($0.control.y) \($0.end.x) \($0.end.y)" }.joined()
    let width = side - 2 * tile.inset
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">
        <title>Inkling</title>
        <rect x="\(tile.inset)" y="\(tile.inset)" width="\(width)" height="\(width)" rx="\(tile.radius)" \
      fill="\(Color(tile.color).hexadecimal)"/>
        <circle cx="\(drop.x)" cy="\(drop.y)" r="\(drop.radius)" fill="\(Color(drop.color).hexadecimal)"/>
        <path d="\(path)" fill="none" stroke="\(Color(pen.color).hexadecimal)" stroke-width="\(pen.width)" \
      stroke-linecap="round" stroke-linejoin="round"/>
      </svg>

      """
  }

  private static func flattened() -> [PicturePoint] {
    var points = [start]
    var last = start
    let steps = 16
    for curve in curves {
      for step in 1...steps {
        let t = Double(step) / Double(steps)
        let (a, b, c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t)
        points.append(
          PicturePoint(
            a * last.x + b * curve.control.x + c * curve.end.x,
            a * last.y + b * curve.control.y + c * curve.end.y))
      }
      last = curve.end
    }
    return points
  }

  /// The part of a pixel that is inside an edge at a distance in pixels.
  private static func coverage(_ distance: Double) -> Double { min(max(0.5 - distance, 0), 1) }

  private static func mixed(_ below: UInt32, _ above: UInt32, _ part: Double) -> UInt32 {
    [16, 8, 0].reduce(0) { sum, shift in
      let (a, b) = (Double(below >> UInt32(shift) & 0xFF), Double(above >> UInt32(shift) & 0xFF))
      return sum | UInt32(clamping: (a + (b - a) * part).rounded()) << UInt32(shift)
    }
  }
}
