// Straight cut paths through the notches of the ink's outline.

import Basics
import Ink

/// Straight paths from notches of the upper edge to notches of the lower edge, or vertically through one
/// notch.
///
/// Two round bows that touch along a part of their height are one thick line there. A path with least ink
/// avoids that line and leads through one of the bows, but the outline still has notches between the two.
struct NotchCuts {
  /// A column for each row of the ink.
  private(set) var paths: [CutPaths.Path] = []

  /// The least depth of a notch as a share of the ink's height.
  private static let minDepth = 0.04

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
    let depth = max(2, Int(clamping: Self.minDepth * Double(height)))
    let upper = Self.notches(in: top, depth: depth)
    let lower = Self.notches(in: bottom.map { height - 1 - $0 }, depth: depth)
    for column in upper + lower { paths.append([Int](repeating: column, count: height)) }
    for (start, end) in upper.flatMap({ start in lower.map { (start, $0) } }) {
      let (first, last) = (top[start], bottom[end])
      // Handwriting slants by at most 45 degrees.
      guard first < last, abs(end - start) <= last - first else { continue }
      paths.append(
        (0..<height).map { y in
          start + (end - start) * (min(max(y, first), last) - first) / (last - first)
        })
    }
  }

  /// The columns where an edge lies at least `depth` below a point on each side, with no deeper point
  /// between.
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
