// A digit at a random position of a page, with a chosen size, pen and rotation.

import Basics
import CLibrary
import Ink

/// Size, pen and rotation of a digit on a page.
struct DigitPlacement {
  /// The height of the ink as a share of the page's.
  var height = 0.5
  /// The pen's width as a share of the digit's height.
  var pen = 0.08
  /// The clockwise rotation in degrees.
  var angle = 0.0

  /// A square page with the digit at a random position.
  func page(of drawing: Drawing, at random: inout Xoshiro256) -> Page {
    let (sine, cosine) = (sin(angle * .pi / 180), cos(angle * .pi / 180))
    func rotated(_ point: Point) -> SIMD2<Double> {
      SIMD2(x: cosine * point.x - sine * point.y, y: sine * point.x + cosine * point.y)
    }
    let points = drawing.strokes.flatMap { $0.samples.map { rotated($0.point) } }
    let (left, right) = (points.map(\.x).min() ?? 0, points.map(\.x).max() ?? 0)
    let (top, bottom) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
    let wide = Page.longerSide
    let tall = wide * height
    let width = tall * pen
    // The ink includes the pen's width; a wide digit is limited by the page's width.
    let scale = min((tall - width) / max(bottom - top, 1), (wide - width) / max(right - left, 1))
    let x = random.uniform() * max(wide - width - (right - left) * scale, 0) + width / 2
    let y = random.uniform() * max(wide - width - (bottom - top) * scale, 0) + width / 2
    let strokes = drawing.strokes.map { stroke in
      let samples = stroke.samples.map { sample -> Stroke.Sample in
        let point = rotated(sample.point)
        let placed = Point(x: (point.x - left) * scale + x, y: (point.y - top) * scale + y)
        return Stroke.Sample(placed, time: sample.time)
      }
      return Stroke(samples, width: width)
    }
    return Page(drawing: Drawing(strokes))
  }
}
