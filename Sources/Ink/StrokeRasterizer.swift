import Basics

/// The pen: it turns strokes into antialiased coverage, at any scale and offset.
///
/// A stroke is the union of all discs, as wide as the pen, whose centres lie on its smooth curve; a
/// drawing is the union of its strokes. So caps and joins are round, a point alone is a disc, and ink
/// over ink is no darker. See `Mark` for the shapes it is cut into and `Raster` for the counting.
public struct StrokeRasterizer: Sendable, Equatable {
  /// Pixels in a page unit.
  public var scale: Double
  /// Where the page's left edge is, in pixels.
  public var x: Double
  /// Where the page's top edge is, in pixels.
  public var y: Double

  /// The thinnest line in pixels; a thinner stroke is drawn as wide as this.
  public static let minimumWidth = 0.3

  /// Makes a pen.
  public init(scale: Double, x: Double = 0, y: Double = 0) {
    precondition(scale > 0 && scale.isFinite && x.isFinite && y.isFinite, "a pen's scale must be positive")
    self.scale = scale
    self.x = x
    self.y = y
  }

  /// Makes the pen that shows the whole page on so many pixels on the longer side.
  public init(longerSide pixels: Int) {
    self.init(scale: Double(pixels) / Page.longerSide)
  }

  /// Draws strokes on an area of so many pixels.
  public func coverage(of strokes: [Stroke], width: Int, height: Int) -> Coverage {
    var coverage = Coverage(width: width, height: height)
    let traces = strokes.flatMap {
      StrokeOutline.links(through: points(of: $0.samples), radius: radius(of: $0))
    }
    Raster.draw(traces, within: coverage.box, on: &coverage)
    return coverage
  }

  /// Draws trails of places, scaled and moved, on a square of so many pixels with a line as wide as `width`.
  public static func coverage(
    of trails: [[StrokeSpline.Place]], scale: Double, x: Double, y: Double, width: Double, side: Int
  ) -> Coverage {
    var coverage = Coverage(width: side, height: side)
    let radius = max(width, minimumWidth) / 2
    var traces: [StrokeOutline] = []
    for trail in trails {
      var points: [StrokeSpline.Place] = []
      for place in trail {
        let point = place * scale + StrokeSpline.Place(x, y)
        if point != points.last { points.append(point) }
      }
      traces += StrokeOutline.links(through: points, radius: radius)
    }
    Raster.draw(traces, within: coverage.box, on: &coverage)
    return coverage
  }

  /// Where samples are on the pixels; of equal neighbours one.
  func points(of samples: some Sequence<Stroke.Sample>) -> [StrokeSpline.Place] {
    var points: [StrokeSpline.Place] = []
    var last: Point?
    for sample in samples where sample.point != last {
      points.append(StrokeSpline.Place(sample.point.x, sample.point.y) * scale + StrokeSpline.Place(x, y))
      last = sample.point
    }
    return points
  }

  /// Half the width of a stroke's line, in pixels.
  func radius(of stroke: Stroke) -> Double { max(stroke.width * scale, Self.minimumWidth) / 2 }
}

extension Page {
  /// The page as a picture of so many pixels on its longer side, as it is shown and saved: dark ink on
  /// the opened picture, or on white.
  public func image(longerSide pixels: Int) -> GrayImage {
    let size = pixelSize(longerSide: pixels)
    let ink = StrokeRasterizer(longerSide: pixels).coverage(
      of: drawing.strokes, width: size.width, height: size.height)
    guard let picture else { return ink.image }
    var image = picture.resized(width: size.width, height: size.height)
    for i in image.pixels.indices where ink.levels[i] > 0 {
      image.pixels[i] = UInt8((Int(image.pixels[i]) * (255 - Int(ink.levels[i])) + 127) / 255)
    }
    return image
  }
}
