// Straight ways down through ink: where two symbols that touch have run along each other.

import Basics
import Ink

/// Ways from where the upper edge of the ink dips to where its lower edge rises, or straight down from either.
///
/// Two round bows that lie against each other are one thick line for a while. A way that crosses least ink shuns it,
/// and leads through one of the bows; yet the edges still show the notches between the two.
struct NotchCuts {
  /// A column for every row of the ink.
  private(set) var list: [[Int]] = []

  /// A notch is at least this deep against the ink's height.
  private static let leastDepth = 0.04

  init(through ink: Coverage) {
    let (width, height) = (ink.width, ink.height)
    var top = [Int](repeating: height, count: width)
    var bottom = [Int](repeating: -1, count: width)
    for y in 0..<height {
      for x in 0..<width where ink[x, y] >= 128 {
        top[x] = min(top[x], y)
        bottom[x] = y
      }
    }
    let depth = max(2, Int(clamping: Self.leastDepth * Double(height)))
    let dips = Self.notches(in: top, depth: depth)
    let rises = Self.notches(in: bottom.map { height - 1 - $0 }, depth: depth)
    for column in dips + rises { list.append([Int](repeating: column, count: height)) }
    for (dip, rise) in dips.flatMap({ dip in rises.map { (dip, $0) } }) {
      let (upper, lower) = (top[dip], bottom[rise])
      // No hand slants more than by half a right angle.
      guard upper < lower, abs(rise - dip) <= lower - upper else { continue }
      list.append(
        (0..<height).map { y in dip + (rise - dip) * (min(max(y, upper), lower) - upper) / (lower - upper) })
    }
  }

  /// Where an edge lies deeper, by so much at least, than somewhere on both sides before it lies deeper still.
  private static func notches(in edge: [Int], depth: Int) -> [Int] {
    var result: [Int] = []
    var start = 0
    while start < edge.count {
      var end = start + 1
      while end < edge.count, edge[end] == edge[start] { end += 1 }
      func highest(_ columns: some Sequence<Int>) -> Int {
        columns.lazy.map { edge[$0] }.prefix { $0 <= edge[start] }.min() ?? edge[start]
      }
      if edge[start] - max(highest((0..<start).reversed()), highest(end..<edge.count)) >= depth {
        result.append((start + end - 1) / 2)
      }
      start = end
    }
    return result
  }
}
