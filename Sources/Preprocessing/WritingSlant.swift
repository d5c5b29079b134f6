// The slant of handwriting, and its removal before symbols are made.

import Basics
package import Ink

/// How far handwriting leans to the right.
///
/// Beside a strongly slanted 1 the next digit begins below its upper end: their boxes overlap though the shapes are
/// apart. Upright ink has no such overlaps.
package struct WritingSlant: Sendable, Equatable {
  /// How far the ink moves to the right for each row upwards; 0 where it is not corrected.
  package let shear: Double

  /// No correction.
  package static let none = WritingSlant(shear: 0)

  /// The shears that are tried, in tenths.
  private static let steps = -3...11
  /// A smaller shear is not corrected: networks read ink that is slanted so little as well, and a rotated photo
  /// of upright writing looks slanted too.
  private static let minShear = 0.55
  /// The share of the slant that is removed: the learnt digits are slanted a little too.
  private static let corrected = 0.85

  init(shear: Double) { self.shear = shear }

  /// Finds the shear for which the columns of the marks are most uneven, as vertical strokes make them.
  init(of ink: Coverage) {
    let components = Components(ink, level: 128)
    let least = (components.list.map(\.box.height).max() ?? 0) / 3
    let high = components.list.indices.filter {
      components.list[$0].box.height >= max(least, 8)
        && components.list[$0].box.width <= 3 * components.list[$0].box.height
    }
    var best = (shear: 0.0, score: 0)
    for step in Self.steps {
      let shear = Double(step) / 10
      var score = 0
      for i in high {
        let box = components.list[i].box
        let reach = Int(clamping: abs(shear) * Double(box.height)) + 1
        var columns = [Int](repeating: 0, count: box.width + 2 * reach)
        for y in box.rows {
          let shift = Int(clamping: (shear * Double(y - box.y)).rounded())
          for x in box.columns where components.labels[y * ink.width + x] == Int32(i + 1) {
            columns[min(max(x - box.x + shift + (shear < 0 ? reach : 0), 0), columns.count - 1)] += 1
          }
        }
        score += columns.reduce(0) { $0 + $1 * $1 }
      }
      if score > best.score || score == best.score && abs(shear) < abs(best.shear) { best = (shear, score) }
    }
    shear = best.shear >= Self.minShear ? best.shear * Self.corrected : 0
  }

  /// The ink sheared upright: rows move to the right, the lowest one most.
  package func upright(_ ink: Coverage) -> Coverage {
    if shear == 0 { return ink }
    var result = Coverage(
      width: ink.width + Int(clamping: shear * Double(ink.height)) + 2, height: ink.height)
    for y in 0..<ink.height {
      let shift = shear * Double(y)
      let whole = Int(clamping: shift)
      let part = Int(clamping: (shift - Double(whole)) * 256)
      for x in 0...ink.width {
        let here = x < ink.width ? Int(ink[x, y]) : 0
        let before = x > 0 ? Int(ink[x - 1, y]) : 0
        if here > 0 || before > 0 {
          result[x + whole, y] = UInt8((here * (256 - part) + before * part + 128) >> 8)
        }
      }
    }
    return result
  }

  /// The box in the ink before it was sheared, around a box in sheared ink.
  package func original(_ box: Box) -> Box {
    if shear == 0 { return box }
    return Box(
      x: box.x - shear * (box.y + box.height / 2) - 0.25 * shear * box.height, y: box.y,
      width: box.width + 0.5 * shear * box.height, height: box.height)
  }
}
