// A chart with two axes as SVG; `ChartStyle` colours it, and names distinguish lines as well as colours do.

import Basics

/// The frame of a chart, and its content.
struct Chart {
  /// A point in the axes' numbers.
  struct Point {
    let x: Double
    let y: Double
  }

  /// A named point with an uncertain value.
  struct UncertainPoint {
    let x: Double
    let y: Double
    let low: Double
    let high: Double
    let name: String
  }

  /// A point that shows a digit.
  struct DigitPoint {
    let x: Double
    let y: Double
    let digit: Int
  }

  /// The width in pixels.
  static let width = 920.0
  /// The height in pixels.
  let height: Double
  private let x: ChartAxis
  private let y: ChartAxis
  private let left = 64.0
  private let right: Double
  private let top = 18.0
  private let bottom = 50.0
  private var elements = ""
  /// The areas of names and points, which later names avoid.
  private var occupied: [Area] = []
  /// The approximate width of a letter.
  private static let letterWidth = 6.7
  /// The number of colours in `ChartStyle`.
  static let colorCount = 12

  private struct Area {
    let x: Double
    let y: Double
    let width: Double

    func overlaps(_ other: Area) -> Bool {
      x < other.x + other.width && other.x < x + width && abs(y - other.y) < 13.5
    }
  }

  /// Makes an empty chart; `margin` is the space for names at the right.
  init(x: ChartAxis, y: ChartAxis, height: Double = 440, margin: Double = 24) {
    self.x = x
    self.y = y
    self.height = height
    right = margin
    let (end, base) = (Self.text(Self.width - right), Self.text(height - bottom))
    for tick in y.ticks {
      let row = row(tick.value)
      elements += "<path class=\"grid\" d=\"M\(Self.text(left)) \(Self.text(row))H\(end)\"/>"
      addText(tick.text, "tick", x: left - 8, y: row + 4, anchor: "end")
    }
    for tick in x.ticks {
      let column = column(tick.value)
      elements += "<path class=\"grid\" d=\"M\(Self.text(column)) \(Self.text(top))V\(base)\"/>"
      addText(tick.text, "tick", x: column, y: height - bottom + 18, anchor: "middle")
    }
    addText(x.title, "axis", x: (left + Self.width - right) / 2, y: height - 8, anchor: "middle")
    let middle = Self.text((top + height - bottom) / 2)
    elements +=
      "<text class=\"axis\" transform=\"translate(14 \(middle)) rotate(-90)\" text-anchor=\"middle\">\(MarkupText.escaped(y.title))</text>\n"
  }

  private func column(_ value: Double) -> Double { left + (Self.width - right - left) * x.position(value) }
  private func row(_ value: Double) -> Double {
    height - bottom - (height - bottom - top) * y.position(value)
  }

  private mutating func addText(
    _ text: String, _ style: String, x: Double, y: Double, anchor: String? = nil
  ) {
    let anchor = anchor.map { " text-anchor=\"\($0)\"" } ?? ""
    elements +=
      "<text class=\"\(style)\" x=\"\(Self.text(x))\" y=\"\(Self.text(y))\"\(anchor)>\(MarkupText.escaped(text))</text>\n"
  }

  private mutating func addDot(_ x: Double, _ y: Double, color: Int, radius: Int) {
    elements +=
      "<circle class=\"dot s\(color)\" cx=\"\(Self.text(x))\" cy=\"\(Self.text(y))\" r=\"\(radius)\"/>"
  }

