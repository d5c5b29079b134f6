import Basics

/// Where horizontal lines, sixteen to a row of pixels, lie inside a mark.
struct ScanlineCoverage {
  /// A pixel's 16 by 16 points: a lane for each line, a bit for each point on it.
  typealias Points = SIMD16<UInt16>
  typealias Lines = SIMD16<Float>

  private let mark: Mark
  // The mark's centre and the edges of what is drawn, in sixteenths of a pixel: all from the page's own
  // edge, so that they are rounded alike whichever part is drawn.
  private let centre: Float
  private let start: Float
  private let limit: Float
  private let origin: Int

  /// The middles of a row's sixteen lines.
  private static var middles: Lines {
    @inline(__always)
    get { Lines(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5, 13.5, 14.5, 15.5) / 16 }
  }
  /// Adding 1.5 · 2²³ leaves a whole number, rounded, in the lowest bits.
  private static var rounding: Float {
    @inline(__always)
    get { 12_582_912 }
  }

  init(_ mark: Mark, within columns: Range<Int>) {
    self.mark = mark
    centre = mark.x * 16
    origin = columns.lowerBound
    start = Float(columns.lowerBound * 16)
    limit = Float(columns.upperBound * 16)
  }

  /// For four rows, the columns that the mark touches, and among them those that it covers whole.
  ///
  /// Its left edge is convex in y and its right edge concave: the outermost lines tell what is covered
  /// whole. What it touches may come out a little too wide. Where it covers none whole, those end where
  /// they start or before.
  struct Columns {
    var touched: (first: Row4, last: Row4)
    var whole: (first: Row4, last: Row4)

    /// A number for each of four rows.
    typealias Row4 = SIMD4<Int32>
  }

  /// The columns of the four rows from `row` on.
  func columns(row: Int) -> Columns {
    let middle = Sixteenths(0.5, 1.5, 2.5, 3.5) + Float(row) - mark.y
    let sway: Float = 15.0 / 32
    if mark.discRadius >= 0 {
      let away = larger(middle, -middle)
      let outer = halfChord(larger(away - sway, .zero))
      let inner = halfChord(away + sway)
      return Columns(
        touched: (floor(centre - outer), ceil(centre + outer)),
        whole: (ceil(centre - inner), floor(centre + inner)))
    }
    let long = mark.longSlope * middle + centre
    let short = mark.shortSlope * middle + centre
    let longSway = abs(mark.longSlope) * sway
    let shortSway = abs(mark.shortSlope) * sway
    let (longOuter, longInner) = (longSway + mark.longHalf, longSway - mark.longHalf)
    let (shortOuter, shortInner) = (shortSway + mark.shortHalf, shortSway - mark.shortHalf)
    return Columns(
      touched: (
        floor(larger(long - longOuter, short - shortOuter)),
        ceil(smaller(long + longOuter, short + shortOuter))
      ),
      whole: (
        ceil(larger(long + longInner, short + shortInner)),
        floor(smaller(long - longInner, short - shortInner))
      ))
  }

  /// The first point inside on each line of a row, and the first one after it.
  @inline(__always)
  func lines(row: Int) -> (from: Lines, to: Lines) {
    let dy = Self.middles + (Float(row) - mark.y)
    var from: Lines
    var to: Lines
    if mark.discRadius >= 0 {
      let square = larger(mark.discRadius * mark.discRadius - dy * dy, Lines.zero)
      let half = 16 * square.squareRoot()
      from = centre - half
      to = centre + half
    } else {
      let long = centre + mark.longSlope * dy
      let short = centre + mark.shortSlope * dy
      from = larger(long - mark.longHalf, short - mark.shortHalf)
      to = smaller(long + mark.longHalf, short + mark.shortHalf)
    }
    let limits = Lines(repeating: limit)
    from = smaller(larger(from, Lines(repeating: start)), limits)
    to = larger(smaller(to, limits), from)
    return (from + Self.rounding - (Self.rounding + start), to + Self.rounding - (Self.rounding + start))
  }

  /// Those of a pixel's points that lie on the lines.
  @inline(__always)
  static func points(from: Lines, to: Lines, column: Int) -> Points {
    let origin = Float(column * 16)
    return Points(truncatingIfNeeded: (power(to - origin) - power(from - origin) + 8_388_608).bits)
  }

  /// Two to the power of each number, brought between 0 and 16 before.
  @inline(__always)
  private static func power(_ exponents: Lines) -> Lines {
    let inside = smaller(larger(exponents, Lines.zero), Lines(repeating: 16))
    return Lines(bits: (inside + (rounding + 127)).bits &<< 23)
  }

  /// A place for each of four rows, in sixteenths of a pixel.
  private typealias Sixteenths = SIMD4<Float>

  @inline(__always)
  private func halfChord(_ dy: Sixteenths) -> Sixteenths {
    16 * larger(mark.discRadius * mark.discRadius - dy * dy, .zero).squareRoot()
  }

  /// The pixel that a sixteenth lies in, within the columns.
  @inline(__always)
  private func floor(_ sixteenths: Sixteenths) -> Columns.Row4 { whole(sixteenths) &>> 4 }

  /// The first pixel that starts at a sixteenth or after it, within the columns.
  @inline(__always)
  private func ceil(_ sixteenths: Sixteenths) -> Columns.Row4 { (whole(sixteenths) &+ 15) &>> 4 }

  @inline(__always)
  private func whole(_ sixteenths: Sixteenths) -> Columns.Row4 {
    let inside = smaller(larger(sixteenths, Sixteenths(repeating: start)), Sixteenths(repeating: limit))
    let bits = unsafeBitCast(inside + Self.rounding, to: Columns.Row4.self)
    return bits &- (0x4B40_0000 + Int32(truncatingIfNeeded: origin) &* 16)
  }
}

extension SIMD16<Float> {
  @inline(__always)
  fileprivate var bits: SIMD16<UInt32> { unsafeBitCast(self, to: SIMD16<UInt32>.self) }
  @inline(__always)
  fileprivate init(bits: SIMD16<UInt32>) { self = unsafeBitCast(bits, to: SIMD16<Float>.self) }
}

/// The smaller of each pair of lanes; the standard library's `pointwiseMin` is compiled lane by lane, and
/// so is what is generic: ten times slower.
@inline(__always)
private func smaller(_ a: SIMD16<Float>, _ b: SIMD16<Float>) -> SIMD16<Float> {
  a.replacing(with: b, where: b .< a)
}
@inline(__always)
private func smaller(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
  a.replacing(with: b, where: b .< a)
}

/// The larger of each pair of lanes.
@inline(__always)
private func larger(_ a: SIMD16<Float>, _ b: SIMD16<Float>) -> SIMD16<Float> {
  a.replacing(with: b, where: b .> a)
}
@inline(__always)
private func larger(_ a: SIMD4<Float>, _ b: SIMD4<Float>) -> SIMD4<Float> {
  a.replacing(with: b, where: b .> a)
}
