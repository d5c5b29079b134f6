// Which points of a raster lie inside a shape.

/// The parts of horizontal lines, sixteen in a row of pixels, that lie inside a shape.
struct ScanlineCoverage {
  /// The 16 by 16 points of a pixel: a lane for each line, a bit for each point on it.
  typealias Points = SIMD16<UInt16>
  /// A number for each line of a row.
  typealias Lines = SIMD16<Float>

  private let shape: ConvexShape
  // The shape's center and the edges of the drawn part, in sixteenths of a pixel. They are relative to the
  // page's edge, so that rounding does not depend on the part that is drawn.
  private let center: Float
  private let start: Float
  private let limit: Float
  private let origin: Int

  /// The vertical positions of a row's sixteen lines, in pixels.
  private static var middles: Lines {
    @inline(__always)
    get { Lines(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5, 13.5, 14.5, 15.5) / 16 }
  }
  /// Adding 1.5 · 2²³ rounds a number to an integer in the lowest bits.
  private static var rounding: Float {
    @inline(__always)
    get { 12_582_912 }
  }

  init(_ shape: ConvexShape, within columns: Range<Int>) {
    self.shape = shape
    center = shape.x * 16
    origin = columns.lowerBound
    start = Float(columns.lowerBound * 16)
    limit = Float(columns.upperBound * 16)
  }

  /// For four rows, the columns that the shape touches, and those that it covers whole.
  ///
  /// The shape's left edge is convex in y and its right edge concave, so the outermost lines decide what is
  /// covered whole. The touched columns may be a little too many. Without whole columns, `whole.last <=
  /// whole.first`.
  struct Columns {
    var touched: (first: Row4, last: Row4)
    var whole: (first: Row4, last: Row4)

    /// A number for each of four rows.
    typealias Row4 = SIMD4<Int32>
  }

  /// The columns of the four rows from `row` on.
  func columns(row: Int) -> Columns {
    let middle = Sixteenths(0.5, 1.5, 2.5, 3.5) + Float(row) - shape.y
    let spread: Float = 15.0 / 32
    if shape.discRadius >= 0 {
      let away = larger(middle, -middle)
      let outer = halfChord(larger(away - spread, .zero))
      let inner = halfChord(away + spread)
      return Columns(
        touched: (floor(center - outer), ceil(center + outer)),
        whole: (ceil(center - inner), floor(center + inner)))
    }
    let long = shape.longSlope * middle + center
    let short = shape.shortSlope * middle + center
    let longSpread = abs(shape.longSlope) * spread
    let shortSpread = abs(shape.shortSlope) * spread
    let (longOuter, longInner) = (longSpread + shape.longHalf, longSpread - shape.longHalf)
    let (shortOuter, shortInner) = (shortSpread + shape.shortHalf, shortSpread - shape.shortHalf)
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
    let dy = Self.middles + (Float(row) - shape.y)
    var from: Lines
    var to: Lines
    if shape.discRadius >= 0 {
      let square = larger(shape.discRadius * shape.discRadius - dy * dy, Lines.zero)
      let half = 16 * square.squareRoot()
      from = center - half
      to = center + half
    } else {
      let long = center + shape.longSlope * dy
      let short = center + shape.shortSlope * dy
      from = larger(long - shape.longHalf, short - shape.shortHalf)
      to = smaller(long + shape.longHalf, short + shape.shortHalf)
    }
    let limits = Lines(repeating: limit)
    from = smaller(larger(from, Lines(repeating: start)), limits)
    to = larger(smaller(to, limits), from)
    return (from + Self.rounding - (Self.rounding + start), to + Self.rounding - (Self.rounding + start))
  }

  /// The points of a pixel that lie inside, from the ends of the lines.
  @inline(__always)
  static func points(from: Lines, to: Lines, column: Int) -> Points {
    let origin = Float(column * 16)
    return Points(truncatingIfNeeded: (power(to - origin) - power(from - origin) + 8_388_608).bits)
  }

  /// Two to the power of each number, which is first limited to 0 to 16.
  @inline(__always)
  private static func power(_ exponents: Lines) -> Lines {
    let inside = smaller(larger(exponents, Lines.zero), Lines(repeating: 16))
    return Lines(bits: (inside + (rounding + 127)).bits &<< 23)
  }

  /// A position for each of four rows, in sixteenths of a pixel.
  private typealias Sixteenths = SIMD4<Float>

  @inline(__always)
  private func halfChord(_ dy: Sixteenths) -> Sixteenths {
    16 * larger(shape.discRadius * shape.discRadius - dy * dy, .zero).squareRoot()
  }

  /// The column of the pixel that contains a position, limited to the drawn columns.
  @inline(__always)
  private func floor(_ sixteenths: Sixteenths) -> Columns.Row4 { whole(sixteenths) &>> 4 }

  /// The first column that starts at a position or after it, limited to the drawn columns.
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

/// The smaller of each pair of lanes.
///
/// The standard library's `pointwiseMin` is compiled lane by lane, and so is generic code: ten times slower.
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
