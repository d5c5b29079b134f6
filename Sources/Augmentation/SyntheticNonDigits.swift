// Makes drawings that are no digit, for the class "none of these": scribbles, lines, hearts, ticks, dots, half digits.

package import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The kinds of drawing that a model learns to refuse and that need nobody to draw them.
package enum SyntheticNonDigits: CaseIterable, Sendable {
  /// A hand going to and fro without aim.
  case scribble
  /// Zigzag, or a wave.
  case zigzag
  /// A flat line, or two or three (upright and slanted ones are ones).
  case line
  /// A heart.
  case heart
  /// A dot or a few.
  case dots
  /// A tick.
  case tick
  /// A cross of two strokes, upright or slanted; a star of three.
  case cross
  /// A spiral of more than two turns.
  case spiral
  /// An arrow.
  case arrow
  /// A letter's skeleton.
  case letter

  /// One of the kinds: most often a letter, often a scribble, of which there are most, else any.
  package static func any(random: inout SplitMix64) -> SyntheticNonDigits {
    if random.bernoulli(0.4) { return .letter }
    if random.bernoulli(0.3) { return .scribble }
    return allCases[random.index(below: allCases.count - 1)]
  }

  /// Draws one, its middle near 0 and its longer side about 1.
  package func draw(random: inout SplitMix64) -> Trail {
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
    case .letter: Skeleton.letters[random.index(below: Skeleton.letters.count)]
    }
  }

  private func scribble(_ random: inout SplitMix64) -> Trail {
    let kind = random.uniform()
    let stroke = kind < 0.4 ? wander(&random) : kind < 0.75 ? dashAbout(&random) : coil(&random)
    return Trail([stroke]).normalized
  }

  /// A hand that a spring holds near the middle, so that it crosses its own way.
  private func wander(_ random: inout SplitMix64) -> [SIMD2<Float>] {
    let count = 30 + random.index(below: 120)
    var place = SIMD2<Float>()
    var speed = SIMD2(random.approximateNormal(), random.approximateNormal()) * 0.06
    let turning = random.uniform(0.02, 0.08)
    var stroke: [SIMD2<Float>] = []
    stroke.reserveCapacity(count)
    for _ in 0..<count {
      stroke.append(place)
      speed =
        speed * 0.9 + SIMD2(random.approximateNormal(), random.approximateNormal()) * turning - place * 0.05
      place += speed
    }
    return stroke
  }

  /// A hand that dashes from place to place, straight or swinging; fewer than six places may make a digit.
  private func dashAbout(_ random: inout SplitMix64) -> [SIMD2<Float>] {
    let count = 6 + random.index(below: 20)
    let isFar = random.bernoulli(0.5)
    var place = SIMD2<Float>()
    var places: [SIMD2<Float>] = []
    for _ in 0..<count {
      // Either anywhere each time, or a step from where it is.
      place =
        isFar
        ? SIMD2(random.uniform(within: 1), random.uniform(within: 1))
        : place + SIMD2(random.approximateNormal(), random.approximateNormal()) * 0.4
      places.append(place)
    }
    return random.bernoulli(0.5) ? along(Trail([places]).normalized.strokes[0]) : places
  }

  /// Loops along a line, as one tries a pen; they move on, or they would be a zero drawn twice.
  private func coil(_ random: inout SplitMix64) -> [SIMD2<Float>] {
    let turns = random.uniform(3, 8)
    let step = random.uniform(0.3, 0.9)
    let height = random.uniform(0.5, 1.6)
    let tilt = random.uniform(within: 0.6)
    return (0...Int(clamping: turns * 16)).map { k in
      let angle = Float(k) / 16 * 2 * .pi
      let x = Float(k) / 16 * step
      return SIMD2(x + cosf(angle) * 0.5, sinf(angle) * 0.5 * height + x * tilt)
    }
  }

  private func zigzag(_ random: inout SplitMix64) -> Trail {
    let teeth = 3 + random.index(below: 6)
    let height = random.uniform(0.15, 0.8)
    let isWave = random.bernoulli(0.5)
    var stroke: [SIMD2<Float>] = []
    for k in 0...(teeth * 8) {
      let t = Float(k) / 8
      let phase = t - Float(Int(clamping: t))
      let y = isWave ? sinf(t * .pi) : (Int(clamping: t) % 2 == 0 ? 2 * phase - 1 : 1 - 2 * phase)
      stroke.append(SIMD2(t / Float(teeth), y * height / 2))
    }
    // Upright, a flat one would be a one by a trembling hand, and one of three teeth a 3 or 5.
    return turned(Trail([stroke]), by: teeth > 4 && height > 0.35 && random.bernoulli(0.5) ? .pi / 2 : 0)
  }

  private func flatLines(_ random: inout SplitMix64) -> Trail {
    let count = 1 + random.index(below: 6) / 3
    let apart = random.uniform(0.15, 0.5)
    let bow = random.uniform(within: 0.06)
    return Trail(
      (0..<count).map { line in
        let tilt = random.uniform(within: 0.12)
        return (0...12).map { k in
          let x = Float(k) / 12 - 0.5
          return SIMD2(x, Float(line) * apart + tilt * x + bow * (1 - 4 * x * x))
        }
      })
  }

  private func heart(_ random: inout SplitMix64) -> Trail {
    let width = random.uniform(0.8, 1.2)
    let start = random.uniform() < 0.7 ? Float(0) : random.uniform(0, 2 * .pi)
    return Trail([
      (0...40).map { k in
        let t = start + Float(k) / 40 * 2 * .pi
        let s = sinf(t)
        let x = 16 * s * s * s
        let y = 13 * cosf(t) - 5 * cosf(2 * t) - 2 * cosf(3 * t) - cosf(4 * t)
        return SIMD2(x / 32 * width, -y / 32)
      }
    ])
  }

  private func dots(_ random: inout SplitMix64) -> Trail {
    let count = random.bernoulli(0.6) ? 1 : 2 + random.index(below: 4)
    return Trail(
      (0..<count).map { _ in
        let middle = SIMD2(random.uniform(within: 0.5), random.uniform(within: 0.5))
        let reach = random.uniform() * 0.03
        return (0...random.index(below: 6)).map { _ in
          middle + SIMD2(random.approximateNormal(), random.approximateNormal()) * reach
        }
      })
  }

  private func tick(_ random: inout SplitMix64) -> Trail {
    let corner = SIMD2(random.uniform(-0.35, -0.1), random.uniform(0.3, 0.5))
    let start = corner + SIMD2(-random.uniform(0.12, 0.35), -random.uniform(0.15, 0.45))
    let end = SIMD2(random.uniform(0.35, 0.7), -random.uniform(0.3, 0.6))
    return Trail([along([start, corner, end])])
  }

  private func cross(_ random: inout SplitMix64) -> Trail {
    let count = random.bernoulli(0.3) ? 3 : 2
    let first = random.bernoulli(0.5) ? Float(0) : .pi / 4
    return Trail(
      (0..<count).map { k in
        let angle = first + Float(k) * .pi / Float(count) + random.uniform(within: 0.15)
        let ray = SIMD2(cosf(angle), sinf(angle)) * random.uniform(0.38, 0.55)
        return along([-ray, ray])
      })
  }

  private func spiral(_ random: inout SplitMix64) -> Trail {
    let turns = random.uniform(2, 4)
    let start = random.uniform(0, 2 * .pi)
    let way: Float = random.bernoulli(0.5) ? 1 : -1
    return Trail([
      (0...80).map { k in
        let t = Float(k) / 80
        let angle = start + way * t * turns * 2 * .pi
        return SIMD2(cosf(angle), sinf(angle)) * (0.05 + 0.45 * t)
      }
    ])
  }

  private func arrow(_ random: inout SplitMix64) -> Trail {
    let barb = random.uniform(0.15, 0.35)
    let shaft = along([SIMD2(-0.5, 0), SIMD2(0.5, 0)])
    let head = along([SIMD2(0.5 - barb, -barb * 0.7), SIMD2(0.5, 0), SIMD2(0.5 - barb, barb * 0.7)])
    // Up and down arrows would pass for ones with a long flag.
    return turned(Trail([shaft, head]), by: random.bernoulli(0.5) ? 0 : .pi)
  }
}

/// Places along straight lines between corners, close enough to be varied like drawn ones.
func along(_ corners: [SIMD2<Float>]) -> [SIMD2<Float>] {
  guard var last = corners.first else { return [] }
  var places = [last]
  for corner in corners.dropFirst() {
    let steps = max(2, Int(clamping: distance(last, corner) / 0.05))
    for k in 1...steps { places.append(last + (corner - last) * (Float(k) / Float(steps))) }
    last = corner
  }
  return places
}

/// A trail turned about 0.
private func turned(_ trail: Trail, by angle: Float) -> Trail {
  if angle == 0 { return trail }
  let (sine, cosine) = (sinf(angle), cosf(angle))
  return Trail(
    trail.strokes.map { $0.map { SIMD2(cosine * $0.x - sine * $0.y, sine * $0.x + cosine * $0.y) } })
}
