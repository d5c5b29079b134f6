// The slope of a line of writing, and rotation of ink by it.

import Basics
import Ink

/// The slope of a line of writing on a page that was photographed or written at an angle.
package struct BaselineSkew: Sendable, Equatable {
  /// How far the baseline goes down for each unit to the right; 0 where it is level or its slope is unclear.
  package let slope: Double

  /// A smaller slope is not corrected: networks read ink that is rotated so little as well.
  private static let minSlope = 0.07
  /// A larger slope is not corrected: such pieces are probably not on one line.
  private static let maxSlope = 0.5

  init(slope: Double) { self.slope = slope }

  /// Fits a line to the centers of the pieces of a digit's size, which must be at least three.
  init(of pieces: [Piece], height: Double) {
    let tall = pieces.filter { $0.box.height >= 0.5 * height && $0.box.width < 1.6 * height }
    let centers = tall.map { (x: $0.box.x + $0.box.width / 2, y: $0.box.y + $0.box.height / 2) }
    let count = Double(centers.count)
    let x = centers.reduce(0) { $0 + $1.x } / max(count, 1)
    let y = centers.reduce(0) { $0 + $1.y } / max(count, 1)
    let xx = centers.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    let xy = centers.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
    let slope = count >= 3 && xx > 0 ? xy / xx : 0
    self.slope = abs(slope) >= Self.minSlope && abs(slope) <= Self.maxSlope ? slope : 0
  }

  /// The strokes, rotated so that the line is level.
  func levelled(_ strokes: [Stroke]) -> [Stroke] {
    if slope == 0 { return strokes }
    let (cosine, sine) = angle
    return strokes.map { stroke in
      var stroke = stroke
      stroke.samples = stroke.samples.map { sample in
        let (x, y) = (sample.point.x, sample.point.y)
        return Stroke.Sample(Point(x: x * cosine + y * sine, y: y * cosine - x * sine), time: sample.time)
      }
      return stroke
    }
  }

  /// The ink, rotated so that the line is level.
  func levelled(_ ink: Coverage) -> Coverage {
    if slope == 0 { return ink }
    let (cosine, sine) = angle
    let (width, height) = levelledSides(ink.width, ink.height)
    var result = Coverage(width: width, height: height)
    ink.levels.withUnsafeBufferPointer { levels in
      func level(_ x: Int, _ y: Int) -> UInt8 {
        x >= 0 && y >= 0 && x < ink.width && y < ink.height ? levels[y * ink.width + x] : 0
      }
      for y in 0..<height {
        for x in 0..<width {
          let (u, v) = (Double(x) + 0.5 - Double(width) / 2, Double(y) + 0.5 - Double(height) / 2)
          let oldX = u * cosine - v * sine + Double(ink.width) / 2 - 0.5
          let oldY = u * sine + v * cosine + Double(ink.height) / 2 - 0.5
          let (left, top) = (Int(clamping: oldX.rounded(.down)), Int(clamping: oldY.rounded(.down)))
          let corners = (
            level(left, top), level(left + 1, top), level(left, top + 1), level(left + 1, top + 1)
          )
          // Most of a page is paper.
          if corners.0 | corners.1 | corners.2 | corners.3 == 0 { continue }
          let (a, b) = (oldX - Double(left), oldY - Double(top))
          let above = Double(corners.0) * (1 - a) + Double(corners.1) * a
          let below = Double(corners.2) * (1 - a) + Double(corners.3) * a
          result[x, y] = UInt8(clamping: (above * (1 - b) + below * b).rounded())
        }
      }
    }
    return result
  }

  /// The sides of ink after its rotation.
  private func levelledSides(_ width: Int, _ height: Int) -> (width: Int, height: Int) {
    let (cosine, sine) = angle
    return (
      Int(clamping: Double(width) * cosine + Double(height) * abs(sine)) + 2,
      Int(clamping: Double(height) * cosine + Double(width) * abs(sine)) + 2
    )
  }

  /// The box in ink before its rotation, around a box in rotated ink.
  ///
  /// - Parameters:
  ///   - box: the box in rotated ink.
  ///   - sides: the sides of the ink before its rotation.
  /// - Returns: the box.
  func original(_ box: Box, sides: (width: Int, height: Int)) -> Box {
    if slope == 0 { return box }
    let (cosine, sine) = angle
    let rotated = levelledSides(sides.width, sides.height)
    let u = box.x + box.width / 2 - Double(rotated.width) / 2
    let v = box.y + box.height / 2 - Double(rotated.height) / 2
    let width = box.width * cosine + box.height * abs(sine)
    let height = box.height * cosine + box.width * abs(sine)
    return Box(
      x: u * cosine - v * sine + Double(sides.width) / 2 - width / 2,
      y: u * sine + v * cosine + Double(sides.height) / 2 - height / 2, width: width, height: height)
  }

  private var angle: (cosine: Double, sine: Double) {
    let length = (1 + slope * slope).squareRoot()
    return (1 / length, slope / length)
  }
}
