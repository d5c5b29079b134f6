// Removal of printed lines from a contrast map; ink that crosses a line keeps its shape.

import Basics
import Ink

/// The printed lines of a page, in the rows and columns of its contrast map.
struct PageLines: Sendable {
  /// The lines along the rows, and those along the columns with rows and columns exchanged.
  private(set) var horizontal: [StraightLine]
  private(set) var vertical: [StraightLine]
  /// The usual height of the other marks; 0 without lines.
  private(set) var usualHeight = 0.0
  /// Whether there are frames that do not fill the page, as the squares of squared paper do.
  private(set) var hasFrames = false

  /// No lines.
  static let none = PageLines()

  private init() { (horizontal, vertical) = ([], []) }

  /// Finds the lines in a mask of ink.
  ///
  /// A line is printed if it is much longer than the other marks are high, so that the bar of a 7 and the stroke of
  /// a 1 remain.
  init(in mask: InkMask, _ thresholds: PaperThresholds) {
    horizontal = mask.lines(thresholds)
    vertical = mask.transposed.lines(thresholds)
    guard !horizontal.isEmpty || !vertical.isEmpty else { return }
    let (width, rows) = (mask.width, mask.height)
    func isLong(_ line: StraightLine, _ side: Int) -> Bool {
      Double(line.length) >= thresholds.sureLine * Double(side)
    }
    let frames = Frames(among: horizontal, vertical) { isLong($0, $1 ? rows : width) }
    hasFrames = areOnForm(frames, width: width, height: rows, thresholds)
    // A shorter upright line may be a 1: it is one of the marks that tell how high the writing is.
    let sure = vertical.enumerated().filter { index, line in
      isLong(line, rows) || frames.vertical.contains(index) || frames.attached.contains(index)
    }.map(\.element)
    let height = Self.usualHeight(of: mask.without(horizontal, sure))
    usualHeight = height
    let isForm =
      vertical.count { isLong($0, rows) } + horizontal.count { isLong($0, width) } >= thresholds.minFormLines
    /// Whether a line is much longer than the marks are high.
    func isPrinted(_ line: StraightLine, side: Int, least: Double) -> Bool {
      let length = Double(line.length)
      let touches = line.columns.lowerBound <= 2 || line.columns.upperBound >= side - 2
      // Beside specks the line itself may be the writing.
      if height < thresholds.minHeightToLine * length { return isLong(line, side) && (touches || isForm) }
      return length >= (touches || isLong(line, side) ? min(least, 1.4) : least) * height
    }
    horizontal = horizontal.enumerated().filter { index, line in
      let least =
        mask.isUnderline(line, height: height, thresholds)
        ? thresholds.underlineLength : thresholds.horizontalLine
      return frames.horizontal.contains(index) || isPrinted(line, side: width, least: least)
    }.map(\.element)
    vertical = vertical.enumerated().filter { index, line in
      frames.vertical.contains(index)
        || frames.attached.contains(index) && Double(line.length) >= thresholds.verticalLine * height
        || isPrinted(line, side: rows, least: thresholds.verticalLine)
    }.map(\.element)
  }

  /// Whether frames are on a form: those of squared paper fill the page.
  private func areOnForm(
    _ frames: Frames, width: Int, height: Int, _ thresholds: PaperThresholds
  ) -> Bool {
    func long(_ lines: [StraightLine], _ side: Int) -> [StraightLine] {
      lines.filter { Double($0.length) >= thresholds.sureLine * Double(side) }
    }
    func fill(_ lines: [StraightLine], _ side: Int) -> Bool {
      let long = long(lines, side)
      let first = long.map(\.columns.lowerBound).min() ?? 0
      let last = long.map(\.columns.upperBound).max() ?? 0
      return long.count > thresholds.maxCrossingLines
        && Double(last - first) >= thresholds.maxFrameSide * Double(side)
    }
    func isShort(_ line: StraightLine, _ side: Int) -> Bool {
      Double(line.length) < thresholds.maxFrameSide * Double(side)
    }
    // The lines of a table end on each other; those of ruled and squared paper go on to the border.
    let areTable =
      4 * (frames.horizontal.count + frames.vertical.count)
      >= 3 * (long(horizontal, width).count + long(vertical, height).count)
    return !(fill(horizontal, width) && fill(vertical, height))
      && frames.horizontal.count > 1 && frames.vertical.count > 1
      && (areTable || frames.vertical.contains { isShort(vertical[$0], height) }
        || frames.horizontal.contains { isShort(horizontal[$0], width) })
  }

  var isEmpty: Bool { horizontal.isEmpty && vertical.isEmpty }

  /// The length of the longest line.
  var longest: Double { Double((horizontal + vertical).map(\.length).max() ?? 0) }

  /// The boxes of all lines, in pixels of the map.
  var boxes: [Rectangle] {
    horizontal.map { Rectangle(columns: $0.columns, rows: $0.rows) }
      + vertical.map { Rectangle(columns: $0.rows, rows: $0.columns) }
  }

  /// Whether a mark is a remainder of a line: it lies along the line's course.
  func isRemainder(_ box: Rectangle, height usual: Double, _ thresholds: PaperThresholds) -> Bool {
    let across = thresholds.lineRemainder * usual
    func isAlong(_ line: StraightLine, _ columns: Range<Int>, _ rows: Range<Int>) -> Bool {
      let reach = max(line.length / 4, Int(clamping: usual))
      guard columns.lowerBound >= line.columns.lowerBound - reach,
        columns.upperBound <= line.columns.upperBound + reach
      else { return false }
      let slack = line.thickness + 0.1 * usual
      let middle = line.middle((columns.lowerBound + columns.upperBound) / 2)
      return Double(rows.count) <= max(across, 2 * line.thickness)
        && Double(rows.lowerBound) - slack <= middle && middle <= Double(rows.upperBound) + slack
    }
    return horizontal.contains { isAlong($0, box.columns, box.rows) }
      || vertical.contains { isAlong($0, box.rows, box.columns) }
  }

