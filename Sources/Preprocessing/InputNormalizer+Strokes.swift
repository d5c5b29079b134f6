public import Ink

/// Strokes go into the input as vectors: scaled as points, and drawn once.
extension InputNormalizer {
  /// The smallest extent of ink in any unit: ink that is smaller in both directions is a dot.
  static let smallestExtent = 1e-9
  /// The greatest extent of ink in any unit; ink that is larger has no input.
  static let greatestExtent = 1e15

  /// The input for strokes that make up one symbol; nil where there is no sample.
  ///
  /// The width of the strokes themselves does not matter: the pen is the model's.
  public func input(of strokes: [Stroke]) -> Coverage? {
    input(of: strokes.map { $0.samples.map(\.point) }, dot: strokes.map(\.width).max() ?? 0)
  }

  /// The input for strokes given as points.
  ///
  /// Ink smaller than `dot`, in page units, is not enlarged to fill the box: it stays a dot.
  public func input(of strokes: [[Point]], dot: Double = 0) -> Coverage? {
    // Counted from the ink's own corner, in whole steps: where the ink is makes no difference at all.
    var corner: (x: Int, y: Int)?
    for point in strokes.joined() {
      let exact = point.exact
      corner = (min(corner?.x ?? exact.x, exact.x), min(corner?.y ?? exact.y, exact.y))
    }
    guard let corner else { return nil }
    let trails = strokes.map { stroke in
      stroke.map { point in
        let exact = point.exact
        return StrokeSpline.Place(Double(exact.x - corner.x), Double(exact.y - corner.y)) / Point.stepsPerUnit
      }
    }
    return input(of: trails, dot: dot)
  }

  /// The input for strokes given as places in any unit; nil where there is none.
  public func input(of trails: [[StrokeSpline.Place]], dot: Double = 0) -> Coverage? {
    guard let inner = inner(trails, dot: dot) else { return nil }
    if !deskew { return Self.paste(inner) }
    let slant = Self.slant(of: inner)
    if abs(slant) < 0.01 { return Self.paste(inner) }
    let upright = trails.map { $0.map { StrokeSpline.Place($0.x - slant * $0.y, $0.y) } }
    return self.inner(upright, dot: dot).map(Self.paste)
  }

  private func inner(_ trails: [[StrokeSpline.Place]], dot: Double) -> Coverage? {
    let curves = trails.map { StrokeSpline(through: $0) }
    var low = StrokeSpline.Place(repeating: .infinity)
    var high = StrokeSpline.Place(repeating: -.infinity)
    func note(_ place: StrokeSpline.Place) {
      low = StrokeSpline.Place(min(low.x, place.x), min(low.y, place.y))
      high = StrokeSpline.Place(max(high.x, place.x), max(high.y, place.y))
    }
    for curve in curves {
      for piece in curve.pieces {
        note(piece.start)
        note(piece.place(at: 0.5))
        note(piece.end)
      }
    }
    guard low.x <= high.x, (high - low).max() <= Self.greatestExtent else { return nil }
    let size = max((high - low).max(), dot)
    let room = Double(Self.inner) - pen
    let scale = size >= Self.smallestExtent ? room / size : 1
    let middle = (low + high) / 2
    let half = Double(Self.inner) / 2
    return StrokeRasterizer.coverage(
      of: trails, scale: scale, x: half - middle.x * scale, y: half - middle.y * scale, width: pen,
      side: Self.inner)
  }

  /// How far the ink leans to the right for each pixel downwards, from its second moments.
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
    // Flat ink, a minus sign, has no slant that could be told; nobody writes slanted by more than 45 degrees.
    return yy / sum < 1 ? 0 : min(max(xy / yy, -1), 1)
  }
}
