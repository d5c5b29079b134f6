// Drawing of strokes as pixels.

import Basics

/// Draws strokes as antialiased coverage, at any scale and offset.
///
/// A stroke is the union of all discs of its width with centers on its curve, and a drawing is the union of
/// its strokes. So caps and joins are round, a single point is a disc, and ink over ink is no darker.
/// `StrokeOutline` divides strokes into simple shapes, and `Raster` counts how much of each pixel they cover.
public struct StrokeRasterizer: Sendable, Equatable {
  /// Pixels in a page unit.
  public var scale: Double
  /// The page's left edge, in pixels.
  public var x: Double
  /// The page's top edge, in pixels.
  public var y: Double

  /// The least width of a line in pixels; thinner strokes are drawn with it.
  public static let minimumWidth = 0.3

  /// Creates a rasterizer.
  ///
  /// - Parameters:
  ///   - scale: pixels in a page unit, more than 0.
  ///   - x: the page's left edge, in pixels.
  ///   - y: the page's top edge, in pixels.
  public init(scale: Double, x: Double = 0, y: Double = 0) {
    precondition(scale > 0 && scale.isFinite && x.isFinite && y.isFinite, "the scale must be positive")
    self.scale = scale
    self.x = x
    self.y = y
  }

  /// Creates a rasterizer for the whole page.
  ///
  /// - Parameter pixels: pixels on the page's longer side.
  public init(longerSide pixels: Int) {
    self.init(scale: Double(pixels) / Page.longerSide)
  }

  /// Draws strokes.
  ///
  /// - Parameters:
  ///   - strokes: the strokes.
  ///   - width: pixels in a row.
  ///   - height: number of rows.
  /// - Returns: the ink.
  public func coverage(of strokes: [Stroke], width: Int, height: Int) -> Coverage {
    var coverage = Coverage(width: width, height: height)
    let outlines = strokes.flatMap {
      StrokeOutline.segments(through: points(of: $0.samples), radius: radius(of: $0))
    }
    Raster.draw(outlines, within: coverage.box, on: &coverage)
    return coverage
  }

  /// Draws strokes given as positions in any unit on a square.
  ///
  /// - Parameters:
  ///   - strokes: the positions of each stroke.
  ///   - scale: pixels in a unit.
  ///   - x: the origin's distance from the left edge, in pixels.
  ///   - y: the origin's distance from the top edge, in pixels.
  ///   - width: the width of the lines, in pixels.
  ///   - side: pixels on each side of the square.
  /// - Returns: the ink.
  public static func coverage(
    of strokes: [[StrokeSpline.Position]], scale: Double, x: Double, y: Double, width: Double, side: Int
  ) -> Coverage {
    var coverage = Coverage(width: side, height: side)
    let radius = max(width, minimumWidth) / 2
    var outlines: [StrokeOutline] = []
    for stroke in strokes {
      var points: [StrokeSpline.Position] = []
      for position in stroke {
        let point = position * scale + StrokeSpline.Position(x, y)
        if point != points.last { points.append(point) }
      }
      outlines += StrokeOutline.segments(through: points, radius: radius)
    }
    Raster.draw(outlines, within: coverage.box, on: &coverage)
    return coverage
  }

  /// The positions of samples in pixels; equal neighbours count as one.
  func points(of samples: some Sequence<Stroke.Sample>) -> [StrokeSpline.Position] {
    var points: [StrokeSpline.Position] = []
    var last: Point?
    for sample in samples where sample.point != last {
      points.append(
        StrokeSpline.Position(sample.point.x, sample.point.y) * scale + StrokeSpline.Position(x, y))
      last = sample.point
    }
    return points
  }

  /// Half the width of a stroke, in pixels.
  func radius(of stroke: Stroke) -> Double { max(stroke.width * scale, Self.minimumWidth) / 2 }
}

extension Page {
  /// Draws the page as it is shown and saved: dark ink on the opened picture, or on white.
  ///
  /// - Parameter pixels: pixels on the longer side.
  /// - Returns: the picture.
  public func image(longerSide pixels: Int) -> GrayImage {
    let size = pixelSize(longerSide: pixels)
    let ink = StrokeRasterizer(longerSide: pixels).coverage(
      of: drawing.strokes, width: size.width, height: size.height)
    guard let picture else { return ink.image }
    var image = picture.resized(width: size.width, height: size.height)
    for i in image.pixels.indices where ink.levels[i] > 0 {
      let paper = 255 - Int(ink.levels[i])
      image.pixels[i] = UInt8((Int(image.pixels[i]) * paper + 127) / 255)
    }
    return image
  }

  /// The opened picture with the strokes on it, in the picture's own size; nil without a picture.
  public var drawnPicture: GrayImage? {
    guard let picture, !drawing.isEmpty else { return picture }
    return image(longerSide: max(picture.width, picture.height))
  }
}
