// A chart with two axes as SVG: light or dark by the reader's wish, told apart by label as well as by colour.

import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An axis from one number to another, linear or logarithmic, with the places that are marked.
struct Axis {
  let title: String
  let low: Double
  let high: Double
  let isLogarithmic: Bool
  let marks: [(value: Double, text: String)]

  /// Where a number lies, 0…1.
  func place(_ value: Double) -> Double {
    guard isLogarithmic else { return (value - low) / (high - low) }
    return log(max(value, low * 1e-3) / low) / log(high / low)
  }

  /// An axis around numbers above 0, marked at 1, 2 and 5 times powers of ten (or powers alone where there are many).
  static func logarithmic(_ title: String, _ values: [Double], text: (Double) -> String) -> Axis {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    let low = (positive.min() ?? 1) / 1.25
    let high = max((positive.max() ?? 10) * 1.25, low * 1.5)
    let decades = log10(high / low)
    let steps: [Double] = decades > 4 ? [1] : decades > 2 ? [1, 3] : [1, 2, 5]
    var marks: [(Double, String)] = []
    for exponent in Int(clamping: floor(log10(low)))...Int(clamping: ceil(log10(high))) {
      for step in steps {
        let value = step * pow(10, Double(exponent))
        if value >= low * 0.999, value <= high * 1.001 { marks.append((value, text(value))) }
      }
    }
    return Axis(title: title, low: low, high: high, isLogarithmic: true, marks: marks)
  }
}

/// The frame of a chart, and what is drawn in it.
struct Plot {
  static let width = 920.0
  let height: Double
  let x: Axis
  let y: Axis
  private let left = 64.0
  private let right: Double
  private let top = 18.0
  private let bottom = 50.0
  private var marks = ""
  private var taken: [(x: Double, y: Double, width: Double, height: Double)] = []
  private static let letter = 6.7

  /// A chart; `margin` is the room for labels at the right.
  init(x: Axis, y: Axis, height: Double = 440, margin: Double = 24) {
    self.x = x
    self.y = y
    self.height = height
    right = margin
    var frame = ""
    for mark in y.marks {
      let at = row(mark.value)
      frame += "<path class=\"grid\" d=\"M\(short(left)) \(short(at))H\(short(Self.width - right))\"/>"
      frame +=
        "<text class=\"tick\" x=\"\(short(left - 8))\" y=\"\(short(at + 4))\" text-anchor=\"end\">\(mark.text)</text>\n"
    }
    for mark in x.marks {
      let at = column(mark.value)
      frame += "<path class=\"grid\" d=\"M\(short(at)) \(short(top))V\(short(height - bottom))\"/>"
      frame +=
        "<text class=\"tick\" x=\"\(short(at))\" y=\"\(short(height - bottom + 18))\" text-anchor=\"middle\">\(mark.text)</text>\n"
    }
    let middle = (left + Self.width - right) / 2
    frame +=
      "<text class=\"axis\" x=\"\(short(middle))\" y=\"\(short(height - 8))\" text-anchor=\"middle\">\(MarkupText.escaped(x.title))</text>\n"
    let centre = (top + height - bottom) / 2
    frame +=
      "<text class=\"axis\" transform=\"translate(14 \(short(centre))) rotate(-90)\" text-anchor=\"middle\">\(MarkupText.escaped(y.title))</text>\n"
    marks = frame
  }

  func column(_ value: Double) -> Double { left + (Self.width - right - left) * x.place(value) }
  func row(_ value: Double) -> Double { height - bottom - (height - bottom - top) * y.place(value) }

  /// A line through points, with its name behind the last.
  mutating func line(_ points: [(Double, Double)], name: String, color: Int) {
    guard let last = points.last else { return }
    let path = points.map { "\(short(column($0.0))),\(short(row($0.1)))" }.joined(separator: " ")
    marks += "<polyline class=\"line s\(color)\" points=\"\(path)\"/>\n"
    for point in points {
      marks +=
        "<circle class=\"dot s\(color)\" cx=\"\(short(column(point.0)))\" cy=\"\(short(row(point.1)))\" r=\"3\"/>"
    }
    // Names at the right edge move apart until none covers another.
    let width = Double(name.count) * Self.letter
    var at = row(last.1) + 4
    let begin = column(last.0) + 9
    var step = 1.0
    while taken.contains(where: { overlaps($0, begin, at, width) }) {
      at = row(last.1) + 4 + step
      step = step > 0 ? -step : -step + 1
    }
    taken.append((begin, at, width, 14))
    marks +=
      "<text class=\"name s\(color)\" x=\"\(short(begin))\" y=\"\(short(at))\">\(MarkupText.escaped(name))</text>\n"
  }

  /// Points with a name each, and a bar up and down where the value is uncertain.
  mutating func points(_ points: [(x: Double, y: Double, low: Double, high: Double, name: String)]) {
    for point in points { taken.append((column(point.x) - 6, row(point.y) + 6, 12, 12)) }
    for (index, point) in points.enumerated() {
      let (cx, cy) = (column(point.x), row(point.y))
      marks +=
        "<path class=\"bar s\(index % 12)\" d=\"M\(short(cx)) \(short(row(point.low)))V\(short(row(point.high)))\"/>"
      marks += "<circle class=\"dot s\(index % 12)\" cx=\"\(short(cx))\" cy=\"\(short(cy))\" r=\"5\"/>"
      let width = Double(point.name.count) * Self.letter
      let spots = [
        (cx + 10, cy + 4), (cx - 10 - width, cy + 4), (cx - width / 2, cy - 11), (cx - width / 2, cy + 20),
        (cx + 8, cy - 9), (cx + 8, cy + 17), (cx - 8 - width, cy - 9), (cx - 8 - width, cy + 17),
        (cx + 10, cy - 22), (cx + 10, cy + 30), (cx - 10 - width, cy - 22), (cx - 10 - width, cy + 30),
      ]
      let inside = spots.filter { $0.0 > left && $0.0 + width < Self.width - 4 && $0.1 > 12 }
      let spot =
        inside.first { spot in !taken.contains { overlaps($0, spot.0, spot.1, width) } } ?? inside.first
        ?? spots[0]
      taken.append((spot.0, spot.1, width, 14))
      marks +=
        "<text class=\"name\" x=\"\(short(spot.0))\" y=\"\(short(spot.1))\">\(MarkupText.escaped(point.name))</text>\n"
    }
  }

  private func overlaps(
    _ box: (x: Double, y: Double, width: Double, height: Double), _ x: Double, _ y: Double, _ width: Double
  ) -> Bool {
    x < box.x + box.width && box.x < x + width && abs(y - box.y) < 13.5
  }

  /// Digits at their places, each in its digit's colour.
  mutating func digits(_ points: [(x: Double, y: Double, digit: Int)]) {
    for digit in 0..<10 {
      marks += "<g class=\"digit c\(digit)\">"
      for point in points where point.digit == digit {
        marks += "<text x=\"\(short(column(point.x)))\" y=\"\(short(row(point.y) + 3))\">\(digit)</text>"
      }
      marks += "</g>\n"
    }
  }

  /// The chart, described for those who cannot see it.
  func svg(_ description: String) -> String {
    """
    <svg class="plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(clamping: Self.width)) \(Int(clamping: height))" role="img">
    <title>\(MarkupText.escaped(description))</title>
    \(marks)</svg>

    """
  }

  private func short(_ value: Double) -> String {
    let tenths = Int(clamping: (value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
  }
}
