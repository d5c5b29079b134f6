// Strokes in the units of their file, and their fitting onto a page.

import Ink

/// Strokes in the units of their file, y downwards.
struct SourceStrokes {
  /// A point, and its time if the file has one.
  struct Sample {
    var x: Double
    var y: Double
    var time: Double?
  }

  var strokes: [[Sample]] = []
  /// Whether the times are known to be seconds.
  var hasSeconds = false

  /// Makes no strokes.
  init() {}

  /// Makes strokes in page units and seconds of those of a drawing.
  init(_ strokes: [Stroke]) {
    self.strokes = strokes.map { stroke in
      stroke.samples.map { Sample(x: $0.point.x, y: $0.point.y, time: $0.time) }
    }
    hasSeconds = true
  }

  /// The largest absolute coordinate that is read.
  ///
  /// Beyond it a `Double` no longer holds fractions of a unit.
  static let maximumCoordinate = 1e12
  /// Ink that is smaller than this in both directions is a dot.
  ///
  /// Units are at most metres, and no pen resolves a millionth of a millimetre.
  static let smallestExtent = 1e-9
  /// The height of fitted ink: half of the page, as a digit that is drawn in the window.
  static let height = 512.0
  /// The largest width of fitted ink: the page without a sixteenth at either side.
  static let width = 896.0
  /// The smallest height that the scale is computed from, as a share of the width.
  ///
  /// Otherwise a minus sign would become as high as a digit.
  static let minimumAspect = 1.0 / 8

  /// The strokes fitted onto a square page.
  ///
  /// Both axes have the same scale: the ink becomes `height` units high, or less if it would become wider than `width`.
  /// Ink smaller than `smallestExtent` stays a dot. The middle of the ink is the middle of the page. The pen's width is
  /// in proportion, 40 units for ink of the full height. Times count from the first sample, in seconds. Integer times
  /// that grow by one or more per sample on average are taken for milliseconds, because a pen is sampled more often than
  /// once a second.
  ///
  /// Returns the drawing, and the page units in one unit of the strokes.
  func fitted() -> (drawing: Drawing, scale: Double) {
    var (left, right) = (Double.infinity, -Double.infinity)
    var (top, bottom) = (left, right)
    var hasTimes = false
    var start = 0.0
    for samples in strokes {
      for sample in samples {
        left = min(left, sample.x)
        right = max(right, sample.x)
        top = min(top, sample.y)
        bottom = max(bottom, sample.y)
        if !hasTimes, let time = sample.time { (hasTimes, start) = (true, time) }
      }
    }
    guard left <= right else { return (Drawing(), 1) }
    let tall = max(bottom - top, (right - left) * Self.minimumAspect)
    var scale = 1.0
    var pen = Stroke.usualWidth
    if tall >= Self.smallestExtent {
      scale = min(Self.height / tall, right > left ? Self.width / (right - left) : .infinity)
      pen *= scale * tall / Self.height
    }
    let middle = Page.longerSide / 2
    let (centerX, centerY) = ((left + right) / 2, (top + bottom) / 2)
    let ticks = hasTimes ? secondsPerTick : 1
    let drawing = Drawing(
      strokes.map { samples in
        Stroke(
          samples.map { sample in
            let point = Point(
              x: middle + (sample.x - centerX) * scale, y: middle + (sample.y - centerY) * scale)
            return Stroke.Sample(point, time: sample.time.map { ($0 - start) * ticks })
          }, width: pen)
      })
    return (drawing, scale)
  }

  /// The strokes as they are: their units are page units and seconds.
  func unchanged(widths: [Double]) -> Drawing {
    Drawing(
      strokes.enumerated().map { index, samples in
        let width = index < widths.count ? widths[index] : widths.last ?? Stroke.usualWidth
        return Stroke(samples.map { Stroke.Sample(Point(x: $0.x, y: $0.y), time: $0.time) }, width: width)
      })
  }

  /// Whether all coordinates are within those of `Point`.
  var isWithinPoints: Bool {
    strokes.joined().allSatisfy { Point.range.contains($0.x) && Point.range.contains($0.y) }
  }

  /// A range as messages show it.
  static func text(of range: ClosedRange<Double>) -> String {
    "from \(range.lowerBound) to \(range.upperBound)"
  }

  private var secondsPerTick: Double {
    if hasSeconds { return 1 }
    var steps = 0
    var sum = 0.0
    for stroke in strokes {
      for (a, b) in zip(stroke, stroke.dropFirst()) {
        guard let before = a.time, let after = b.time else { continue }
        if before != before.rounded() || after != after.rounded() { return 1 }
        steps += 1
        sum += after - before
      }
    }
    return steps > 0 && sum >= Double(steps) ? 0.001 : 1
  }
}
