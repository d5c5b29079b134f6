// Writing that runs uphill or downhill: a page that was laid down askew.

import Basics
import Ink

/// The direction of a line of writing, and ink turned back by it.
struct BaselineSkew: Sendable, Equatable {
  /// How far the line goes down for each unit to the right.
  let value: Double

  /// A line this flat is left alone: hands and networks bear it.
  private static let least = 0.07
  /// A line steeper than this is no line that could be told from a heap.
  private static let most = 0.5

  /// Makes a slope.
  init(value: Double) { self.value = value }

  /// The slope of a line of pieces; 0 where there are too few to tell.
  init(of pieces: [Piece], height: Double) {
    let tall = pieces.filter { $0.box.height >= 0.5 * height && $0.box.width < 1.6 * height }
    let places = tall.map { (x: $0.box.x + $0.box.width / 2, y: $0.box.y + $0.box.height / 2) }
    let count = Double(places.count)
    let x = places.reduce(0) { $0 + $1.x } / max(count, 1)
    let y = places.reduce(0) { $0 + $1.y } / max(count, 1)
    let xx = places.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    let xy = places.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
    let slope = count >= 3 && xx > 0 ? xy / xx : 0
    value = abs(slope) >= Self.least && abs(slope) <= Self.most ? slope : 0
  }

  /// Strokes turned so that the line would be level.
  func levelled(_ strokes: [Stroke]) -> [Stroke] {
    if value == 0 { return strokes }
    let (cosine, sine) = turn
    return strokes.map { stroke in
      var stroke = stroke
      stroke.samples = stroke.samples.map { sample in
        let (x, y) = (sample.point.x, sample.point.y)
        return Stroke.Sample(Point(x: x * cosine + y * sine, y: y * cosine - x * sine), time: sample.time)
      }
      return stroke
    }
  }

  /// Ink turned so that the line would be level.
  func levelled(_ ink: Coverage) -> Coverage {
    if value == 0 { return ink }
    let (cosine, sine) = turn
    let width = Int(clamping: Double(ink.width) * cosine + Double(ink.height) * abs(sine)) + 2
    let height = Int(clamping: Double(ink.height) * cosine + Double(ink.width) * abs(sine)) + 2
    var result = Coverage(width: width, height: height)
    func level(_ x: Int, _ y: Int) -> Double {
      x >= 0 && y >= 0 && x < ink.width && y < ink.height ? Double(ink[x, y]) : 0
    }
    for y in 0..<height {
      for x in 0..<width {
        let (u, v) = (Double(x) + 0.5 - Double(width) / 2, Double(y) + 0.5 - Double(height) / 2)
        let oldX = u * cosine - v * sine + Double(ink.width) / 2 - 0.5
        let oldY = u * sine + v * cosine + Double(ink.height) / 2 - 0.5
        let (left, top) = (Int(clamping: oldX.rounded(.down)), Int(clamping: oldY.rounded(.down)))
        let (a, b) = (oldX - Double(left), oldY - Double(top))
        let above = level(left, top) * (1 - a) + level(left + 1, top) * a
        let below = level(left, top + 1) * (1 - a) + level(left + 1, top + 1) * a
        result[x, y] = UInt8(clamping: (above * (1 - b) + below * b).rounded())
      }
    }
    return result
  }

  private var turn: (cosine: Double, sine: Double) {
    let length = (1 + value * value).squareRoot()
    return (1 / length, value / length)
  }
}
