// The ways from top to bottom through ink that cross least of it: where touching symbols may be cut apart.

import Basics
import Ink

/// Ways down through ink, each a column for every row: what is left of it belongs to the left symbol.
///
/// Neighbours that touch also overhang each other, so a way may go aslant, up to one column a row, around the ink
/// of both, and cross it where they touch. (Straight cuts at the thinnest column part a fifth of touching pairs.)
struct CutPaths {
  /// From left to right; none crosses another.
  let list: [[Int]]

  /// A step aside costs as much as this share of a pixel of ink, so that a way does not wander.
  private static let stepCost: Float = 0.03
  /// A way crosses ink for at most this share of its length: more than one stroke's width where two symbols run
  /// beside each other for a while.
  private static let mostCrossed: Float = 0.55
  /// What a way parts must be at least this share of all ink, on either side and from the next way.
  private static let (leastSide, leastBetween) = (0.06, 0.02)
  /// And this share after ways that crossed were parted.
  private static let leastStrip = 0.02
  /// No more ways than so many are taken of those that cross least ink, and of the straight ones.
  private static let (most, mostStraight) = (24, 8)

  /// Finds the ways.
  init(through ink: Coverage) {
    let (width, height) = (ink.width, ink.height)
    guard width >= 6, height >= 6 else {
      list = []
      return
    }
    let down = Sweep(ink, rows: Array(0..<height))
    let up = Sweep(ink, rows: (0..<height).reversed())
    let bound = Self.mostCrossed * Float(height)
    var found: [[Int]] = []
    for row in [height / 4, height / 2, 3 * height / 4] {
      let costs = (0..<width).map { x in
        down.costs[row * width + x] + up.costs[row * width + x] - Float(ink[x, row]) / 255
      }
      for x in 1..<width - 1 where costs[x] <= costs[x - 1] && costs[x] <= costs[x + 1] && costs[x] <= bound {
        // Of a row of equals the middle one is enough, and near enough is the first.
        if costs[x] == costs[x - 1], x > 1 { continue }
        found.append(
          down.way(from: x, row, upwards: true) + up.way(from: x, row, upwards: false).dropFirst())
      }
    }
    list = Self.chosen(
      [(found, Self.most), (NotchCuts(through: ink).list, Self.mostStraight)], through: ink)
  }

  /// Of each kind of ways the best that part the ink differently, no more than so many; all from left to right.
  private static func chosen(_ kinds: [(ways: [[Int]], most: Int)], through ink: Coverage) -> [[Int]] {
    // Ink to the left of each place of a row.
    let width = ink.width
    var sums = [Int32](repeating: 0, count: (width + 1) * ink.height)
    for y in 0..<ink.height {
      for x in 0..<width { sums[y * (width + 1) + x + 1] = sums[y * (width + 1) + x] + Int32(ink[x, y]) }
    }
    func left(_ way: [Int]) -> Double {
      Double(way.enumerated().reduce(0) { $0 + Int(sums[$1.offset * (width + 1) + $1.element]) })
    }
    func between(_ a: [Int], _ b: [Int]) -> Double {
      var sum = 0
      for y in a.indices {
        sum += Int(abs(sums[y * (width + 1) + a[y]] - sums[y * (width + 1) + b[y]]))
      }
      return Double(sum)
    }
    let all = left([Int](repeating: width, count: ink.height))
    var chosen: [(left: Double, way: [Int])] = []
    for (ways, most) in kinds {
      let room = chosen.count + most
      let crossed = ways.map { way in way.enumerated().reduce(0) { $0 + Int(ink[$1.element, $1.offset]) } }
      for way in zip(crossed, ways).sorted(by: { $0.0 < $1.0 }).map(\.1) where chosen.count < room {
        let own = left(way)
        guard own >= leastSide * all, own <= (1 - leastSide) * all else { continue }
        guard chosen.allSatisfy({ between($0.way, way) >= leastBetween * all }) else { continue }
        chosen.append((own, way))
      }
    }
    var result: [[Int]] = []
    for (_, way) in chosen.sorted(by: { $0.left < $1.left }) {
      let last = result.last ?? [Int](repeating: 0, count: ink.height)
      let next = zip(way, last).map { max($0, $1) }
      // Ways may cross: between two that no longer do there must be something left, and beyond the last.
      guard between(last, next) >= leastStrip * all, left(next) <= (1 - leastStrip) * all else { continue }
      result.append(next)
    }
    return result
  }

  /// The least ink that is crossed from one edge to each pixel, row by row.
  private struct Sweep {
    let width: Int
    let height: Int
    private(set) var costs: [Float]
    /// From which column of the row before the cheapest way comes: one to the left, the same, one to the right.
    private var steps: [Int8]

    init(_ ink: Coverage, rows: [Int]) {
      (width, height) = (ink.width, ink.height)
      costs = [Float](repeating: 0, count: width * height)
      steps = [Int8](repeating: 0, count: width * height)
      var before = [Float](repeating: 0, count: width)
      for y in rows {
        for x in 0..<width {
          var best = before[x]
          var step: Int8 = 0
          if x > 0, before[x - 1] + CutPaths.stepCost < best {
            best = before[x - 1] + CutPaths.stepCost
            step = -1
          }
          if x + 1 < width, before[x + 1] + CutPaths.stepCost < best {
            best = before[x + 1] + CutPaths.stepCost
            step = 1
          }
          costs[y * width + x] = best + Float(ink[x, y]) * (1 / 255)
          steps[y * width + x] = step
        }
        for x in 0..<width { before[x] = costs[y * width + x] }
      }
    }

    /// The columns from a place to the edge that the sweep began at, in the order of their rows.
    func way(from column: Int, _ row: Int, upwards: Bool) -> [Int] {
      var x = column
      var way: [Int] = []
      for y in upwards ? Array((0...row).reversed()) : Array(row..<height) {
        way.append(x)
        x = min(max(x + Int(steps[y * width + x]), 0), width - 1)
      }
      return upwards ? way.reversed() : way
    }
  }
}
