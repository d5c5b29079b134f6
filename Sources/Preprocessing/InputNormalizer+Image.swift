// Normalisation of ink from pictures.

public import Basics
public import Ink

extension InputNormalizer {
  /// Normalises the ink of one symbol.
  ///
  /// Each pixel of the input is the mean of the ink that it covers.
  ///
  /// - Parameters:
  ///   - ink: the ink.
  ///   - box: the part of it to use; nil for all.
  ///   - dot: ink with a smaller longer side, in pixels, is not enlarged to fill the box.
  /// - Returns: the input; nil without ink.
  public func input(of ink: Coverage, within box: Rectangle? = nil, dot: Double = 0) -> Coverage? {
    let box = (box ?? ink.box).intersection(ink.box)
    guard let loose = Self.tightBox(of: ink, within: box) else { return nil }
    let tight = Self.sharpBox(of: ink, within: loose)
    var part = ink.cropped(to: tight).thickened
    var smallest = max(Self.smallestBox, dot)
    if part.isCoarse {
      part = part.doubled
      smallest = max(Self.smallestBox, 2 * dot)
    }
    if deskew { part = Self.upright(part) }
    return Self.centered(Self.averaged(part, smallest: smallest))
  }

  /// The smallest box around all ink within a box.
  ///
  /// - Parameters:
  ///   - ink: the ink.
  ///   - box: the box to search.
  /// - Returns: the smallest box; nil without ink.
  public static func tightBox(of ink: Coverage, within box: Rectangle) -> Rectangle? {
    var columns: Range<Int>?
    var rows: Range<Int>?
    for y in box.rows {
      var first = box.x
      var last = box.right
      let line = y * ink.width
      while first < last, ink.levels[line + first] == 0 { first += 1 }
      if first == last { continue }
      while ink.levels[line + last - 1] == 0 { last -= 1 }
      columns = min(columns?.lowerBound ?? first, first)..<max(columns?.upperBound ?? last, last)
      rows = (rows?.lowerBound ?? y)..<y + 1
    }
    guard let columns, let rows else { return nil }
    return Rectangle(columns: columns, rows: rows)
  }

  /// The box without the blurred fringe of the ink: each edge is where the level exceeds half of the level
  /// that it reaches within a pixel of the input.
  ///
  /// Sharp ink keeps its box. Smoothly enlarged or photographed ink would become too small otherwise.
  private static func sharpBox(of ink: Coverage, within box: Rectangle) -> Rectangle {
    var columns = [UInt8](repeating: 0, count: box.width)
    var rows = [UInt8](repeating: 0, count: box.height)
    ink.levels.withUnsafeBufferPointer { levels in
      for y in 0..<box.height {
        let line = (box.y + y) * ink.width + box.x
        var largest: UInt8 = 0
        for x in 0..<box.width {
          let level = levels[line + x]
          columns[x] = max(columns[x], level)
          largest = max(largest, level)
        }
        rows[y] = largest
      }
    }
    let fringe = Int(
      clamping: (max(Double(max(box.width, box.height)), smallestBox) / Double(inner)).rounded(.up))
    func first(_ peaks: some RandomAccessCollection<UInt8>) -> Int {
      let half = (peaks.prefix(fringe).max() ?? 0) / 2
      return peaks.prefix(fringe).enumerated().first { $0.element > half }?.offset ?? 0
    }
    let left = first(columns)
    let top = first(rows)
    let right = max(columns.count - first(columns.reversed()), left + 1)
    let bottom = max(rows.count - first(rows.reversed()), top + 1)
    return Rectangle(
      columns: box.x + left..<box.x + right,
      rows: box.y + top..<box.y + bottom)
  }

  /// Extends ink to a square, of at least `smallest` pixels a side, and averages it to `inner` pixels a side.
  static func averaged(
    _ ink: Coverage, to inner: Int = inner, smallest: Double = smallestBox
  ) -> Coverage {
    let side = max(Double(max(ink.width, ink.height)), smallest)
    let columns = shares(of: ink.width, side: side, among: inner)
    let rows = shares(of: ink.height, side: side, among: inner)
    // Rows first, so that each level is read once or twice.
    var narrow = [Float](repeating: 0, count: inner * ink.height)
    ink.levels.withUnsafeBufferPointer { levels in
      for y in 0..<ink.height {
        let line = y * ink.width
        for x in 0..<inner {
          let share = columns[x]
          if share.first > share.last { continue }
          var sum = Float(levels[line + share.first]) * share.firstWeight
          if share.last > share.first {
            var whole: Int32 = 0
            for i in share.first + 1..<share.last { whole &+= Int32(levels[line + i]) }
            sum += Float(whole) + Float(levels[line + share.last]) * share.lastWeight
          }
          narrow[y * inner + x] = sum
        }
      }
    }
    var result = Coverage(width: inner, height: inner)
    let scale = Float(Double(inner * inner) / (side * side))
    for y in 0..<inner {
      let share = rows[y]
      if share.first > share.last { continue }
      for x in 0..<inner {
        var sum = narrow[share.first * inner + x] * share.firstWeight
        if share.last > share.first {
          for i in share.first + 1..<share.last { sum += narrow[i * inner + x] }
          sum += narrow[share.last * inner + x] * share.lastWeight
        }
        result[x, y] = UInt8(clamping: min(max((sum * scale).rounded(), 0), 255))
      }
    }
    return result
  }

  /// The old pixels that a new one covers on one axis: whole ones between a first and a last.
  private struct Share {
    var first = 0
    var last = -1
    var firstWeight: Float = 0
    var lastWeight: Float = 0
  }

  /// For each of the `inner` pixels the pixels that it covers, of `count` in the middle of a square's side.
  private static func shares(of count: Int, side: Double, among inner: Int) -> [Share] {
    let margin = (side - Double(count)) / 2
    return (0..<inner).map { i in
      let low = max(Double(i) * side / Double(inner) - margin, 0)
      let high = min(Double(i + 1) * side / Double(inner) - margin, Double(count))
      if low >= high { return Share() }
      var share = Share()
      share.first = min(Int(clamping: low), count - 1)
      share.last = max(min(Int(clamping: high.rounded(.up)) - 1, count - 1), share.first)
      share.firstWeight = Float(min(high, Double(share.first + 1)) - low)
      share.lastWeight = share.last > share.first ? Float(high - Double(share.last)) : 0
      return share
    }
  }

  /// Shears slanted ink upright, row by row.
  private static func upright(_ ink: Coverage) -> Coverage {
    let slant = slant(of: ink)
    if abs(slant) * Double(ink.height) < 0.5 { return ink }
    let reach = abs(slant) * Double(ink.height)
    let width = ink.width + Int(clamping: reach) + 2
    var sheared = Coverage(width: width, height: ink.height)
    for y in 0..<ink.height {
      let shift = slant > 0 ? reach - slant * Double(y) : -slant * Double(y)
      let whole = Int(clamping: shift)
      let part = Int(clamping: (shift - Double(whole)) * 256)
      for x in 0...ink.width {
        let here = x < ink.width ? Int(ink[x, y]) : 0
        let before = x > 0 ? Int(ink[x - 1, y]) : 0
        let target = x + whole
        if target < width { sheared[target, y] = UInt8((here * (256 - part) + before * part + 128) >> 8) }
      }
    }
    guard let tight = tightBox(of: sheared, within: sheared.box) else { return ink }
    return sheared.cropped(to: tight)
  }
}
