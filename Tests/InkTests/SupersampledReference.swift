// Random strokes, and a slow reference for drawing.

import Ink

/// A generator of random numbers that are the same on every run.
struct RandomStrokes {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// A number from 0 up to, but not including, 1.
  mutating func next() -> Double {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Double(state >> 11) / 9_007_199_254_740_992
  }

  mutating func next(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * next()
  }

  /// A stroke like handwriting: it starts at a random point, continues at its own speed, and bends at times.
  mutating func stroke(count: Int, within side: Double, width: Double) -> Stroke {
    var (x, y, angle) = (next() * side, next() * side, next() * 6.283)
    let speed = next(in: side / 60...side / 8)
    var samples: [Stroke.Sample] = []
    for _ in 0..<count {
      samples.append(Stroke.Sample(Point(x: x, y: y)))
      angle += next() < 0.1 ? next(in: -3...3) : next(in: -0.5...0.5)
      let step = speed * next(in: 0.2...1.5)
      x = min(max(x + step * cosine(angle), 0), side)
      y = min(max(y + step * cosine(angle - 1.570_796), 0), side)
    }
    return Stroke(samples, width: width)
  }

  private func cosine(_ angle: Double) -> Double {
    let turns = angle / 6.283_185_307
    let x = (turns - turns.rounded()) * 6.283_185_307
    let s = x * x
    return 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56 * (1 - s / 90 * (1 - s / 132)))))
  }
}

/// Slow and simple drawing: 16 by 16 points a pixel, each tested for its distance from the curve.
struct Supersampled {
  static func coverage(of strokes: [Stroke], width: Int, height: Int, scale: Double) -> Coverage {
    let columns = width * 16
    var inside = [Bool](repeating: false, count: columns * height * 16)
    for stroke in strokes {
      let radius = stroke.width * scale / 2
      for piece in StrokeSpline(stroke).pieces {
        let bits = 24
        for i in 0..<bits {
          let a = piece.position(at: Double(i) / Double(bits)) * scale
          let b = piece.position(at: Double(i + 1) / Double(bits)) * scale
          mark(a, b, radius, columns, height * 16, &inside)
        }
      }
    }
    var result = Coverage(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        var count = 0
        for v in 0..<16 {
          let start = (y * 16 + v) * columns + x * 16
          for u in start..<start + 16 where inside[u] { count += 1 }
        }
        result[x, y] = UInt8((count * 255 + 128) / 256)
      }
    }
    return result
  }

  /// Marks the points whose distance from the line from `a` to `b` is at most a radius.
  private static func mark(
    _ a: StrokeSpline.Position, _ b: StrokeSpline.Position, _ radius: Double, _ columns: Int, _ rows: Int,
    _ inside: inout [Bool]
  ) {
    let first = max(0, Int((min(a.y, b.y) - radius) * 16) - 1)
    let last = min(rows, Int((max(a.y, b.y) + radius) * 16) + 2)
    let left = max(0, Int((min(a.x, b.x) - radius) * 16) - 1)
    let right = min(columns, Int((max(a.x, b.x) + radius) * 16) + 2)
    let along = b - a
    let length = (along * along).sum()
    if first >= last || left >= right { return }
    inside.withUnsafeMutableBufferPointer { inside in
      for row in first..<last {
        for column in left..<right where !inside[row * columns + column] {
          let dx = (Double(column) + 0.5) / 16 - a.x
          let dy = (Double(row) + 0.5) / 16 - a.y
          let t = length > 0 ? min(max((dx * along.x + dy * along.y) / length, 0), 1) : 0
          let x = dx - t * along.x
          let y = dy - t * along.y
          if x * x + y * y <= radius * radius { inside[row * columns + column] = true }
        }
      }
    }
  }
}