  /// Adds a line through points, with its name behind the last one.
  mutating func addLine(_ points: [Point], name: String, color: Int, hasDots: Bool = true) {
    guard let last = points.last else { return }
    let path = points.map { "\(Self.text(column($0.x))),\(Self.text(row($0.y)))" }.joined(separator: " ")
    elements += "<polyline class=\"line s\(color)\" points=\"\(path)\"/>\n"
    if hasDots {
      for point in points { addDot(column(point.x), row(point.y), color: color, radius: 3) }
    }
    // Names at the right edge move up and down until none overlaps another.
    func area(_ shift: Double) -> Area {
      Area(x: column(last.x) + 9, y: row(last.y) + 4 + shift, width: Double(name.count) * Self.letterWidth)
    }
    var shift = 0.0
    while occupied.contains(where: area(shift).overlaps) { shift = shift > 0 ? -shift : -shift + 1 }
    occupied.append(area(shift))
    addText(name, "name s\(color)", x: area(shift).x, y: area(shift).y)
  }

  /// Adds named points, each with a vertical bar from its low to its high value.
  mutating func addPoints(_ points: [UncertainPoint]) {
    for point in points { occupied.append(Area(x: column(point.x) - 6, y: row(point.y) + 6, width: 12)) }
    for (index, point) in points.enumerated() {
      let (x, y, color) = (column(point.x), row(point.y), index % Self.colorCount)
      elements +=
        "<path class=\"bar s\(color)\" d=\"M\(Self.text(x)) \(Self.text(row(point.low)))V\(Self.text(row(point.high)))\"/>"
      addDot(x, y, color: color, radius: 5)
      let area = freeArea(x, y, width: Double(point.name.count) * Self.letterWidth)
      occupied.append(area)
      addText(point.name, "name", x: area.x, y: area.y)
    }
  }

  /// An area for a name near a point: the first inside the chart that overlaps nothing.
  private func freeArea(_ x: Double, _ y: Double, width: Double) -> Area {
    let (before, middle) = (-10 - width, -width / 2)
    let shifts: [(x: Double, y: Double)] = [
      (10, 4), (before, 4), (middle, -11), (middle, 20), (8, -9), (8, 17), (before + 2, -9),
      (before + 2, 17), (10, -22), (10, 30), (before, -22), (before, 30),
    ]
    let areas = shifts.map { Area(x: x + $0.x, y: y + $0.y, width: width) }
    let inside = areas.filter { $0.x > left && $0.x + width < Self.width - 4 && $0.y > 12 }
    return inside.first { area in !occupied.contains(where: area.overlaps) } ?? inside.first ?? areas[0]
  }

  /// Adds digits, each in its digit's colour.
  mutating func addDigits(_ points: [DigitPoint]) {
    for digit in 0..<10 {
      elements += "<g class=\"digit c\(digit)\">"
      for point in points where point.digit == digit {
        elements +=
          "<text x=\"\(Self.text(column(point.x)))\" y=\"\(Self.text(row(point.y) + 3))\">\(digit)</text>"
      }
      elements += "</g>\n"
    }
  }

  /// The chart as SVG, titled for readers who cannot see it; a standalone SVG contains its style.
  func svg(_ description: String, isStandalone: Bool = false) -> String {
    Self.svg(description, height: height, isStandalone: isStandalone, elements)
  }

  /// Charts below each other under a heading, as a standalone SVG.
  static func svg(of charts: [Chart], heading: String) -> String {
    let headingHeight = 32.0
    var y = headingHeight
    var content = "<text class=\"heading\" x=\"14\" y=\"22\">\(MarkupText.escaped(heading))</text>\n"
    for chart in charts {
      content += "<g transform=\"translate(0 \(text(y)))\">\n\(chart.elements)</g>\n"
      y += chart.height
    }
    return svg(heading, height: y, isStandalone: true, content)
  }

  private static func svg(
    _ description: String, height: Double, isStandalone: Bool, _ content: String
  ) -> String {
    """
    <svg class="plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(text(width)) \(text(height))" role="img">
    \(isStandalone ? "<style>\(ChartStyle.standalone)</style>\n" : "")<title>\(MarkupText.escaped(description))</title>
    \(content)</svg>

    """
  }

  /// A coordinate with at most one digit after the point.
  private static func text(_ value: Double) -> String {
    let tenths = Int(clamping: (value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
  }
}
