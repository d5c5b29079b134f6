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
  private static let start = (x: 74.0, y: 78.0)
  private static let curves: [(control: (x: Double, y: Double), end: (x: Double, y: Double))] = [
    ((126, 70), (182, 74)), ((140, 122), (108, 192)),
  ]

  /// The icons in the sizes of task bars and window lists.
  package static var windowIcons: [Icon] { [16, 32, 64].map { picture(size: $0) } }

  /// The icon in pixels, with transparent corners.
  package static func picture(size: Int) -> Icon {
    let line = flattened()
    var pixels = [UInt32](repeating: 0, count: size * size)
    let scale = side / Double(size)
    // The line of a small icon is wider, so that it stays visible.
    let halfWidth = max(pen.width / 2, 1.1 * scale)
    for row in 0..<size {
      for column in 0..<size {
        let (x, y) = ((Double(column) + 0.5) * scale, (Double(row) + 0.5) * scale)
        let opacity = coverage(distanceToTile(x, y) / scale)
        if opacity == 0 { continue }
        var color = mixed(
          tile.color, drop.color, coverage((hypotenuse(x - drop.x, y - drop.y) - drop.radius) / scale))
        color = mixed(color, pen.color, coverage((distance(x, y, to: line) - halfWidth) / scale))
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

  private static func flattened() -> [(x: Double, y: Double)] {
    var points = [start]
    var last = start
    let steps = 16
    for curve in curves {
      for step in 1...steps {
        let t = Double(step) / Double(steps)
        let (a, b, c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t)
        points.append(
          (
            a * last.x + b * curve.control.x + c * curve.end.x,
            a * last.y + b * curve.control.y + c * curve.end.y
          ))
      }
      last = curve.end
    }
    return points
  }

  private static func distance(_ x: Double, _ y: Double, to line: [(x: Double, y: Double)]) -> Double {
    var nearest = Double.infinity
    for (a, b) in zip(line, line.dropFirst()) {
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)
      let t = min(max(along, 0), 1)
      nearest = min(nearest, hypotenuse(x - a.x - t * dx, y - a.y - t * dy))
    }
    return nearest
  }

  private static func distanceToTile(_ x: Double, _ y: Double) -> Double {
    let half = side / 2 - tile.inset - tile.radius
    let (dx, dy) = (abs(x - side / 2) - half, abs(y - side / 2) - half)
    return hypotenuse(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - tile.radius
  }

  /// The part of a pixel that is inside an edge at a distance in pixels.
  private static func coverage(_ distance: Double) -> Double { min(max(0.5 - distance, 0), 1) }

  private static func hypotenuse(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }

  private static func mixed(_ below: UInt32, _ above: UInt32, _ part: Double) -> UInt32 {
    [16, 8, 0].reduce(0) { sum, shift in
      let (a, b) = (Double(below >> UInt32(shift) & 0xFF), Double(above >> UInt32(shift) & 0xFF))
      return sum | UInt32(clamping: (a + (b - a) * part).rounded()) << UInt32(shift)
    }
  }
}
