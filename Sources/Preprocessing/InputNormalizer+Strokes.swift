// Normalisation of strokes.

public import Ink

extension InputNormalizer {
  /// Ink of a smaller extent in both directions, in any unit, is a dot.
  static let minExtent = 1e-9
  /// Ink of a greater extent, in any unit, has no input.
  static let maxExtent = 1e15

  /// Normalises the strokes of one symbol.
  ///
  /// They are scaled as vectors and drawn with the width `pen`.
  ///
  /// - Parameter strokes: the strokes; their widths only decide what is a dot.
  /// - Returns: the input; nil without samples.
  public func input(of strokes: [Stroke]) -> Coverage? {
    input(of: strokes.map { $0.samples.map(\.point) }, dot: strokes.map(\.width).max() ?? 0)
  }

  /// Normalises strokes given as points.
  ///
  /// - Parameters:
  ///   - strokes: the points of each stroke.
  ///   - dot: ink smaller than this, in page units, is not enlarged to fill the box.
  /// - Returns: the input; nil without points.
  public func input(of strokes: [[Point]], dot: Double = 0) -> Coverage? {
    // Coordinates relative to the ink's corner, in whole steps: the result does not depend on the ink's
    // position.
    var corner: (x: Int, y: Int)?
    for point in strokes.joined() {
      let exact = point.exact
      corner = (min(corner?.x ?? exact.x, exact.x), min(corner?.y ?? exact.y, exact.y))
    }
    guard let corner else { return nil }
    let positions = strokes.map { stroke in
      stroke.map { point in
        let exact = point.exact
        return StrokeSpline.Position(Double(exact.x - corner.x), Double(exact.y - corner.y))
          / Point.stepsPerUnit
      }
    }
    return input(of: positions, dot: dot)
  }

  /// Normalises strokes given as positions in any unit.
  ///
  /// - Parameters:
  ///   - strokes: the positions of each stroke.
  ///   - dot: ink smaller than this is not enlarged to fill the box.
  /// - Returns: the input; nil without positions.
  public func input(of strokes: [[StrokeSpline.Position]], dot: Double = 0) -> Coverage? {
    guard let inner = inner(strokes, dot: dot) else { return nil }
    if !deskew { return Self.centered(inner) }
    let slant = Self.slant(of: inner)
    if abs(slant) < 0.01 { return Self.centered(inner) }
    let upright = strokes.map { $0.map { StrokeSpline.Position($0.x - slant * $0.y, $0.y) } }
    return self.inner(upright, dot: dot).map(Self.centered)
  }

  private func inner(_ strokes: [[StrokeSpline.Position]], dot: Double) -> Coverage? {
    let curves = strokes.map { StrokeSpline(through: $0) }
    var low = StrokeSpline.Position(repeating: .infinity)
    var high = StrokeSpline.Position(repeating: -.infinity)
    func include(_ position: StrokeSpline.Position) {
      low = StrokeSpline.Position(min(low.x, position.x), min(low.y, position.y))
      high = StrokeSpline.Position(max(high.x, position.x), max(high.y, position.y))
    }
    for curve in curves {
      for piece in curve.pieces {
        include(piece.start)
        include(piece.position(at: 0.5))
        include(piece.end)
      }
    }
    guard low.x <= high.x, (high - low).max() <= Self.maxExtent else { return nil }
    let size = max((high - low).max(), dot)
    let scale = size >= Self.minExtent ? (Double(Self.inner) - pen) / size : 1
    let middle = (low + high) / 2
    let half = Double(Self.inner) / 2
    return StrokeRasterizer.coverage(
      of: strokes, scale: scale, x: half - middle.x * scale, y: half - middle.y * scale, width: pen,
      side: Self.inner)
  }

  /// How far the ink moves to the right with each pixel down, from its second moments.
  static func slant(of ink: Coverage) -> Double {
    var sum = 0.0
    var x1 = 0.0
    var y1 = 0.0
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        let level = Double(ink[x, y])
        sum += level
        x1 += level * Double(x)
        y1 += level * Double(y)
      }
    }
    if sum == 0 { return 0 }
    var xy = 0.0
    var yy = 0.0
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        let level = Double(ink[x, y])
        xy += level * (Double(x) - x1 / sum) * (Double(y) - y1 / sum)
        yy += level * (Double(y) - y1 / sum) * (Double(y) - y1 / sum)
      }
    }
    // Flat ink, such as a minus sign, has no measurable slant. Handwriting slants by at most 45 degrees.
    return yy / sum < 1 ? 0 : min(max(xy / yy, -1), 1)
  }
}
