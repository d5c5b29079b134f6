// Varies a picture of a digit as hands and scanners do: turned, sized, slanted, moved, bent, inked more or less.

package import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How strongly pictures are varied on their way into a batch; 0 leaves that property alone.
package struct Distortion: Sendable, Hashable {
  /// Turned by up to this many degrees either way.
  package var rotation: Float = 0
  /// Made larger or smaller by up to this share, in each direction by itself to a third of it.
  package var scale: Float = 0
  /// Slanted by up to this many degrees either way.
  package var shear: Float = 0
  /// Moved by up to this many pixels, across and down.
  package var shift: Float = 0
  /// The deviation, in pixels, of a smooth random field that bends the picture.
  package var elastic: Float = 0
  /// The probability of thicker or thinner strokes.
  package var thickness: Float = 0
  /// The probability that a small rectangle is erased.
  package var erase: Float = 0
  /// The probability that the picture is scanned coarsely: shrunk, cut to black and white, grown again.
  package var coarse: Float = 0

  /// The probability that a picture is left as it is: varied ones alone would teach that real ones are never sharp.
  package var plain: Float = 0

  /// Leaves pictures as they are.
  package init() {}

  /// Whether anything is varied at all.
  package var changesNothing: Bool {
    var other = self
    other.plain = 0
    return other == Distortion() || plain >= 1
  }
}

/// The side of the pictures that a `Distorter` varies.
private let side = 28
/// The bending field's control points to a side: one each 7 pixels and one beyond either edge, which with a
/// cubic B-spline between them is about as smooth as a Gaussian of deviation 4 (Simard, Steinkraus, Platt 2003).
private let knots = 7

