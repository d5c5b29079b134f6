// Strokes as a file holds them, in whatever units its source had, and the rule that brings them onto a page.

import Ink

/// Strokes in units of their source, y downwards.
struct ForeignInk {
  /// A place, and the time where the source kept one.
  struct Sample {
    var x: Double
    var y: Double
    var time: Double?
  }

  var strokes: [[Sample]] = []
  /// Whether the source says that its times are seconds.
  var hasSeconds = false

  /// The greatest coordinate that is read: beyond it a Double no longer holds fractions of a unit.
  static let farthest = 1e12
  /// The smallest extent in units of the source: ink that is smaller in both directions is a dot.
  ///
  /// Units are at most metres, and no pen draws in millionths of a millimetre.
  static let smallestExtent = 1e-9
  /// How high the ink stands on the page: half of it, as a digit that a person draws in the window.
  static let height = 512.0
  /// How wide it may be at most: the page without a sixteenth at either side.
  static let width = 896.0
  /// Ink is taken for at least this share of its width high: a minus sign is no flat digit.
  static let flattest = 1.0 / 8

  /// The strokes in page units.
  ///
  /// The rule: both axes alike, so that the ink is `height` units high, or less where it would become
  /// wider than `width`; a dot, ink smaller than `smallestExtent`, stays one; its box in the page's middle; the pen in proportion, 40 units where the ink has
  /// the full height. Times are seconds; but whole numbers that grow by one or more on average from one
  /// sample to the next are milliseconds, since no pen is asked for its place once a second. They are counted
  /// from the first sample.
  func fitted() -> Drawing {
    var left = Double.infinity
    var right = -Double.infinity
    var top = Double.infinity
    var bottom = -Double.infinity
    for sample in strokes.joined() {
      left = min(left, sample.x)
      right = max(right, sample.x)
      top = min(top, sample.y)
      bottom = max(bottom, sample.y)
    }
    guard left <= right else { return Drawing() }
    let tall = max(bottom - top, (right - left) * Self.flattest)
    var scale = 1.0
    var pen = Stroke.usualWidth
    if tall >= Self.smallestExtent {
      scale = min(Self.height / tall, right > left ? Self.width / (right - left) : .infinity)
      pen *= scale * tall / Self.height
    }
    let middle = Page.longerSide / 2
    let (centerX, centerY) = ((left + right) / 2, (top + bottom) / 2)
    let ticks = secondsPerTick
    let start = strokes.joined().lazy.compactMap(\.time).first ?? 0
    return Drawing(
      strokes.map { samples in
        Stroke(
          samples.map { sample in
            let place = Point(
              x: middle + (sample.x - centerX) * scale, y: middle + (sample.y - centerY) * scale)
            return Stroke.Sample(place, time: sample.time.map { ($0 - start) * ticks })
          }, width: pen)
      })
  }

  /// The strokes taken as they are, in page units, with times in seconds.
  func unchanged(widths: [Double]) -> Drawing {
    Drawing(
      strokes.enumerated().map { index, samples in
        let width = index < widths.count ? widths[index] : widths.last ?? Stroke.usualWidth
        return Stroke(samples.map { Stroke.Sample(Point(x: $0.x, y: $0.y), time: $0.time) }, width: width)
      })
  }

  /// Whether all coordinates are those that points of a page can have.
  var isWithinPoints: Bool {
    strokes.joined().allSatisfy { Point.range.contains($0.x) && Point.range.contains($0.y) }
  }

  /// A range in words, for errors.
  static func words(_ range: ClosedRange<Double>) -> String {
    "from \(range.lowerBound) to \(range.upperBound)"
  }

  /// The same ink, whose times are known to be seconds.
  var inSeconds: ForeignInk {
    var ink = self
    ink.hasSeconds = true
    return ink
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
