// Paper that was ruled or squared.

import Basics
import Ink

/// Printed lines that are as dark as the ink: thin, straight, and as long as half the page.
enum RuledLines {
  /// A line runs level or upright up to so many 128ths.
  private static let steepest = 48
  /// On a smaller picture a line is no longer than a digit's bar.
  private static let leastSide = 40
  /// Ink of a level below this is no line.
  private static let leastLevel: UInt8 = 24

  /// Half of what a line may be thick.
  private static func thickness(on ink: Coverage) -> Int { max(2, min(ink.width, ink.height) / 120) }

  /// Takes them away, but leaves the ink that crosses them.
  static func remove(from ink: inout Coverage) {
    var transposed = Coverage(width: ink.height, height: ink.width)
    removeHorizontal(from: &ink)
    for y in 0..<ink.height { for x in 0..<ink.width { transposed[y, x] = ink[x, y] } }
    removeHorizontal(from: &transposed)
    for y in 0..<ink.height { for x in 0..<ink.width { ink[x, y] = transposed[y, x] } }
  }

  /// How many thin lines go from border to border: what tells ruled paper from a plain page.
  static func count(_ ink: Coverage) -> Int {
    let (width, height) = (ink.width, ink.height)
    if width < leastSide || height < leastSide { return 0 }
    let thickest = 2 * thickness(on: ink)
    return count(width, height, thickest) { ink[$0, $1] } + count(height, width, thickest) { ink[$1, $0] }
  }

  private static func count(
    _ width: Int, _ height: Int, _ thickest: Int, level: (_ x: Int, _ y: Int) -> UInt8
  ) -> Int {
    /// The middles of what is thin at one border.
    func ends(_ x: Int) -> [Int] {
      var ends: [Int] = []
      var y = 0
      while y < height {
        let top = y
        while y < height, level(x, y) >= leastLevel { y += 1 }
        if y > top, y - top <= thickest { ends.append((top + y - 1) / 2) }
        y += 1
      }
      return ends
    }
    /// Whether a thin line goes from one place at the left border to one at the right, writing across it or not.
    func isLine(_ start: Int, _ end: Int) -> Bool {
      if abs(end - start) * 128 > steepest * width { return false }
      let beyond = thickest / 2 + 1
      var (inked, thin) = (0, 0)
      for x in 0..<width {
        let y = start + (end - start) * x / (width - 1)
        if level(x, y) < leastLevel { continue }
        inked += 1
        let (above, below) = (max(y - beyond, 0), min(y + beyond, height - 1))
        if min(level(x, above), level(x, below)) < leastLevel { thin += 1 }
      }
      return inked * 20 >= width * 19 && thin * 2 >= width
    }
    let right = ends(width - 1)
    return ends(0).count { start in right.contains { isLine(start, $0) } }
  }

  private static func removeHorizontal(from ink: inout Coverage) {
    let (width, height) = (ink.width, ink.height)
    if width < leastSide || height < leastSide { return }
    let points = ink.levels.indices.filter { ink.levels[$0] >= 96 }
    // Too much ink for lines on paper, or none: nothing to look for.
    if points.count < width / 2 || points.count > width * height / 3 { return }
    var found: [(slope: Double, offset: Int)] = []
    for step in -steepest...steepest {
      let slope = Double(step) / 128
      let shift = Int(clamping: abs(slope) * Double(width)) + 1
      var votes = [Int32](repeating: 0, count: height + 2 * shift)
      for i in points {
        let x = i % width
        let y = Double(i / width) - slope * Double(x)
        votes[min(max(Int(clamping: y) + shift, 0), votes.count - 1)] += 1
      }
      for (i, count) in votes.enumerated() where Int(count) > width * 45 / 100 {
        found.append((slope, i - shift))
      }
    }
    if found.isEmpty { return }
    let thin = thickness(on: ink)
    var erased: [Int] = []
    for line in found {
      for x in 0..<width {
        let y = Int(clamping: (Double(line.offset) + 0.5 + line.slope * Double(x)).rounded(.down))
        guard y >= 0, y < height, ink[x, y] >= 32 else { continue }
        var top = y
        var bottom = y
        while top > 0, y - top <= 2 * thin, ink[x, top - 1] >= 32 { top -= 1 }
        while bottom < height - 1, bottom - y <= 2 * thin, ink[x, bottom + 1] >= 32 { bottom += 1 }
        if bottom - top + 1 <= 2 * thin { for v in top...bottom { erased.append(v * width + x) } }
      }
    }
    for i in erased { ink.levels[i] = 0 }
  }
}
