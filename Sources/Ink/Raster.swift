import Basics

/// Counts how much of each pixel a set of marks covers together.
///
/// A pixel has 16 by 16 points; its level is the share of them that lie in any mark. Pixels that one mark
/// covers whole, most of a thick line, are found without looking at points. The others get a cell of
/// 256 bits, into which each mark's points are joined by "or". So neither the marks' order nor the part
/// that is drawn matters: drawing a part afresh gives the same levels, to the bit, as drawing everything.
struct Raster {
  /// The part that is being drawn: some rows of the whole, so that its states and cells stay in the cache.
  private var box: Rectangle
  private let width: Int
  /// For each pixel of the box: 0 untouched, -1 covered whole, else the number of its cell.
  private let states: UnsafeMutablePointer<Int32>
  private var cells: UnsafeMutablePointer<ScanlineCoverage.Points>
  private var cellCount = 1
  private var cellCapacity = 2048

  /// Rows that are drawn at once.
  private static let bandHeight = 32

  /// Replaces the levels in a part of the coverage by those of the traces.
  static func draw(_ traces: [StrokeOutline], within box: Rectangle, on coverage: inout Coverage) {
    let box = box.intersection(coverage.box)
    if box.isEmpty { return }
    var raster = Raster(box)
    defer { raster.free() }
    for top in stride(from: box.y, to: box.bottom, by: bandHeight) {
      raster.begin(rows: top..<min(top + bandHeight, box.bottom))
      for trace in traces where trace.box.overlaps(raster.box) {
        trace.cores.withUnsafeBufferPointer { cores in
          for core in cores where raster.meets(core) { raster.fill(core) }
        }
      }
      for trace in traces where trace.box.overlaps(raster.box) {
        trace.marks.withUnsafeBufferPointer { marks in
          for mark in marks where raster.meets(mark) { raster.add(mark) }
        }
      }
      raster.write(to: &coverage)
    }
  }

  private init(_ box: Rectangle) {
    self.box = box
    width = box.width
    states = .allocate(capacity: width * min(box.height, Self.bandHeight))
    cells = .allocate(capacity: cellCapacity)
  }

  private func free() {
    states.deallocate()
    cells.deallocate()
  }

  private mutating func begin(rows: Range<Int>) {
    box.y = rows.lowerBound
    box.height = rows.count
    states.initialize(repeating: 0, count: width * rows.count)
    cellCount = 1
  }

  @inline(__always)
  private func meets(_ mark: Mark) -> Bool {
    Int(mark.top) < box.bottom && Int(mark.bottom) > box.y
      && Int(mark.left) < box.right && Int(mark.right) > box.x
  }

  /// Notes the pixels that a core covers whole.
  private func fill(_ core: Mark) {
    let chords = ScanlineCoverage(core, within: box.columns)
    let rows = (Int(core.top)..<Int(core.bottom)).clamped(to: box.rows)
    for four in stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      let whole = chords.columns(row: four).whole
      for k in 0..<min(4, rows.upperBound &- four) {
        fill(line(four &+ k), from: Int(whole.first[k]), to: Int(whole.last[k]))
      }
    }
  }

  /// Notes the pixels that a mark covers whole, and adds its points to the cells of those at its edges.
  private mutating func add(_ mark: Mark) {
    let chords = ScanlineCoverage(mark, within: box.columns)
    let rows = (Int(mark.top)..<Int(mark.bottom)).clamped(to: box.rows)
    for four in stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      let columns = chords.columns(row: four)
      for k in 0..<min(4, rows.upperBound &- four) {
        let (row, line) = (four &+ k, line(four &+ k))
        let (first, last) = (Int(columns.touched.first[k]), Int(columns.touched.last[k]))
        let (wholeFirst, wholeLast) = (Int(columns.whole.first[k]), Int(columns.whole.last[k]))
        if wholeFirst < wholeLast {
          fill(line, from: wholeFirst, to: wholeLast)
          addPoints(of: chords, row: row, on: line, from: first, to: wholeFirst)
          addPoints(of: chords, row: row, on: line, from: wholeLast, to: last)
        } else {
          addPoints(of: chords, row: row, on: line, from: first, to: last)
        }
      }
    }
  }

  /// The states of a row's pixels.
  @inline(__always)
  private func line(_ row: Int) -> UnsafeMutablePointer<Int32> {
    states + (row &- box.y) &* width
  }

  @inline(__always)
  private func fill(_ line: UnsafeMutablePointer<Int32>, from first: Int, to last: Int) {
    var column = first
    while column < last {
      line[column] = -1
      column &+= 1
    }
  }

  @inline(__always)
  private mutating func addPoints(
    of chords: ScanlineCoverage, row: Int, on line: UnsafeMutablePointer<Int32>, from first: Int, to last: Int
  ) {
    var column = first
    while column < last, line[column] < 0 { column &+= 1 }
    if column >= last { return }
    addPoints(chords.lines(row: row), on: line, from: column, to: last)
  }

  private mutating func addPoints(
    _ lines: (from: ScanlineCoverage.Lines, to: ScanlineCoverage.Lines), on line: UnsafeMutablePointer<Int32>,
    from first: Int,
    to last: Int
  ) {
    for column in first..<last {
      var state = line[column]
      if state < 0 { continue }
      if state == 0 {
        state = newCell()
        line[column] = state
      }
      cells[Int(state)] |= ScanlineCoverage.points(from: lines.from, to: lines.to, column: column)
    }
  }

  private mutating func newCell() -> Int32 {
    if cellCount == cellCapacity {
      let larger = UnsafeMutablePointer<ScanlineCoverage.Points>.allocate(capacity: cellCapacity * 2)
      larger.update(from: cells, count: cellCapacity)
      cells.deallocate()
      cells = larger
      cellCapacity *= 2
    }
    (cells + cellCount).initialize(to: .zero)
    cellCount += 1
    return Int32(cellCount - 1)
  }

  private func write(to coverage: inout Coverage) {
    let stride = coverage.width
    coverage.levels.withUnsafeMutableBufferPointer { levels in
      for row in 0..<box.height {
        let line = states + row * width
        let start = (row + box.y) * stride + box.x
        for column in 0..<width {
          let state = line[column]
          levels[start + column] = state <= 0 ? UInt8(truncatingIfNeeded: state) : level(of: Int(state))
        }
      }
    }
  }

  private func level(of cell: Int) -> UInt8 {
    let words = UnsafeRawPointer(cells + cell)
    var count = 0
    for i in 0..<4 { count += words.load(fromByteOffset: i * 8, as: UInt64.self).nonzeroBitCount }
    return UInt8((count * 255 + 128) >> 8)
  }
}
