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
  package static func any(chance: inout Chance) -> SyntheticNonDigits {
    if chance.happens(0.4) { return .letter }
    if chance.happens(0.3) { return .scribble }
    return allCases[chance.index(below: allCases.count - 1)]
  }

  /// Draws one, its middle near 0 and its longer side about 1.
  package func draw(chance: inout Chance) -> Trail {
    switch self {
    case .scribble: scribble(&chance)
    case .zigzag: zigzag(&chance)
    case .line: flatLines(&chance)
    case .heart: heart(&chance)
    case .dots: dots(&chance)
    case .tick: tick(&chance)
    case .cross: cross(&chance)
    case .spiral: spiral(&chance)
    case .arrow: arrow(&chance)
    case .letter: Skeleton.letters[chance.index(below: Skeleton.letters.count)]
    }
  }

  private func scribble(_ chance: inout Chance) -> Trail {
    let kind = chance.unit()
    let stroke = kind < 0.4 ? wander(&chance) : kind < 0.75 ? dashAbout(&chance) : coil(&chance)
    return Trail([stroke]).normalized
  }

  /// A hand that a spring holds near the middle, so that it crosses its own way.
  private func wander(_ chance: inout Chance) -> [SIMD2<Float>] {
    let count = 30 + chance.index(below: 120)
    var place = SIMD2<Float>()
    var speed = SIMD2(chance.bell(), chance.bell()) * 0.06
    let turning = chance.between(0.02, 0.08)
    var stroke: [SIMD2<Float>] = []
    stroke.reserveCapacity(count)
    for _ in 0..<count {
      stroke.append(place)
      speed = speed * 0.9 + SIMD2(chance.bell(), chance.bell()) * turning - place * 0.05
      place += speed
    }
    return stroke
  }

  /// A hand that dashes from place to place, straight or swinging; fewer than six places may make a digit.
  private func dashAbout(_ chance: inout Chance) -> [SIMD2<Float>] {
    let count = 6 + chance.index(below: 20)
    let isFar = chance.happens(0.5)
    var place = SIMD2<Float>()
    var places: [SIMD2<Float>] = []
    for _ in 0..<count {
      // Either anywhere each time, or a step from where it is.
      place =
        isFar
        ? SIMD2(chance.within(1), chance.within(1)) : place + SIMD2(chance.bell(), chance.bell()) * 0.4
      places.append(place)
    }
    return chance.happens(0.5) ? along(Trail([places]).normalized.strokes[0]) : places
  }

  /// Loops along a line, as one tries a pen; they move on, or they would be a zero drawn twice.
  private func coil(_ chance: inout Chance) -> [SIMD2<Float>] {
    let turns = chance.between(3, 8)
    let step = chance.between(0.3, 0.9)
    let height = chance.between(0.5, 1.6)
    let tilt = chance.within(0.6)
    return (0...Int(clamping: turns * 16)).map { k in
      let angle = Float(k) / 16 * 2 * .pi
      let x = Float(k) / 16 * step
      return SIMD2(x + cosf(angle) * 0.5, sinf(angle) * 0.5 * height + x * tilt)
    }
  }

  private func zigzag(_ chance: inout Chance) -> Trail {
    let teeth = 3 + chance.index(below: 6)
    let height = chance.between(0.15, 0.8)
    let isWave = chance.happens(0.5)
    var stroke: [SIMD2<Float>] = []
    for k in 0...(teeth * 8) {
      let t = Float(k) / 8
      let phase = t - Float(Int(clamping: t))
      let y = isWave ? sinf(t * .pi) : (Int(clamping: t) % 2 == 0 ? 2 * phase - 1 : 1 - 2 * phase)
      stroke.append(SIMD2(t / Float(teeth), y * height / 2))
    }
    // Upright, a flat one would be a one by a trembling hand, and one of three teeth a 3 or 5.
    return turned(Trail([stroke]), by: teeth > 4 && height > 0.35 && chance.happens(0.5) ? .pi / 2 : 0)
  }

  private func flatLines(_ chance: inout Chance) -> Trail {
    let count = 1 + chance.index(below: 6) / 3
    let apart = chance.between(0.15, 0.5)
    let bow = chance.within(0.06)
    return Trail(
      (0..<count).map { line in
        let tilt = chance.within(0.12)
        return (0...12).map { k in
          let x = Float(k) / 12 - 0.5
          return SIMD2(x, Float(line) * apart + tilt * x + bow * (1 - 4 * x * x))
        }
      })
  }

  private func heart(_ chance: inout Chance) -> Trail {
    let width = chance.between(0.8, 1.2)
    let start = chance.unit() < 0.7 ? Float(0) : chance.between(0, 2 * .pi)
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

  private func dots(_ chance: inout Chance) -> Trail {
    let count = chance.happens(0.6) ? 1 : 2 + chance.index(below: 4)
    return Trail(
      (0..<count).map { _ in
        let middle = SIMD2(chance.within(0.5), chance.within(0.5))
        let reach = chance.unit() * 0.03
        return (0...chance.index(below: 6)).map { _ in middle + SIMD2(chance.bell(), chance.bell()) * reach }
      })
  }

  private func tick(_ chance: inout Chance) -> Trail {
    let corner = SIMD2(chance.between(-0.35, -0.1), chance.between(0.3, 0.5))
    let start = corner + SIMD2(-chance.between(0.12, 0.35), -chance.between(0.15, 0.45))
    let end = SIMD2(chance.between(0.35, 0.7), -chance.between(0.3, 0.6))
    return Trail([along([start, corner, end])])
  }

  private func cross(_ chance: inout Chance) -> Trail {
    let count = chance.happens(0.3) ? 3 : 2
    let first = chance.happens(0.5) ? Float(0) : .pi / 4
    return Trail(
      (0..<count).map { k in
        let angle = first + Float(k) * .pi / Float(count) + chance.within(0.15)
        let ray = SIMD2(cosf(angle), sinf(angle)) * chance.between(0.38, 0.55)
        return along([-ray, ray])
      })
  }

  private func spiral(_ chance: inout Chance) -> Trail {
    let turns = chance.between(2, 4)
    let start = chance.between(0, 2 * .pi)
    let way: Float = chance.happens(0.5) ? 1 : -1
    return Trail([
      (0...80).map { k in
        let t = Float(k) / 80
        let angle = start + way * t * turns * 2 * .pi
        return SIMD2(cosf(angle), sinf(angle)) * (0.05 + 0.45 * t)
      }
    ])
  }

  private func arrow(_ chance: inout Chance) -> Trail {
    let barb = chance.between(0.15, 0.35)
    let shaft = along([SIMD2(-0.5, 0), SIMD2(0.5, 0)])
    let head = along([SIMD2(0.5 - barb, -barb * 0.7), SIMD2(0.5, 0), SIMD2(0.5 - barb, barb * 0.7)])
    // Up and down arrows would pass for ones with a long flag.
    return turned(Trail([shaft, head]), by: chance.happens(0.5) ? 0 : .pi)
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
