// Removal of the lines of ruled and squared paper.

import Basics
import Ink

/// Finds printed lines that are as dark as ink: they are thin, straight, and at least half as long as the
/// page.
enum RuledLines {
  /// The greatest slope of a line against the page's sides, in 128ths.
  private static let maxSlope = 48
  /// A picture with a shorter side has no lines: they could not be told from a digit's bar.
  private static let minSide = 40
  /// The least level of a line.
  private static let minLevel: UInt8 = 24

  /// Half of a line's greatest thickness.
  private static func thickness(on ink: Coverage) -> Int { max(2, min(ink.width, ink.height) / 120) }

  /// Removes the lines, but not the ink that crosses them.
  static func remove(from ink: inout Coverage) {
    var transposed = Coverage(width: ink.height, height: ink.width)
    removeHorizontal(from: &ink)
    for y in 0..<ink.height { for x in 0..<ink.width { transposed[y, x] = ink[x, y] } }
    removeHorizontal(from: &transposed)
    for y in 0..<ink.height { for x in 0..<ink.width { ink[x, y] = transposed[y, x] } }
  }

  /// The number of thin lines from border to border, which ruled paper has and a plain page has not.
  static func count(_ ink: Coverage) -> Int {
    let (width, height) = (ink.width, ink.height)
    if width < minSide || height < minSide { return 0 }
    let thickest = 2 * thickness(on: ink)
    return count(width, height, thickest) { ink[$0, $1] } + count(height, width, thickest) { ink[$1, $0] }
  }

  private static func count(
    _ width: Int, _ height: Int, _ thickest: Int, level: (_ x: Int, _ y: Int) -> UInt8
  ) -> Int {
    /// The middles of the thin runs of ink in a column.
    func ends(_ x: Int) -> [Int] {
      var ends: [Int] = []
      var y = 0
      while y < height {
        let top = y
        while y < height, level(x, y) >= minLevel { y += 1 }
        if y > top, y - top <= thickest { ends.append((top + y - 1) / 2) }
        y += 1
      }
      return ends
    }
    /// Whether a thin line leads from a row at the left border to one at the right; writing may cross it.
    func isLine(_ start: Int, _ end: Int) -> Bool {
      if abs(end - start) * 128 > maxSlope * width { return false }
      let beyond = thickest / 2 + 1
      var (inked, thin) = (0, 0)
      for x in 0..<width {
        let y = start + (end - start) * x / (width - 1)
        if level(x, y) < minLevel { continue }
        inked += 1
        let (above, below) = (max(y - beyond, 0), min(y + beyond, height - 1))
        if min(level(x, above), level(x, below)) < minLevel { thin += 1 }
      }
      return inked * 20 >= width * 19 && thin * 2 >= width
    }
    let right = ends(width - 1)
    return ends(0).count { start in right.contains { isLine(start, $0) } }
  }

  private static func removeHorizontal(from ink: inout Coverage) {
    let (width, height) = (ink.width, ink.height)
    if width < minSide || height < minSide { return }
    let points = ink.levels.indices.filter { ink.levels[$0] >= 96 }
    // Too much or too little ink for lines on paper.
    if points.count < width / 2 || points.count > width * height / 3 { return }
    var found: [(slope: Double, offset: Int)] = []
    for step in -maxSlope...maxSlope {
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
