// Generates drawings that are no digit: scribbles, lines, hearts, ticks, dots and others.

package import Basics

/// A kind of drawing that a model learns to refuse and that needs no writer.
package enum SyntheticNonDigit: CaseIterable, Sendable {
  /// A line to and fro without a shape.
  case scribble
  /// A zigzag or a wave.
  case zigzag
  /// One to three flat lines; upright and slanted lines would be a 1.
  case line
  /// A heart.
  case heart
  /// One to five dots.
  case dots
  /// A tick.
  case tick
  /// A cross of two strokes, upright or slanted, or a star of three.
  case cross
  /// A spiral of more than two turns.
  case spiral
  /// An arrow.
  case arrow
  /// The shape of a letter.
  case letter

  /// A random kind: a letter or a scribble, which are the most varied, more often than the others.
  package static func random(using random: inout SplitMix64) -> SyntheticNonDigit {
    if random.bernoulli(0.4) { return .letter }
    if random.bernoulli(0.3) { return .scribble }
    return allCases[random.index(below: allCases.count - 1)]
  }

  /// The kinds that no printable character or sign of arithmetic looks like.
  package static let unlikeAnyCharacter: [SyntheticNonDigit] = [.scribble, .heart, .spiral, .arrow]

  /// Draws a random example, its centre near 0 and its longer side about 1.
  package func draw(random: inout SplitMix64) -> PolylineDrawing {
    switch self {
    case .scribble: scribble(&random)
    case .zigzag: zigzag(&random)
    case .line: flatLines(&random)
    case .heart: heart(&random)
    case .dots: dots(&random)
    case .tick: tick(&random)
    case .cross: cross(&random)
    case .spiral: spiral(&random)
    case .arrow: arrow(&random)
    case .letter: LetterShapes.all[random.index(below: LetterShapes.all.count)]
    }
  }

  private func scribble(_ random: inout SplitMix64) -> PolylineDrawing {
    let kind = random.uniform()
    let stroke = kind < 0.4 ? randomWalk(&random) : kind < 0.75 ? randomCorners(&random) : coil(&random)
    return PolylineDrawing([stroke]).normalized
  }

  /// A random walk of the velocity with a force towards 0, so that the line crosses itself.
  private func randomWalk(_ random: inout SplitMix64) -> Polyline {
    let count = 30 + random.index(below: 120)
    var point = SIMD2<Float>()
    var velocity = random.normalVector() * 0.06
    let acceleration = random.uniform(0.02, 0.08)
    return (0..<count).map { _ in
      defer {
        velocity = velocity * 0.9 + random.normalVector() * acceleration - point * 0.05
        point += velocity
      }
      return point
    }
  }

  /// Random corners, joined by straight lines or left to the spline; fewer than six could be a digit.
  private func randomCorners(_ random: inout SplitMix64) -> Polyline {
    let count = 6 + random.index(below: 20)
    let isIndependent = random.bernoulli(0.5)
    var corner = SIMD2<Float>()
    let corners = (0..<count).map { _ in
      // Anywhere, or a step from the last corner.
      corner = isIndependent ? random.uniformVector(within: 1) : corner + random.normalVector() * 0.4
      return corner
    }
    return random.bernoulli(0.5) ? interpolated(PolylineDrawing([corners]).normalized.strokes[0]) : corners
  }

  /// Loops along a line; without the progress along the line they would be a 0 drawn twice.
  private func coil(_ random: inout SplitMix64) -> Polyline {
    let turns = random.uniform(3, 8)
    let step = random.uniform(0.3, 0.9)
    let height = random.uniform(0.5, 1.6)
    let tilt = random.uniform(within: 0.6)
    return (0...Int(clamping: turns * 16)).map { k in
      let angle = Float(k) / 16 * 2 * .pi
      let x = Float(k) / 16 * step
      let circle = unitVector(angle) * 0.5
      return SIMD2(x + circle.x, circle.y * height + x * tilt)
    }
  }

  private func zigzag(_ random: inout SplitMix64) -> PolylineDrawing {
    let teeth = 3 + random.index(below: 6)
    let height = random.uniform(0.15, 0.8)
    let isWave = random.bernoulli(0.5)
    let stroke = (0...(teeth * 8)).map { k -> SIMD2<Float> in
      let t = Float(k) / 8
      let phase = t - Float(Int(clamping: t))
      let y = isWave ? sine(t * .pi) : (Int(clamping: t) % 2 == 0 ? 2 * phase - 1 : 1 - 2 * phase)
      return SIMD2(t / Float(teeth), y * height / 2)
    }
    var drawing = PolylineDrawing([stroke])
    // Upright, a flat zigzag would be a 1 with tremor, and one of three teeth a 3 or a 5.
    if teeth > 4, height > 0.35, random.bernoulli(0.5) { drawing.rotate(by: .pi / 2) }
    return drawing
  }

  private func flatLines(_ random: inout SplitMix64) -> PolylineDrawing {
    let count = 1 + random.index(below: 6) / 3
    let distance = random.uniform(0.15, 0.5)
    let bow = random.uniform(within: 0.06)
    return PolylineDrawing(
      (0..<count).map { line in
        let tilt = random.uniform(within: 0.12)
        return (0...12).map { k in
          let x = Float(k) / 12 - 0.5
          return SIMD2(x, Float(line) * distance + tilt * x + bow * (1 - 4 * x * x))
        }
      })
  }

  private func heart(_ random: inout SplitMix64) -> PolylineDrawing {
    let width = random.uniform(0.8, 1.2)
    let start = random.uniform() < 0.7 ? Float(0) : random.uniform(0, 2 * .pi)
    return PolylineDrawing([
      (0...40).map { k in
        let t = start + Float(k) / 40 * 2 * .pi
        let s = sine(t)
        let x = 16 * s * s * s
        let y = 13 * cosine(t) - 5 * cosine(2 * t) - 2 * cosine(3 * t) - cosine(4 * t)
        return SIMD2(x / 32 * width, -y / 32)
      }
    ])
  }

  private func dots(_ random: inout SplitMix64) -> PolylineDrawing {
    let count = random.bernoulli(0.6) ? 1 : 2 + random.index(below: 4)
    return PolylineDrawing(
      (0..<count).map { _ in
        let centre = random.uniformVector(within: 0.5)
        let radius = random.uniform() * 0.03
        return (0...random.index(below: 6)).map { _ in centre + random.normalVector() * radius }
      })
  }

  private func tick(_ random: inout SplitMix64) -> PolylineDrawing {
    let corner = SIMD2(random.uniform(-0.35, -0.1), random.uniform(0.3, 0.5))
    let start = corner + SIMD2(-random.uniform(0.12, 0.35), -random.uniform(0.15, 0.45))
    let end = SIMD2(random.uniform(0.35, 0.7), -random.uniform(0.3, 0.6))
    return PolylineDrawing([interpolated([start, corner, end])])
  }

  private func cross(_ random: inout SplitMix64) -> PolylineDrawing {
    let count = random.bernoulli(0.3) ? 3 : 2
    let first = random.bernoulli(0.5) ? Float(0) : .pi / 4
    return PolylineDrawing(
      (0..<count).map { k in
        let angle = first + Float(k) * .pi / Float(count) + random.uniform(within: 0.15)
        let end = unitVector(angle) * random.uniform(0.38, 0.55)
        return interpolated([-end, end])
      })
  }

  private func spiral(_ random: inout SplitMix64) -> PolylineDrawing {
    let turns = random.uniform(2, 4)
    let start = random.uniform(0, 2 * .pi)
    let direction: Float = random.bernoulli(0.5) ? 1 : -1
    return PolylineDrawing([
      (0...80).map { k in
        let t = Float(k) / 80
        let angle = start + direction * t * turns * 2 * .pi
        return unitVector(angle) * (0.05 + 0.45 * t)
      }
    ])
  }

  private func arrow(_ random: inout SplitMix64) -> PolylineDrawing {
    let barb = random.uniform(0.15, 0.35)
    let shaft = interpolated([SIMD2(-0.5, 0), SIMD2(0.5, 0)])
    let head = interpolated([SIMD2(0.5 - barb, -barb * 0.7), SIMD2(0.5, 0), SIMD2(0.5 - barb, barb * 0.7)])
    var drawing = PolylineDrawing([shaft, head])
    // Left or right: an arrow up or down could be a 1 with a long flag.
    drawing.rotate(by: random.bernoulli(0.5) ? 0 : .pi)
    return drawing
  }
}
