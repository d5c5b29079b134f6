// A drawing as polylines of plain numbers, for fast variation: no page, no rounding, no times.

import Basics

/// The points of a stroke in the order in which they were drawn, y downwards.
package typealias Polyline = [SIMD2<Float>]

/// Strokes as polylines, in any unit.
package struct PolylineDrawing: Sendable, Equatable {
  /// The strokes in the order in which they were drawn.
  package var strokes: [Polyline]

  /// Makes a drawing.
  package init(_ strokes: [Polyline] = []) { self.strokes = strokes }

  /// The least box around all points.
  package struct Bounds: Sendable {
    /// The least coordinates.
    package var low: SIMD2<Float>
    /// The greatest coordinates.
    package var high: SIMD2<Float>
    /// The width and the height.
    package var size: SIMD2<Float> { high - low }
  }

  /// The box around all points, or nil for a drawing without points.
  package var bounds: Bounds? {
    var bounds = Bounds(low: SIMD2(repeating: .infinity), high: SIMD2(repeating: -.infinity))
    for stroke in strokes {
      for point in stroke {
        bounds.low = pointwiseMin(bounds.low, point)
        bounds.high = pointwiseMax(bounds.high, point)
      }
    }
    return bounds.low.x <= bounds.high.x ? bounds : nil
  }

  /// The drawing moved and scaled so that its centre is at 0 and its longer side is 1; a single dot stays a dot.
  package var normalized: PolylineDrawing {
    guard let bounds else { return self }
    let side = max(bounds.size.max(), 1e-6)
    let centre = (bounds.low + bounds.high) / 2
    return PolylineDrawing(strokes.map { $0.map { ($0 - centre) / side } })
  }

  /// The sum of the lengths of all strokes.
  package var length: Float {
    strokes.reduce(0) { sum, stroke in
      sum + zip(stroke, stroke.dropFirst()).reduce(0) { $0 + distance($1.0, $1.1) }
    }
  }

  /// Changes each point, stroke by stroke.
  @inline(__always)
  mutating func updatePoints(_ change: (inout SIMD2<Float>) -> Void) {
    for stroke in strokes.indices {
      for index in strokes[stroke].indices { change(&strokes[stroke][index]) }
    }
  }

  /// Rotates the drawing about 0, clockwise on a screen.
  mutating func rotate(by angle: Float) {
    if angle == 0 { return }
    let axis = unitVector(angle)
    updatePoints { $0 = SIMD2(axis.x * $0.x - axis.y * $0.y, axis.y * $0.x + axis.x * $0.y) }
  }
}

/// The distance between two points.
func distance(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> Float {
  let d = b - a
  return (d * d).sum().squareRoot()
}

/// Points on the straight lines between corners, so close that variations bend the lines.
func interpolated(_ corners: Polyline) -> Polyline {
  guard var last = corners.first else { return [] }
  var points = [last]
  for corner in corners.dropFirst() {
    let steps = max(2, Int(clamping: distance(last, corner) / 0.05))
    for k in 1...steps { points.append(last + (corner - last) * (Float(k) / Float(steps))) }
    last = corner
  }
  return points
}
