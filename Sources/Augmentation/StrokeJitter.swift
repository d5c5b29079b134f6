// Varies strokes as hands, mice and tablets do: slant, speed, tremor, lost samples, gaps, retouching.

package import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The ways in which the same digit is drawn differently, each with its strength; 1 is as unsteady as hands get.
package struct StrokeJitter: Sendable, Hashable {
  /// The strength of everything.
  package var strength: Float

  /// Makes a variation.
  package init(_ strength: Float) { self.strength = strength }

  /// The trail drawn again by a less steady hand, its middle at 0 and its longer side about 1.
  package func vary(_ trail: Trail, random: inout SplitMix64) -> Trail {
    guard strength > 0, !trail.strokes.isEmpty else { return trail.normalized }
    var strokes = trail.normalized.strokes
    lean(&strokes, random: &random)
    wave(&strokes, random: &random)
    if strokes.count > 1 { loosen(&strokes, random: &random) }
    let pace = random.uniform()
    for index in strokes.indices {
      sample(&strokes[index], pace: pace, random: &random)
      if random.bernoulli(0.25 * strength) { cutCorners(&strokes[index], times: 1 + random.index(below: 3)) }
      if random.bernoulli(0.2) { strokes[index].reverse() }
      if random.bernoulli(0.12 * strength) { hook(&strokes[index], random: &random) }
    }
    if random.bernoulli(0.4 * strength) { tremble(&strokes, random: &random) }
    if random.bernoulli(0.1 * strength) { leaveGap(&strokes, random: &random) }
    if random.bernoulli(0.08 * strength) { retouch(&strokes, random: &random) }
    return Trail(strokes)
  }

  /// Turns, slants and stretches the whole drawing.
  private func lean(_ strokes: inout [[SIMD2<Float>]], random: inout SplitMix64) {
    let angle = random.uniform(within: 22 * strength) * (.pi / 180)
    let slant = random.approximateNormal() * 0.15 * strength
    let stretch = 1 + random.uniform(within: 0.25 * strength)
    let (sine, cosine) = (sinf(angle), cosf(angle))
    for s in strokes.indices {
      for k in strokes[s].indices {
        let p = strokes[s][k]
        let leaning = SIMD2((p.x - slant * p.y) * stretch, p.y)
        strokes[s][k] = SIMD2(cosine * leaning.x - sine * leaning.y, sine * leaning.x + cosine * leaning.y)
      }
    }
  }

  /// Bends the drawing smoothly: two waves of random direction, length and phase.
  private func wave(_ strokes: inout [[SIMD2<Float>]], random: inout SplitMix64) {
    for _ in 0..<2 {
      let along = SIMD2(random.uniform(within: 5), random.uniform(within: 5))
      let push = SIMD2(random.approximateNormal(), random.approximateNormal()) * (0.03 * strength)
      let phase = random.uniform(0, 2 * .pi)
      for s in strokes.indices {
        for k in strokes[s].indices {
          strokes[s][k] += push * sinf((strokes[s][k] * along).sum() + phase)
        }
      }
    }
  }

  /// Moves the strokes against each other a little.
  private func loosen(_ strokes: inout [[SIMD2<Float>]], random: inout SplitMix64) {
    for s in strokes.indices {
      let push = SIMD2(random.approximateNormal(), random.approximateNormal()) * (0.025 * strength)
      for k in strokes[s].indices { strokes[s][k] += push }
    }
  }

  /// Loses samples as a fast hand does, or doubles them as a slow mouse does.
  private func sample(_ stroke: inout [SIMD2<Float>], pace: Float, random: inout SplitMix64) {
    guard stroke.count > 4 else { return }
    if pace < 0.3 {
      let lost = pace / 0.3 * 0.6 * strength
      var kept: [SIMD2<Float>] = []
      kept.reserveCapacity(stroke.count)
      for (k, place) in stroke.enumerated() {
        let isEnd = k == 0 || k == stroke.count - 1
        // Never two in a row: what is lost must stay recognisable.
        if isEnd || k % 2 == 0 || !random.bernoulli(min(0.9, lost)) { kept.append(place) }
      }
      stroke = kept
    } else if pace > 0.85 {
      var doubled: [SIMD2<Float>] = []
      doubled.reserveCapacity(stroke.count * 2)
      for place in stroke {
        doubled.append(place)
        if random.bernoulli(0.3) {
          doubled.append(
            place + SIMD2(random.approximateNormal(), random.approximateNormal()) * (0.004 * strength))
        }
      }
      stroke = doubled
    }
  }

  /// Rounds the corners: each place becomes a mean of itself and its neighbours.
  private func cutCorners(_ stroke: inout [SIMD2<Float>], times: Int) {
    guard stroke.count > 2 else { return }
    for _ in 0..<times {
      var before = stroke[0]
      for k in 1..<(stroke.count - 1) {
        let here = stroke[k]
        stroke[k] = (before + stroke[k + 1]) * 0.25 + here * 0.5
        before = here
      }
    }
  }

  /// Adds the small hook that a pen leaves where it lands or lifts.
  private func hook(_ stroke: inout [SIMD2<Float>], random: inout SplitMix64) {
    guard let first = stroke.first, let last = stroke.last else { return }
    let away = SIMD2(random.approximateNormal(), random.approximateNormal()) * (0.035 * strength)
    if random.bernoulli(0.5) { stroke.insert(first + away, at: 0) } else { stroke.append(last + away) }
  }

  /// Lets the hand tremble: a wandering error that pulls back, and a little noise at each sample.
  private func tremble(_ strokes: inout [[SIMD2<Float>]], random: inout SplitMix64) {
    let wander = random.uniform() * 0.008 * strength
    let noise = random.uniform() * 0.008 * strength
    var error = SIMD2<Float>()
    for s in strokes.indices {
      for k in strokes[s].indices {
        error = error * 0.85 + SIMD2(random.approximateNormal(), random.approximateNormal()) * wander
        strokes[s][k] += error + SIMD2(random.approximateNormal(), random.approximateNormal()) * noise
      }
    }
  }

  /// Lifts the pen for a moment inside of a stroke.
  private func leaveGap(_ strokes: inout [[SIMD2<Float>]], random: inout SplitMix64) {
    let s = random.index(below: strokes.count)
    let stroke = strokes[s]
    guard stroke.count > 8 else { return }
    let start = 2 + random.index(below: stroke.count - 5)
    var end = start + 1
    let wanted = random.uniform(0.01, 0.06) * strength
    var gone: Float = 0
    while end < stroke.count - 2, gone < wanted {
      gone += distance(stroke[end - 1], stroke[end])
      end += 1
    }
    guard gone < 0.12 else { return }
    strokes[s] = Array(stroke[..<start])
    strokes.insert(Array(stroke[(end - 1)...]), at: s + 1)
  }

  /// Goes over a part of a stroke again, beside it.
  private func retouch(_ strokes: inout [[SIMD2<Float>]], random: inout SplitMix64) {
    let stroke = strokes[random.index(below: strokes.count)]
    guard stroke.count > 5 else { return }
    let start = random.index(below: stroke.count - 4)
    let count = 3 + random.index(below: min(stroke.count - start - 2, max(1, stroke.count / 3)))
    let beside = SIMD2(random.approximateNormal(), random.approximateNormal()) * (0.012 * strength)
    strokes.append(stroke[start..<min(stroke.count, start + count)].map { $0 + beside })
  }
}
