// Coarse scans: digits of few pixels, each black or white.

import Basics
import Ink
import Preprocessing

/// Scans ink coarsely.
enum CoarseScan {
  /// The ink fitted into a square of `side` by `side` pixels, each ink where at least half of it is covered.
  static func scan(_ ink: Coverage, side: Int) -> Coverage {
    var result = Coverage(width: side, height: side)
    guard let box = InputNormalizer.tightBox(of: ink, within: ink.box) else { return result }
    let step = Double(max(box.width, box.height)) / Double(side)
    let columns = Int(clamping: (Double(box.width) / step).rounded())
    let rows = Int(clamping: (Double(box.height) / step).rounded())
    let (left, top) = ((side - columns) / 2, (side - rows) / 2)
    for y in 0..<rows {
      for x in 0..<columns {
        let corner = SIMD2(
          x: Double(box.x) + Double(x) * step,
          y: Double(box.y) + Double(y) * step)
        result[left + x, top + y] = mean(of: ink, corner, step) >= 127.5 ? 255 : 0
      }
    }
    return result
  }

  /// The mean level of a square.
  private static func mean(of ink: Coverage, _ corner: SIMD2<Double>, _ side: Double) -> Double {
    var sum = 0.0
    for y in Int(clamping: corner.y)..<min(Int(clamping: (corner.y + side).rounded(.up)), ink.height) {
      let down = min(corner.y + side, Double(y + 1)) - max(corner.y, Double(y))
      for x in Int(clamping: corner.x)..<min(Int(clamping: (corner.x + side).rounded(.up)), ink.width) {
        let across = min(corner.x + side, Double(x + 1)) - max(corner.x, Double(x))
        sum += Double(ink[x, y]) * down * across
      }
    }
    return sum / (side * side)
  }
}