/// Varies 28×28 pictures; it owns the room that this needs, so that a picture costs no allocation.
package final class Distorter {
  /// What to vary, and how much.
  package let distortion: Distortion
  /// B-spline weights of the control points for each pixel of a row: `side` rows of `knots`.
  private let weights: UnsafeMutablePointer<Float>
  /// Displacements across and down, then two rooms for pictures.
  private let room: UnsafeMutablePointer<Float>

  /// Makes a distorter.
  package init(_ distortion: Distortion) {
    self.distortion = distortion
    weights = .allocate(capacity: side * knots)
    weights.initialize(repeating: 0, count: side * knots)
    room = .allocate(capacity: 4 * side * side + 2 * knots * side)
    room.initialize(repeating: 0, count: 4 * side * side + 2 * knots * side)
    for pixel in 0..<side {
      let place = Float(pixel) / Float(side) * Float(knots - 3)
      let first = Int(clamping: place)
      let t = place - Float(first)
      let row = weights + pixel * knots + first
      row[0] = (1 - t) * (1 - t) * (1 - t) / 6
      row[1] = (3 * t * t * t - 6 * t * t + 4) / 6
      row[2] = (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6
      row[3] = t * t * t / 6
    }
  }

  deinit {
    weights.deallocate()
    room.deallocate()
  }

  /// Writes a varied copy of a picture (0 paper, 1 ink); the two places must not overlap.
  package func vary(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, random: inout SplitMix64
  ) {
    if distortion.plain > 0, random.bernoulli(distortion.plain) {
      target.update(from: source, count: side * side)
      return
    }
    warp(source, into: target, random: &random)
    if distortion.thickness > 0, random.bernoulli(distortion.thickness) {
      thicken(target, random.uniform(within: 1))
    }
    scan(target, random: &random)
  }

  /// Does to a picture in place what scanning may: coarse black and white, a rectangle lost.
  package func scan(_ target: UnsafeMutablePointer<Float>, random: inout SplitMix64) {
    if distortion.coarse > 0, random.bernoulli(distortion.coarse) { coarsen(target, random: &random) }
    if distortion.erase > 0, random.bernoulli(distortion.erase) { erase(target, random: &random) }
  }

  /// Turns, sizes, slants, moves and bends in one resampling, so that the picture is blurred once only.
  private func warp(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, random: inout SplitMix64
  ) {
    let d = distortion
    let angle = random.uniform(within: d.rotation) * (.pi / 180)
    let slant = tanf(random.uniform(within: d.shear) * (.pi / 180))
    let size = 1 + random.uniform(within: d.scale)
    let stretch = 1 + random.uniform(within: d.scale / 3)
    let (sine, cosine) = (sinf(angle), cosf(angle))
    // From a place in the target to the place in the source: the inverse of slant, size and turn.
    let (sx, sy) = (1 / (size * stretch), stretch / size)
    let (a, b) = (cosine * sx - sine * sx * slant, sine * sx + cosine * sx * slant)
    let (c, e) = (-sine * sy, cosine * sy)
    let (moveX, moveY) = (random.uniform(within: d.shift), random.uniform(within: d.shift))
    let across = room
    let down = room + side * side
    if d.elastic > 0 {
      bend(across, by: d.elastic, random: &random)
      bend(down, by: d.elastic, random: &random)
    }
    let middle = Float(side - 1) / 2
    for y in 0..<side {
      let v = Float(y) - middle - moveY
      for x in 0..<side {
        let u = Float(x) - middle - moveX
        var fromX = a * u + b * v + middle
        var fromY = c * u + e * v + middle
        if d.elastic > 0 {
          fromX += across[y * side + x]
          fromY += down[y * side + x]
        }
        target[y * side + x] = Self.sample(source, fromX, fromY)
      }
    }
  }

  /// The picture's value between pixels (bilinear), paper outside of it.
  @inline(__always)
  private static func sample(_ source: UnsafePointer<Float>, _ x: Float, _ y: Float) -> Float {
    guard x > -1, y > -1, x < Float(side), y < Float(side) else { return 0 }
    // Adding one before the cut makes it a floor, for numbers above minus one.
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

  /// Fills a field with a smooth random surface: random control points, cubic B-splines between them.
  private func bend(_ field: UnsafeMutablePointer<Float>, by deviation: Float, random: inout SplitMix64) {
    let points = room + 4 * side * side
    let rows = points + knots * knots
    // A B-spline averages its control points: a surface has about 0.48 of their deviation.
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

  /// Mixes each pixel with the most (amount above 0) or the least ink among its four neighbours.
  private func thicken(_ picture: UnsafeMutablePointer<Float>, _ amount: Float) {
    let copy = room + 2 * side * side
    copy.update(from: picture, count: side * side)
    for y in 1..<(side - 1) {
      for x in 1..<(side - 1) {
        let p = copy + y * side + x
        let ends =
          amount > 0
          ? max(max(max(p[-1], p[1]), max(p[-side], p[side])), p[0])
          : min(min(min(p[-1], p[1]), min(p[-side], p[side])), p[0])
        picture[y * side + x] = p[0] + (ends - p[0]) * abs(amount)
      }
    }
  }

  /// Scans at 12 to 24 pixels a side in black and white, and grows the result smoothly again.
  private func coarsen(_ picture: UnsafeMutablePointer<Float>, random: inout SplitMix64) {
    let copy = room + 2 * side * side
    let size = 12 + random.index(below: 13)
    let cut = random.uniform(0.25, 0.55)
    let step = Float(side) / Float(size)
    for y in 0..<size {
      for x in 0..<size {
        // The mean of four places stands for the mean over the coarse pixel.
        let (left, right) = ((Float(x) + 0.25) * step - 0.5, (Float(x) + 0.75) * step - 0.5)
        let (top, bottom) = ((Float(y) + 0.25) * step - 0.5, (Float(y) + 0.75) * step - 0.5)
        let sum =
          Self.sample(picture, left, top) + Self.sample(picture, right, top)
          + Self.sample(picture, left, bottom) + Self.sample(picture, right, bottom)
        copy[y * side + x] = sum / 4 > cut ? 1 : 0
      }
      for x in size..<side { copy[y * side + x] = 0 }
    }
    for y in size..<side { for x in 0..<side { copy[y * side + x] = 0 } }
    for y in 0..<side {
      for x in 0..<side {
        picture[y * side + x] = Self.sample(
          copy, (Float(x) + 0.5) / step - 0.5, (Float(y) + 0.5) / step - 0.5)
      }
    }
  }

  /// Sets a rectangle of 3 to 8 pixels a side to paper.
  private func erase(_ picture: UnsafeMutablePointer<Float>, random: inout SplitMix64) {
    let width = 3 + random.index(below: 6)
    let height = 3 + random.index(below: 6)
    let left = random.index(below: side - width)
    let top = random.index(below: side - height)
    for y in top..<(top + height) {
      for x in left..<(left + width) { picture[y * side + x] = 0 }
    }
  }
}
