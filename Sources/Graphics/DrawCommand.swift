// The parts of an image as values: a view describes the image, and painting them makes its pixels.

package import Basics

/// A point in an image, in fractions of pixels.
package struct PicturePoint: Sendable, Hashable {
  /// Pixels from the left edge.
  package var x: Double
  /// Pixels from the top edge.
  package var y: Double

  /// Makes a point.
  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  /// The distance from a line through points.
  package func distance(to points: [PicturePoint]) -> Double {
    guard let first = points.first else { return .infinity }
    var nearest = (x - first.x) * (x - first.x) + (y - first.y) * (y - first.y)
    for (a, b) in zip(points, points.dropFirst()) {
      let dx = b.x - a.x
      let dy = b.y - a.y
      let length = dx * dx + dy * dy
      let along = length > 0 ? min(1, max(0, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0
      let offX = x - a.x - along * dx
      let offY = y - a.y - along * dy
      nearest = min(nearest, offX * offX + offY * offY)
    }
    return nearest.squareRoot()
  }
}

/// Levels from 0 to 255 in rows, such as a network's input.
package struct Levels: Sendable, Hashable {
  /// The number of columns.
  package let width: Int
  /// The number of rows.
  package let height: Int
  /// The levels, row after row from the top.
  package let values: [UInt8]

  /// Makes levels from `width * height` values.
  package init(width: Int, height: Int, values: [UInt8]) {
    precondition(values.count == width * height, "levels must fill their rows")
    self.width = width
    self.height = height
    self.values = values
  }
}

/// One part of an image.
package enum DrawCommand: Sendable, Hashable {
  /// A rectangle of whole pixels.
  case fill(Rectangle, Color)
  /// A rectangle with round corners.
  case box(Rectangle, radius: Double, Color)
  /// The border of such a rectangle, inside it.
  case frame(Rectangle, radius: Double, width: Double, Color)
  /// A disc.
  case disc(PicturePoint, radius: Double, Color)
  /// A line through points with round ends and joins.
  case line([PicturePoint], width: Double, Color)
  /// Text that starts at a point on its baseline.
  case text(String, PicturePoint, size: Double, Color)
  /// Levels as squares of mixtures of two colours: 0 is the first, 255 the second.
  case levels(Levels, Rectangle, from: Color, to: Color)
  /// Other commands, clipped to a rectangle.
  case within(Rectangle, [DrawCommand])
}

extension DrawCommand {
  /// The command moved by a distance in pixels; rectangles move by whole pixels.
  package func moved(x: Double, y: Double) -> DrawCommand {
    func moved(_ point: PicturePoint) -> PicturePoint { PicturePoint(point.x + x, point.y + y) }
    func moved(_ area: Rectangle) -> Rectangle {
      area.moved(x: Int(clamping: x.rounded()), y: Int(clamping: y.rounded()))
    }
    switch self {
    case .fill(let area, let color): return .fill(moved(area), color)
    case .box(let area, let radius, let color): return .box(moved(area), radius: radius, color)
    case .frame(let area, let radius, let width, let color):
      return .frame(moved(area), radius: radius, width: width, color)
    case .disc(let center, let radius, let color): return .disc(moved(center), radius: radius, color)
    case .line(let points, let width, let color): return .line(points.map(moved), width: width, color)
    case .text(let text, let start, let size, let color):
      return .text(text, moved(start), size: size, color)
    case .levels(let levels, let area, let first, let second):
      return .levels(levels, moved(area), from: first, to: second)
    case .within(let area, let commands): return .within(moved(area), commands.map { $0.moved(x: x, y: y) })
    }
  }
}

extension Bitmap {
  /// Paints the part of a command inside `clip`.
  package mutating func paint(_ command: DrawCommand, clip: Rectangle, textRenderer: TextRenderer) {
    switch command {
    case .fill(let area, let color):
      fill(area, color, clip: clip)
    case .box(let area, let radius, let color):
      let shape = RoundBox(area, radius: radius)
      // Only the rows of the corners have round parts.
      let middle = area.inset(x: 0, y: Int(clamping: shape.radius.rounded(.up)))
      fill(middle, color, clip: clip)
      for part in area.subtracting(middle) { cover(part, color, clip: clip) { 0.5 - shape.distance($0, $1) } }
    case .frame(let area, let radius, let width, let color):
      let shape = RoundBox(area, radius: radius)
      // The border ends inside the corners' radius or its own width.
      let middle = area.inset(Int(clamping: max(shape.radius, width).rounded(.up)) + 1)
      for part in area.subtracting(middle) {
        cover(part, color, clip: clip) { x, y in
          let distance = shape.distance(x, y)
          return min(0.5 - distance, 0.5 + distance + width)
        }
      }
    case .disc(let center, let radius, let color):
      paint(.line([center], width: 2 * radius, color), clip: clip, textRenderer: textRenderer)
    case .line(let points, let width, let color):
      cover(bounds(of: points, margin: width / 2 + 1), color, clip: clip) {
        width / 2 + 0.5 - PicturePoint($0, $1).distance(to: points)
      }
    case .text(let text, let start, let size, let color):
      textRenderer.draw(text, at: start, size: size, color, into: &self, clip: clip)
    case .levels(let levels, let area, let first, let second):
      paint(levels, in: area, from: first, to: second, clip: clip)
    case .within(let area, let commands):
      let clip = clip.intersection(area)
      if clip.isEmpty { return }
      for command in commands { paint(command, clip: clip, textRenderer: textRenderer) }
    }
  }

  private mutating func paint(
    _ levels: Levels, in area: Rectangle, from first: Color, to second: Color, clip: Rectangle
  ) {
    for row in 0..<levels.height {
      let top = area.y + row * area.height / levels.height
      let bottom = area.y + (row + 1) * area.height / levels.height
      for column in 0..<levels.width {
        let left = area.x + column * area.width / levels.width
        let right = area.x + (column + 1) * area.width / levels.width
        let cell = Rectangle(x: left, y: top, width: right - left, height: bottom - top)
        fill(cell, first.mixed(second, Double(levels.values[row * levels.width + column]) / 255), clip: clip)
      }
    }
  }

  /// The smallest rectangle around points and a margin.
  private func bounds(of points: [PicturePoint], margin: Double) -> Rectangle {
    guard let first = points.first else { return .empty }
    var (left, top, right, bottom) = (first.x, first.y, first.x, first.y)
    for point in points {
      (left, right) = (min(left, point.x), max(right, point.x))
      (top, bottom) = (min(top, point.y), max(bottom, point.y))
    }
    let x = Int(clamping: (left - margin).rounded(.down))
    let y = Int(clamping: (top - margin).rounded(.down))
    return Rectangle(
      x: x, y: y, width: Int(clamping: (right + margin).rounded(.up)) - x,
      height: Int(clamping: (bottom + margin).rounded(.up)) - y)
  }
}

/// The distance from the edge of a rectangle with round corners: negative inside, positive outside.
package struct RoundBox {
  private let centerX: Double
  private let centerY: Double
  private let halfWidth: Double
  private let halfHeight: Double
  fileprivate let radius: Double

  /// Makes the shape of a rectangle; the radius is at most half of its shorter side.
  package init(_ area: Rectangle, radius: Double) {
    centerX = area.centerX
    centerY = area.centerY
    self.radius = min(radius, Double(min(area.width, area.height)) / 2)
    halfWidth = Double(area.width) / 2 - self.radius
    halfHeight = Double(area.height) / 2 - self.radius
  }

  /// The distance of a point.
  package func distance(_ x: Double, _ y: Double) -> Double {
    let dx = abs(x - centerX) - halfWidth
    let dy = abs(y - centerY) - halfHeight
    let outsideX = max(dx, 0)
    let outsideY = max(dy, 0)
    return (outsideX * outsideX + outsideY * outsideY).squareRoot() + min(max(dx, dy), 0) - radius
  }
}
