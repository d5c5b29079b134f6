// Ink as plain numbers, for varying it quickly: no page, no rounding, no times.

/// Strokes as lists of places, y downwards, in any unit.
package struct Trail: Sendable, Equatable {
  /// The strokes, each with its places in the order they were drawn.
  package var strokes: [[SIMD2<Float>]]

  /// Makes a trail.
  package init(_ strokes: [[SIMD2<Float>]] = []) { self.strokes = strokes }

  /// The least and the greatest coordinates, or nil where there is no ink.
  package var bounds: (low: SIMD2<Float>, high: SIMD2<Float>)? {
    var low = SIMD2<Float>(repeating: .infinity)
    var high = SIMD2<Float>(repeating: -.infinity)
    for stroke in strokes {
      for place in stroke {
        low = pointwiseMin(low, place)
        high = pointwiseMax(high, place)
      }
    }
    return low.x <= high.x ? (low, high) : nil
  }

  /// The trail moved and sized so that its middle is at 0 and its longer side is 1; a single dot stays a dot.
  package var normalized: Trail {
    guard let (low, high) = bounds else { return self }
    let size = max((high - low).max(), 1e-6)
    let middle = (low + high) / 2
    return Trail(strokes.map { $0.map { ($0 - middle) / size } })
  }

  /// The sum of the lengths of all strokes.
  package var length: Float {
    strokes.reduce(0) { sum, stroke in
      sum + zip(stroke, stroke.dropFirst()).reduce(0) { $0 + distance($1.0, $1.1) }
    }
  }
}

/// How far two places are apart.
func distance(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float {
  let d = b - a
  return (d * d).sum().squareRoot()
}
