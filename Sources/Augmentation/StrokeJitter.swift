// Varies strokes as hands, mice and tablets do: slant, speed, tremor, lost samples, gaps, retraced parts.

package import Basics

/// Random variations of a drawing.
///
/// Their amounts were chosen so that the digits stay readable at strength 1.
package struct StrokeJitter: Sendable, Hashable {
  /// The factor of all amounts and probabilities; 1 is the unsteadiest handwriting.
  package var strength: Float

  /// Makes a variation.
  package init(_ strength: Float) { self.strength = strength }

  /// Returns a varied drawing, its centre near 0 and its longer side about 1.
  package func apply(to drawing: PolylineDrawing, random: inout SplitMix64) -> PolylineDrawing {
    var result = drawing.normalized
    guard strength > 0, !drawing.strokes.isEmpty else { return result }
    transformAffinely(&result, random: &random)
    warp(&result, random: &random)
    if result.strokes.count > 1 { shiftStrokes(&result, random: &random) }
    let speed = random.uniform()
    for index in result.strokes.indices {
      resample(&result.strokes[index], speed: speed, random: &random)
      if random.bernoulli(0.25 * strength) {
        smooth(&result.strokes[index], times: 1 + random.index(below: 3))
      }
      if random.bernoulli(0.12 * strength) { addHook(to: &result.strokes[index], random: &random) }
    }
    if random.bernoulli(0.4 * strength) { addTremor(to: &result, random: &random) }
    if random.bernoulli(0.1 * strength) { cutGap(in: &result, random: &random) }
    if random.bernoulli(0.08 * strength) { retracePart(of: &result, random: &random) }
    return result
  }

  /// Slants, stretches and rotates the whole drawing.
  private func transformAffinely(_ drawing: inout PolylineDrawing, random: inout SplitMix64) {
    let angle = random.uniform(within: 22 * strength) * (.pi / 180)
    let slant = random.approximateNormal() * 0.15 * strength
    let stretch = 1 + random.uniform(within: 0.25 * strength)
    drawing.updatePoints { $0.x = ($0.x - slant * $0.y) * stretch }
    drawing.rotate(by: angle)
  }

  /// Bends the drawing smoothly, by two waves of random direction, length and phase.
  private func warp(_ drawing: inout PolylineDrawing, random: inout SplitMix64) {
    for _ in 0..<2 {
      let wave = random.uniformVector(within: 5)
      let amplitude = random.normalVector() * (0.03 * strength)
      let phase = random.uniform(0, 2 * .pi)
      drawing.updatePoints { $0 += amplitude * sine(($0 * wave).sum() + phase) }
    }
  }

  /// Moves the strokes against each other.
  private func shiftStrokes(_ drawing: inout PolylineDrawing, random: inout SplitMix64) {
    for stroke in drawing.strokes.indices {
      let shift = random.normalVector() * (0.025 * strength)
      for index in drawing.strokes[stroke].indices { drawing.strokes[stroke][index] += shift }
    }
  }

  /// Removes points, as in a fast stroke, or doubles them, as with a slow mouse.
  private func resample(_ stroke: inout Polyline, speed: Float, random: inout SplitMix64) {
    guard stroke.count > 4 else { return }
    if speed < 0.3 {
      let lossProbability = min(0.9, speed / 0.3 * 0.6 * strength)
      let last = stroke.count - 1
      // Two neighbours are never both removed, so that the shape stays recognisable.
      stroke = stroke.enumerated().filter { k, _ in
        k == 0 || k == last || k % 2 == 0 || !random.bernoulli(lossProbability)
      }.map(\.element)
    } else if speed > 0.85 {
      var doubled: Polyline = []
      doubled.reserveCapacity(stroke.count * 2)
      for point in stroke {
        doubled.append(point)
        if random.bernoulli(0.3) { doubled.append(point + random.normalVector() * (0.004 * strength)) }
      }
      stroke = doubled
    }
  }

  /// Rounds the corners: each inner point becomes a weighted mean of itself and its neighbours.
  private func smooth(_ stroke: inout Polyline, times: Int) {
    guard stroke.count > 2 else { return }
    for _ in 0..<times {
      var before = stroke[0]
      for k in 1..<(stroke.count - 1) {
        let point = stroke[k]
        stroke[k] = (before + stroke[k + 1]) * 0.25 + point * 0.5
        before = point
      }
    }
  }

  /// Adds the small hook that a pen leaves where it touches the paper or is lifted.
  private func addHook(to stroke: inout Polyline, random: inout SplitMix64) {
    guard let first = stroke.first, let last = stroke.last else { return }
    let offset = random.normalVector() * (0.035 * strength)
    if random.bernoulli(0.5) { stroke.insert(first + offset, at: 0) } else { stroke.append(last + offset) }
  }

  /// Adds tremor: a correlated error that decays, and independent noise at each point.
  private func addTremor(to drawing: inout PolylineDrawing, random: inout SplitMix64) {
    let drift = random.uniform() * 0.008 * strength
    let noise = random.uniform() * 0.008 * strength
    var error = SIMD2<Float>()
    drawing.updatePoints { point in
      error = error * 0.85 + random.normalVector() * drift
      point += error + random.normalVector() * noise
    }
  }

  /// Cuts a short gap into a stroke.
  private func cutGap(in drawing: inout PolylineDrawing, random: inout SplitMix64) {
    let index = random.index(below: drawing.strokes.count)
    let stroke = drawing.strokes[index]
    guard stroke.count > 8 else { return }
    let start = 2 + random.index(below: stroke.count - 5)
    var end = start + 1
    let wantedLength = random.uniform(0.01, 0.06) * strength
    var length: Float = 0
    while end < stroke.count - 2, length < wantedLength {
      length += distance(stroke[end - 1], stroke[end])
      end += 1
    }
    guard length < 0.12 else { return }
    drawing.strokes[index] = Array(stroke[..<start])
    drawing.strokes.insert(Array(stroke[(end - 1)...]), at: index + 1)
  }

  /// Draws a part of a stroke a second time, beside it.
  private func retracePart(of drawing: inout PolylineDrawing, random: inout SplitMix64) {
    let stroke = drawing.strokes[random.index(below: drawing.strokes.count)]
    guard stroke.count > 5 else { return }
    let start = random.index(below: stroke.count - 4)
    let count = 3 + random.index(below: min(stroke.count - start - 2, max(1, stroke.count / 3)))
    let offset = random.normalVector() * (0.012 * strength)
    drawing.strokes.append(stroke[start..<min(stroke.count, start + count)].map { $0 + offset })
  }
}
