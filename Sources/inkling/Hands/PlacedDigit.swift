// A digit somewhere on a page, as large, as thick and as much turned as one wants it.

import Basics
import Formats
import Ink
import NeuralNetwork

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How a digit stands on a page.
struct Placing {
  /// The height of its ink as a share of the page's.
  var height = 0.5
  /// The pen's width as a share of the digit's height.
  var pen = 0.08
  /// Degrees that it is turned by, clockwise.
  var angle = 0.0

  /// A square page with the digit anywhere on it.
  func page(of drawing: Drawing, at random: inout Xoshiro256) -> Page {
    let (sine, cosine) = (sin(angle * .pi / 180), cos(angle * .pi / 180))
    let places = drawing.strokes.map { stroke in
      stroke.samples.map { sample in
        (
          x: cosine * sample.point.x - sine * sample.point.y,
          y: sine * sample.point.x + cosine * sample.point.y,
          time: sample.time
        )
      }
    }
    let all = places.joined()
    let (left, right) = (all.map(\.x).min() ?? 0, all.map(\.x).max() ?? 0)
    let (top, bottom) = (all.map(\.y).min() ?? 0, all.map(\.y).max() ?? 0)
    let wide = Page.longerSide
    let tall = wide * height
    let width = tall * pen
    // The pen's own width belongs to the ink; a wide digit may be no wider than the page.
    let scale = min((tall - width) / max(bottom - top, 1), (wide - width) / max(right - left, 1))
    let x = random.uniform() * max(wide - width - (right - left) * scale, 0) + width / 2
    let y = random.uniform() * max(wide - width - (bottom - top) * scale, 0) + width / 2
    return Page(
      drawing: Drawing(
        places.map { stroke in
          Stroke(
            stroke.map {
              Stroke.Sample(Point(x: ($0.x - left) * scale + x, y: ($0.y - top) * scale + y), time: $0.time)
            }, width: width)
        }))
  }
}
