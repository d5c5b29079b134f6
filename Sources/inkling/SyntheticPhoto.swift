// A photo that nobody took: ink on lit, ruled, rotated paper.

import Basics
import Ink
import NeuralNetwork

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Makes pictures of strokes as a camera might see them.
struct SyntheticPhoto {
  private var random: Xoshiro256

  init(random: Xoshiro256) { self.random = random }

  /// The picture of strokes on a sheet of a width and height in pixels.
  mutating func picture(of strokes: [Stroke], width: Double, height: Double, unit: Double) -> GrayImage {
    let angle = number(in: -20...20) * Double.pi / 180
    let margin = 40.0
    let side = (
      x: Int(clamping: width * cos(angle) + height * abs(sin(angle)) + margin),
      y: Int(clamping: height * cos(angle) + width * abs(sin(angle)) + margin)
    )
    let centre = (x: Double(side.x) / 2, y: Double(side.y) / 2)
    func turned(_ x: Double, _ y: Double) -> (Double, Double) {
      let (u, v) = (x - width / 2, y - height / 2)
      return (centre.x + u * cos(angle) - v * sin(angle), centre.y + u * sin(angle) + v * cos(angle))
    }
    let ink = coverage(
      strokes.map { stroke in
        Stroke(
          stroke.samples.map {
            let (x, y) = turned($0.point.x / unit, $0.point.y / unit)
            return Stroke.Sample(Point(x: x, y: y))
          }, width: stroke.width / unit)
      }, side)
    let lines = coverage(ruling(width: width, height: height, turned), side)
    let inkDepth = number(in: 0.6...0.9)
    let lineDepth = number(in: 0.1...0.28)
    let light = (base: number(in: 150...240), x: number(in: -0.3...0.3), y: number(in: -0.3...0.3))
    let shadow = (
      x: number(in: 0...1) * Double(side.x), y: number(in: 0...1) * Double(side.y),
      slope: number(in: -1...1), depth: number(in: 0...0.4), soft: number(in: 15...80)
    )
    let noise = number(in: 1...8)
    var result = GrayImage(width: side.x, height: side.y)
    for y in 0..<side.y {
      for x in 0..<side.x {
        let (u, v) = (Double(x) / Double(side.x) - 0.5, Double(y) / Double(side.y) - 0.5)
        var level = light.base * (1 + light.x * u + light.y * v)
        let across = (Double(x) - shadow.x) + (Double(y) - shadow.y) * shadow.slope
        level *= 1 - shadow.depth / (1 + exp(-across / shadow.soft))
        level *= 1 - lineDepth * Double(lines[x, y]) / 255
        level *= 1 - inkDepth * Double(ink[x, y]) / 255
        level += noise * (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2
        result[x, y] = UInt8(clamping: min(max(level.rounded(), 0), 255))
      }
    }
    return result
  }

  /// Ruled or squared paper, or plain.
  private mutating func ruling(
    width: Double, height: Double, _ turned: (Double, Double) -> (Double, Double)
  ) -> [Stroke] {
    let kind = random.uniform()
    if kind < 0.25 { return [] }
    let step = number(in: kind < 0.65 ? 45...90 : 28...50)
    let thickness = number(in: 1...2.2)
    var result: [Stroke] = []
    func line(_ a: (Double, Double), _ b: (Double, Double)) {
      result.append(
        Stroke([a, b].map { Stroke.Sample(Point(x: $0.0, y: $0.1)) }, width: thickness))
    }
    for y in stride(from: -height, to: 2 * height, by: step) {
      line(turned(-width, y), turned(2 * width, y))
    }
    if kind >= 0.65 {
      for x in stride(from: -width, to: 2 * width, by: step) {
        line(turned(x, -height), turned(x, 2 * height))
      }
    }
    return result
  }

  private func coverage(_ strokes: [Stroke], _ side: (x: Int, y: Int)) -> Coverage {
    StrokeRasterizer(scale: 1).coverage(of: strokes, width: side.x, height: side.y)
  }

  private mutating func number(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * random.uniform()
  }
}
