// Synthetic photos: ink on unevenly lit, ruled, rotated paper.

import Basics
import CLibrary
import Ink

/// Makes pictures of strokes that resemble photos.
struct SyntheticPhoto {
  /// The rotation of the paper in the picture.
  private struct Rotation {
    let sine: Double
    let cosine: Double
    /// The middle of the paper.
    let from: SIMD2<Double>
    /// The middle of the picture.
    let to: SIMD2<Double>

    func rotated(_ column: Double, _ row: Double) -> Point {
      let (x, y) = (column - from.x, row - from.y)
      return Point(x: to.x + x * cosine - y * sine, y: to.y + x * sine + y * cosine)
    }
  }

  /// Brightness that changes evenly over the picture.
  private struct Light {
    let base: Double
    let x: Double
    let y: Double
  }

  /// A soft edge of a shadow.
  private struct Shadow {
    let x: Double
    let y: Double
    let slope: Double
    let depth: Double
    let softness: Double
  }

  private var random: Xoshiro256
  /// The rotation of the last picture.
  private var rotation: Rotation?

  init(random: Xoshiro256) { self.random = random }

  /// The place in the last picture of a point of the paper, in pixels.
  func place(of point: Point) -> Point { rotation?.rotated(point.x, point.y) ?? point }

  /// The picture of strokes on paper of a width and height in pixels.
  mutating func picture(of strokes: [Stroke], width: Double, height: Double, unit: Double) -> GrayImage {
    let angle = random.number(in: -20...20) * Double.pi / 180
    let margin = 40.0
    let columns = Int(clamping: width * cos(angle) + height * abs(sin(angle)) + margin)
    let rows = Int(clamping: height * cos(angle) + width * abs(sin(angle)) + margin)
    let rotation = Rotation(
      sine: sin(angle), cosine: cos(angle), from: SIMD2(x: width / 2, y: height / 2),
      to: SIMD2(x: Double(columns) / 2, y: Double(rows) / 2))
    self.rotation = rotation
    let rotated = strokes.map { stroke in
      stroke.mapped(width: stroke.width / unit) { rotation.rotated($0.x / unit, $0.y / unit) }
    }
    let rasterizer = StrokeRasterizer(scale: 1)
    let ink = rasterizer.coverage(of: rotated, width: columns, height: rows)
    let ruling = rasterizer.coverage(
      of: ruling(width: width, height: height, rotation), width: columns, height: rows)
    let inkDepth = random.number(in: 0.6...0.9)
    let ruleDepth = random.number(in: 0.1...0.28)
    let light = Light(
      base: random.number(in: 150...240), x: random.number(in: -0.3...0.3), y: random.number(in: -0.3...0.3))
    let shadow = Shadow(
      x: random.number(in: 0...1) * Double(columns), y: random.number(in: 0...1) * Double(rows),
      slope: random.number(in: -1...1), depth: random.number(in: 0...0.4),
      softness: random.number(in: 15...80))
    let noise = random.number(in: 1...8)
    var result = GrayImage(width: columns, height: rows)
    for y in 0..<rows {
      for x in 0..<columns {
        let u = Double(x) / Double(columns) - 0.5
        let v = Double(y) / Double(rows) - 0.5
        var level = light.base * (1 + light.x * u + light.y * v)
        let across = (Double(x) - shadow.x) + (Double(y) - shadow.y) * shadow.slope
        level *= 1 - shadow.depth / (1 + exp(-across / shadow.softness))
        level *= 1 - ruleDepth * Double(ruling[x, y]) / 255
        level *= 1 - inkDepth * Double(ink[x, y]) / 255
        level += noise * (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2
        result[x, y] = UInt8(clamping: min(max(level.rounded(), 0), 255))
      }
    }
    return result
  }

  /// The lines of ruled or squared paper; none on plain paper.
  private mutating func ruling(width: Double, height: Double, _ rotation: Rotation) -> [Stroke] {
    let kind = random.uniform()
    if kind < 0.25 { return [] }
    let isSquared = kind >= 0.65
    let spacing = random.number(in: isSquared ? 28...50 : 45...90)
    let thickness = random.number(in: 1...2.2)
    func line(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> Stroke {
      let ends = [rotation.rotated(x0, y0), rotation.rotated(x1, y1)]
      return Stroke(ends.map { Stroke.Sample($0) }, width: thickness)
    }
    var lines = stride(from: -height, to: 2 * height, by: spacing).map { line(-width, $0, 2 * width, $0) }
    if isSquared {
      lines += stride(from: -width, to: 2 * width, by: spacing).map { line($0, -height, $0, 2 * height) }
    }
    return lines
  }
}