  /// The usual height of the marks in a mask; marks at the border do not count.
  private static func usualHeight(of mask: InkMask) -> Double {
    var ink = Coverage(width: mask.width, height: mask.height)
    for i in mask.isInk.indices where mask.isInk[i] { ink.levels[i] = 255 }
    let least = max(6, max(mask.width, mask.height) / 100)
    return MarkSizes(
      Components(ink).list.filter {
        $0.box.height >= least && $0.box.width >= 3 && $0.box.x > 1 && $0.box.y > 1
          && $0.box.right < mask.width - 1
          && $0.box.bottom < mask.height - 1
      }, on: ink.box
    ).usual
  }

  /// Removes the lines from a contrast map.
  func remove(from map: inout ContrastMap, _ mask: InkMask, _ thresholds: PaperThresholds) {
    if isEmpty { return }
    for i in mask.erased(horizontal, map.values, thresholds) { map.values[i] = 0 }
    if vertical.isEmpty { return }
    var values = map.values
    let (width, height) = (map.width, map.height)
    for y in 0..<height { for x in 0..<width { values[x * height + y] = map.values[y * width + x] } }
    for i in mask.transposed.erased(vertical, values, thresholds) {
      map.values[i % height * width + i / height] = 0
    }
  }
}

extension InkMask {
  /// The mask without lines, and without the ink that crosses them.
  fileprivate func without(_ horizontal: [StraightLine], _ vertical: [StraightLine]) -> InkMask {
    var result = self
    for line in horizontal {
      for x in line.columns {
        for y in line.band(at: x, margin: 2, within: height) { result.isInk[y * width + x] = false }
      }
    }
    for line in vertical {
      for y in line.columns {
        for x in line.band(at: y, margin: 2, within: width) { result.isInk[y * width + x] = false }
      }
    }
    return result
  }

  /// The pixels of lines along the rows, without ink that crosses them.
  fileprivate func erased(
    _ lines: [StraightLine], _ contrast: [UInt8], _ thresholds: PaperThresholds
  ) -> [Int] {
    var result: [Int] = []
    for line in lines {
      // The usual contrast of the line's middle.
      var histogram = [Int](repeating: 0, count: 256)
      for stretch in line.stretches {
        for (x, rows) in zip(stretch.columns, stretch.rows) {
          let middle = (rows.lowerBound + rows.upperBound) / 2
          histogram[Int(contrast[middle * width + x])] += 1
        }
      }
      let usual = ContrastMap.level(of: histogram, share: 0.5)
      let strong = min(Int(clamping: Double(usual) * thresholds.contrastOverLine) + 12, 256)
      var thin = [Range<Int>?](repeating: nil, count: line.length)
      for stretch in line.stretches {
        for (x, rows) in zip(stretch.columns, stretch.rows) { thin[x - line.columns.lowerBound] = rows }
      }
      for x in line.columns {
        let own = thin[x - line.columns.lowerBound]
        let band = own ?? line.band(at: x, margin: 0, within: height)
        if own == nil, isCrossed(band, at: x) { continue }
        // The fringe of the line is fainter than its middle, and no ink lies beyond it.
        let reach = own == nil ? band : max(band.lowerBound - 2, 0)..<min(band.upperBound + 2, height)
        for y in reach where Int(contrast[y * width + x]) < strong { result.append(y * width + x) }
      }
    }
    return result
  }

  /// Whether ink lies above a line, and hardly any below it.
  fileprivate func isUnderline(_ line: StraightLine, height usual: Double, _ thresholds: PaperThresholds)
    -> Bool
  {
    let (near, far) = (Int(clamping: line.thickness) + 2, Int(clamping: 0.35 * usual))
    guard far > near else { return false }
    func inked(_ offsets: some Sequence<Int>) -> Int {
      line.columns.count { x in
        let middle = Int(clamping: line.middle(x))
        return offsets.contains { offset in
          let y = middle + offset
          return y >= 0 && y < height && isInk[y * width + x]
        }
      }
    }
    return Double(inked(near...far)) <= thresholds.inkBelowUnderline * Double(line.length)
      && inked(-2 * far ... -near) * 4 >= line.length
  }

  /// Whether ink goes through a band of rows: it is above and below it, straight or slanted.
  private func isCrossed(_ band: Range<Int>, at column: Int) -> Bool {
    let reach = band.count / 2 + 2
    let columns = max(column - reach, 0)...min(column + reach, width - 1)
    func isInked(_ rows: Range<Int>) -> Bool {
      rows.contains { y in y >= 0 && y < height && columns.contains { isInk[y * width + $0] } }
    }
    return isInked(band.lowerBound - 3..<band.lowerBound - 1)
      && isInked(band.upperBound + 1..<band.upperBound + 3)
  }
}

extension StraightLine {
  /// The rows of the line at a column, by its fitted course.
  fileprivate func band(at column: Int, margin: Double, within height: Int) -> Range<Int> {
    let (middle, half) = (middle(column), thickness / 2 + 0.5 + margin)
    let top = min(max(Int(clamping: (middle - half).rounded(.down)), 0), height)
    return top..<max(top, min(Int(clamping: (middle + half).rounded(.up)), height))
  }
}
