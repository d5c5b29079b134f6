// Varies the picture of a digit as hands and scanners do: affinely, elastically, in thickness and in sharpness.

package import Basics

/// The side of the pictures, `InputNormalizer.side`, as a constant of this file so that loops over it are unrolled.
private let side = 28
private let pixelCount = side * side
/// The control points of the displacement field on a side: one each 7 pixels and one beyond either edge.
///
/// The cubic B-spline of them is about as smooth as a Gaussian of deviation 4 (Simard, Steinkraus, Platt 2003).
private let knots = 7

/// Varies pictures of `InputNormalizer.side` by `InputNormalizer.side` pixels; it owns its scratch memory, so that
/// a picture costs no allocation.
package final class Distorter {
  /// What to vary, and how much.
  package let distortion: Distortion
  /// B-spline weights of the control points for each pixel of a row: `side` rows of `knots`.
  private let weights: UnsafeMutablePointer<Float>
  /// Scratch memory: horizontal and vertical displacements, a copy of the picture, control points, a spline pass.
  private let scratch: UnsafeMutablePointer<Float>

  /// Makes a distorter.
  package init(_ distortion: Distortion) {
    self.distortion = distortion
    weights = .allocate(capacity: side * knots)
    weights.initialize(repeating: 0, count: side * knots)
    let size = 3 * pixelCount + knots * knots + knots * side
    scratch = .allocate(capacity: size)
    scratch.initialize(repeating: 0, count: size)
    for pixel in 0..<side {
      let position = Float(pixel) / Float(side) * Float(knots - 3)
      let first = Int(clamping: position)
      let t = position - Float(first)
      let row = weights + pixel * knots + first
      row[0] = (1 - t) * (1 - t) * (1 - t) / 6
      row[1] = (3 * t * t * t - 6 * t * t + 4) / 6
      row[2] = (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6
      row[3] = t * t * t / 6
    }
  }

  deinit {
    weights.deallocate()
    scratch.deallocate()
  }

  /// Writes a varied copy of a picture (0 paper, 1 ink); `source` and `target` must not overlap.
  package func distort(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, random: inout SplitMix64
  ) {
    if distortion.unchangedProbability > 0, random.bernoulli(distortion.unchangedProbability) {
      target.update(from: source, count: pixelCount)
      return
    }
    warp(source, into: target, random: &random)
    if distortion.thicknessProbability > 0, random.bernoulli(distortion.thicknessProbability) {
      changeThickness(target, by: random.uniform(within: 1))
    }
    addScanDefects(to: target, random: &random)
  }

  /// Adds the defects of scans to a picture: coarse black and white, an erased rectangle.
  package func addScanDefects(to target: UnsafeMutablePointer<Float>, random: inout SplitMix64) {
    if distortion.coarseScanProbability > 0, random.bernoulli(distortion.coarseScanProbability) {
      scanCoarsely(target, random: &random)
    }
    if distortion.erasureProbability > 0, random.bernoulli(distortion.erasureProbability) {
      eraseRectangle(target, random: &random)
    }
  }

  /// Applies all geometric distortions in one resampling, so that the picture is blurred only once.
  private func warp(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, random: inout SplitMix64
  ) {
    let d = distortion
    let angle = random.uniform(within: d.rotation) * (.pi / 180)
    let shear = tangent(random.uniform(within: d.shear) * (.pi / 180))
    let size = 1 + random.uniform(within: d.scale)
    let stretch = 1 + random.uniform(within: d.scale / 3)
    let axis = unitVector(angle)
    // The map from the target to the source is the inverse of shear, scaling and rotation.
    let (scaleX, scaleY) = (1 / (size * stretch), stretch / size)
    let (a, b) = (axis.x * scaleX - axis.y * scaleX * shear, axis.y * scaleX + axis.x * scaleX * shear)
    let (c, e) = (-axis.y * scaleY, axis.x * scaleY)
    let (shiftX, shiftY) = (random.uniform(within: d.shift), random.uniform(within: d.shift))
    let horizontal = scratch
    let vertical = scratch + pixelCount
    if d.elastic > 0 {
      fillDisplacements(horizontal, deviation: d.elastic, random: &random)
      fillDisplacements(vertical, deviation: d.elastic, random: &random)
    }
    let centre = Float(side - 1) / 2
    for y in 0..<side {
      let v = Float(y) - centre - shiftY
      for x in 0..<side {
        let u = Float(x) - centre - shiftX
        var sourceX = a * u + b * v + centre
        var sourceY = c * u + e * v + centre
        if d.elastic > 0 {
          sourceX += horizontal[y * side + x]
          sourceY += vertical[y * side + x]
        }
        target[y * side + x] = Self.sample(source, sourceX, sourceY)
      }
    }
  }

  /// The picture's value between pixels (bilinear); outside is paper.
  @inline(__always)
  private static func sample(_ source: UnsafePointer<Float>, _ x: Float, _ y: Float) -> Float {
    guard x > -1, y > -1, x < Float(side), y < Float(side) else { return 0 }
    // The conversion rounds towards 0. Adding one before makes it a floor for numbers above minus one.
    let column = Int(clamping: x + 1) - 1
    let row = Int(clamping: y + 1) - 1
    let (fx, fy) = (x - Float(column), y - Float(row))
    let p = source + row * side + column
    if column >= 0, row >= 0, column < side - 1, row < side - 1 {
      let top = p[0] + (p[1] - p[0]) * fx
      let bottom = p[side] + (p[side + 1] - p[side]) * fx
      return top + (bottom - top) * fy
    }
    func at(_ offset: Int, _ column: Int, _ row: Int) -> Float {
      column >= 0 && row >= 0 && column < side && row < side ? p[offset] : 0
    }
    let top = at(0, column, row) * (1 - fx) + at(1, column + 1, row) * fx
    let bottom = at(side, column, row + 1) * (1 - fx) + at(side + 1, column + 1, row + 1) * fx
    return top + (bottom - top) * fy
  }

  /// Fills a field with a smooth random surface: a cubic B-spline of random control points.
  private func fillDisplacements(
    _ field: UnsafeMutablePointer<Float>, deviation: Float, random: inout SplitMix64
  ) {
    let points = scratch + 3 * pixelCount
    let rows = points + knots * knots
    // The B-spline averages its control points: the surface has about 0.48 of their deviation.
    for k in 0..<(knots * knots) { points[k] = random.approximateNormal() * deviation * (1 / 0.48) }
    for k in 0..<knots {
      for x in 0..<side {
        var sum: Float = 0
        for j in 0..<knots { sum += weights[x * knots + j] * points[k * knots + j] }
        rows[k * side + x] = sum
      }
    }
    for y in 0..<side {
      let first = y * (knots - 3) / side
      for x in 0..<side {
        var sum: Float = 0
        for j in first..<(first + 4) { sum += weights[y * knots + j] * rows[j * side + x] }
        field[y * side + x] = sum
      }
    }
  }

  /// Mixes each pixel with the maximum (`amount` above 0) or the minimum of itself and its four neighbours.
  private func changeThickness(_ picture: UnsafeMutablePointer<Float>, by amount: Float) {
    let copy = scratch + 2 * pixelCount
    copy.update(from: picture, count: pixelCount)
    for y in 1..<(side - 1) {
      for x in 1..<(side - 1) {
        let p = copy + y * side + x
        let extreme =
          amount > 0
          ? max(max(max(p[-1], p[1]), max(p[-side], p[side])), p[0])
          : min(min(min(p[-1], p[1]), min(p[-side], p[side])), p[0])
        picture[y * side + x] = p[0] + (extreme - p[0]) * abs(amount)
      }
    }
  }

  /// Reduces to 12 to 24 pixels a side in black and white, and enlarges the result smoothly again.
  private func scanCoarsely(_ picture: UnsafeMutablePointer<Float>, random: inout SplitMix64) {
    let copy = scratch + 2 * pixelCount
    copy.update(repeating: 0, count: pixelCount)
    let size = 12 + random.index(below: 13)
    let threshold = random.uniform(0.25, 0.55)
    let step = Float(side) / Float(size)
    for y in 0..<size {
      for x in 0..<size {
        // The mean of four points approximates the mean over the coarse pixel.
        let (left, right) = ((Float(x) + 0.25) * step - 0.5, (Float(x) + 0.75) * step - 0.5)
        let (top, bottom) = ((Float(y) + 0.25) * step - 0.5, (Float(y) + 0.75) * step - 0.5)
        let sum =
          Self.sample(picture, left, top) + Self.sample(picture, right, top)
          + Self.sample(picture, left, bottom) + Self.sample(picture, right, bottom)
        copy[y * side + x] = sum / 4 > threshold ? 1 : 0
      }
    }
    for y in 0..<side {
      for x in 0..<side {
        picture[y * side + x] = Self.sample(
          copy, (Float(x) + 0.5) / step - 0.5, (Float(y) + 0.5) / step - 0.5)
      }
    }
  }

  /// Sets a rectangle of 3 to 8 pixels a side to paper.
  private func eraseRectangle(_ picture: UnsafeMutablePointer<Float>, random: inout SplitMix64) {
    let width = 3 + random.index(below: 6)
    let height = 3 + random.index(below: 6)
    let left = random.index(below: side - width)
    let top = random.index(below: side - height)
    for y in top..<(top + height) {
      for x in left..<(left + width) { picture[y * side + x] = 0 }
    }
  }
}
