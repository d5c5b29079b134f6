// Finding straight thin lines in a mask of ink: rules, frames, the edges of tables and of the page.

import Basics
import Ink

/// A straight line of ink, along the rows of the mask in which it was found.
struct StraightLine: Sendable {
  /// A stretch of the line's columns where its ink is thin.
  struct Stretch: Sendable {
    var columns: Range<Int>
    /// The first row of ink and the row after the last one, for each column.
    var rows: [Range<Int>]
  }

  /// The thin stretches from left to right.
  fileprivate(set) var stretches: [Stretch]
  /// The row of the middle at the column 0, and its change for each column.
  private(set) var offset = 0.0
  private(set) var slope = 0.0
  /// The usual thickness.
  private(set) var thickness = 1.0
  /// The root of the mean squared distance of the middles from the fitted line.
  private(set) var deviation = 0.0

  init(_ stretches: [Stretch]) {
    self.stretches = stretches
    fit()
  }

  /// The columns from the first stretch to the last.
  var columns: Range<Int> {
    (stretches.first?.columns.lowerBound ?? 0)..<(stretches.last?.columns.upperBound ?? 0)
  }

  var length: Int { columns.count }

  /// The number of columns in stretches.
  var covered: Int { stretches.reduce(0) { $0 + $1.columns.count } }

  func middle(_ column: Int) -> Double { offset + slope * (Double(column) + 0.5) }

  /// The rows around all ink of the line.
  var rows: Range<Int> {
    let all = stretches.flatMap(\.rows)
    let top = all.map(\.lowerBound).min() ?? 0
    return top..<max(top, all.map(\.upperBound).max() ?? 0)
  }

  /// Fits a straight line to the middles of the ink by least squares.
  private mutating func fit() {
    var (count, x, y, xx, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    var heights: [Int] = []
    let origin = Double(columns.lowerBound)
    for stretch in stretches {
      for (column, rows) in zip(stretch.columns, stretch.rows) {
        let (u, v) = (Double(column) + 0.5 - origin, Double(rows.lowerBound + rows.upperBound) / 2)
        count += 1
        x += u
        y += v
        xx += u * u
        xy += u * v
        yy += v * v
        heights.append(rows.count)
      }
    }
    guard count > 0 else { return }
    let spread = xx - x * x / count
    slope = spread > 0 ? (xy - x * y / count) / spread : 0
    offset = (y - slope * x) / count - slope * origin
    let rest = yy - y * y / count - slope * (xy - x * y / count)
    deviation = max(rest / count, 0).squareRoot()
    heights.sort()
    thickness = Double(heights[heights.count / 2])
  }

  /// The line with the stretches of another one to the right of it.
  fileprivate func joined(with other: StraightLine) -> StraightLine {
    StraightLine(stretches + other.stretches)
  }
}

/// A mask of ink.
struct InkMask: Sendable {
  let width: Int
  let height: Int
  var isInk: [Bool]

  init(width: Int, height: Int, isInk: [Bool]) {
    self.width = width
    self.height = height
    self.isInk = isInk
  }

  /// The pixels of a level or more.
  init(_ ink: Coverage, level: UInt8) {
    self.init(width: ink.width, height: ink.height, isInk: ink.levels.map { $0 >= level })
  }

  /// The number of marks that are at most `size` pixels wide and high.
  func specks(size: Int) -> Int {
    var ink = Coverage(width: width, height: height)
    for i in isInk.indices where isInk[i] { ink.levels[i] = 255 }
    return Components(ink).list.count { max($0.box.width, $0.box.height) <= size }
  }

  /// The mask with rows and columns exchanged.
  var transposed: InkMask {
    var result = InkMask(width: height, height: width, isInk: isInk)
    for y in 0..<height { for x in 0..<width { result.isInk[x * height + y] = isInk[y * width + x] } }
    return result
  }

  /// The straight thin lines along the rows.
  ///
  /// The thin runs of ink in each column are chained to those of the column before. Chains that are straight are
  /// joined across gaps, where ink crosses the line.
  func lines(_ thresholds: PaperThresholds) -> [StraightLine] {
    let side = Double(min(width, height))
    let thickest = Int(
      clamping: max(
        2, min(thresholds.minLineThickness, side / 24), side * thresholds.maxLineThickness))
    let segments = chains(thickest: thickest, maxSlope: thresholds.maxLineSlope).map { StraightLine([$0]) }
      .filter { segment in
        let length = Double(segment.length)
        return length >= max(4, thresholds.segmentAspect * segment.thickness)
          && abs(segment.slope) <= thresholds.maxLineSlope
          && segment.deviation <= max(thresholds.lineDeviation, length * thresholds.lineCurvature)
      }
    return joined(segments, thresholds).filter {
      Double($0.length) >= thresholds.lineAspect * $0.thickness
        && Double($0.covered) >= thresholds.lineCoverage * Double($0.length)
    }
  }

  /// Chains of thin vertical runs of ink.
  private func chains(thickest: Int, maxSlope: Double) -> [StraightLine.Stretch] {
    /// A chain that may go on in the next column.
    struct Open {
      var stretch: StraightLine.Stretch
      var middle: Double
      var slope: Double
    }
    var open: [Open] = []
    var done: [StraightLine.Stretch] = []
    for x in 0..<width {
      var next: [Open] = []
      var candidates = open
      var y = 0
      while y < height {
        if !isInk[y * width + x] {
          y += 1
          continue
        }
        let top = y
        while y < height, isInk[y * width + x] { y += 1 }
        guard y - top <= thickest else { continue }
        let middle = Double(top + y) / 2
        let best = candidates.indices.min {
          abs(candidates[$0].middle + candidates[$0].slope - middle)
            < abs(candidates[$1].middle + candidates[$1].slope - middle)
        }
        if let best, abs(candidates[best].middle + candidates[best].slope - middle) <= 1.3,
          let last = candidates[best].stretch.rows.last, last.overlaps(top - 1..<y + 1)
        {
          var chain = candidates.remove(at: best)
          chain.stretch.columns = chain.stretch.columns.lowerBound..<x + 1
          chain.stretch.rows.append(top..<y)
          let moved = middle - chain.middle
          chain.slope = min(max(chain.slope + (moved - chain.slope) * 0.15, -maxSlope), maxSlope)
          chain.middle = middle
          next.append(chain)
        } else {
          next.append(
            Open(stretch: .init(columns: x..<x + 1, rows: [top..<y]), middle: middle, slope: 0))
        }
      }
      done += candidates.map(\.stretch)
      open = next
    }
    return done + open.map(\.stretch)
  }

  /// The number of columns between two segments without ink near their line.
  private func emptyColumns(between left: StraightLine, and right: StraightLine) -> Int {
    let longer = left.length >= right.length ? left : right
    return (left.columns.upperBound..<max(left.columns.upperBound, right.columns.lowerBound)).count { x in
      let middle = Int(clamping: longer.middle(x))
      return !(middle - 2...middle + 2).contains { y in y >= 0 && y < height && isInk[y * width + x] }
    }
  }

  /// Joins segments that lie on one straight line.
  private func joined(_ segments: [StraightLine], _ thresholds: PaperThresholds) -> [StraightLine] {
    let maxGap = Int(clamping: thresholds.lineGap * Double(width))
    var lines: [StraightLine] = []
    for segment in segments.sorted(by: { $0.columns.lowerBound < $1.columns.lowerBound }) {
      let joins = lines.indices.compactMap { i -> (index: Int, line: StraightLine)? in
        let line = lines[i]
        let gap = segment.columns.lowerBound - line.columns.upperBound
        guard gap >= -2, gap <= min(maxGap, 2 * max(line.length, segment.length)) else { return nil }
        let longer = line.length >= segment.length ? line : segment
        let other = line.length >= segment.length ? segment : line
        let middle = (other.columns.lowerBound + other.columns.upperBound) / 2
        let tolerance =
          thresholds.lineDeviation + 0.04 * Double(gap) + 0.5 * max(line.thickness, segment.thickness)
        guard abs(longer.middle(middle) - other.middle(middle)) <= tolerance,
          max(line.thickness, segment.thickness) <= 3 * min(line.thickness, segment.thickness) + 2
        else { return nil }
        guard
          emptyColumns(between: line, and: segment)
            <= max(6, Int(clamping: thresholds.emptyLineGap * Double(width)))
        else { return nil }
        let both = line.joined(with: segment)
        guard both.deviation <= max(thresholds.lineDeviation, Double(both.length) * thresholds.lineCurvature)
        else { return nil }
        return (i, both)
      }
      if let best = joins.min(by: { $0.line.deviation < $1.line.deviation }) {
        lines[best.index] = best.line
      } else {
        lines.append(segment)
      }
    }
    return lines
  }
}
