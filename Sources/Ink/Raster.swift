// Antialiased drawing of shapes.

import Basics

/// Counts how much of each pixel a set of shapes covers.
///
/// A pixel has 16 by 16 points. Its level is the share of points that lie in any shape. Pixels that one shape
/// covers whole, most of a thick line, are found without points. Each other pixel has a cell of 256 bits,
/// into which the points of each shape are combined by "or". So the result depends neither on the order of
/// the shapes nor on the part that is drawn: drawing a part again gives exactly the levels of drawing
/// everything.
struct Raster {
  /// The rows that are being drawn, few enough that their states and cells stay in the cache.
  private var box: Rectangle
  private let width: Int
  /// For each pixel of the box: 0 if untouched, -1 if covered whole, otherwise the index of its cell.
  private let states: UnsafeMutablePointer<Int32>
  private var cells: UnsafeMutablePointer<ScanlineCoverage.Points>
  private var cellCount = 1
  private var cellCapacity = 2048

  /// Rows that are drawn together.
  private static let bandHeight = 32

  /// Replaces the levels in a box by those of some outlines.
  static func draw(_ outlines: [StrokeOutline], within box: Rectangle, on coverage: inout Coverage) {
    let box = box.intersection(coverage.box)
    if box.isEmpty { return }
    var raster = Raster(box)
    defer { raster.free() }
    for top in stride(from: box.y, to: box.bottom, by: bandHeight) {
      raster.begin(rows: top..<min(top + bandHeight, box.bottom))
      for outline in outlines where outline.box.overlaps(raster.box) {
        outline.cores.withUnsafeBufferPointer { cores in
          for core in cores where raster.meets(core) { raster.fill(core) }
        }
      }
      for outline in outlines where outline.box.overlaps(raster.box) {
        outline.shapes.withUnsafeBufferPointer { shapes in
          for shape in shapes where raster.meets(shape) { raster.add(shape) }
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
  private func meets(_ shape: ConvexShape) -> Bool {
    Int(shape.top) < box.bottom && Int(shape.bottom) > box.y
      && Int(shape.left) < box.right && Int(shape.right) > box.x
  }

  /// Marks the pixels that a core covers whole.
  private func fill(_ core: ConvexShape) {
    let scanlines = ScanlineCoverage(core, within: box.columns)
    let rows = (Int(core.top)..<Int(core.bottom)).clamped(to: box.rows)
    for four in stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      let whole = scanlines.columns(row: four).whole
      for k in 0..<min(4, rows.upperBound &- four) {
        fill(line(four &+ k), from: Int(whole.first[k]), to: Int(whole.last[k]))
      }
    }
  }

  /// Marks the pixels that a shape covers whole, and adds its points to the cells of those at its edges.
  private mutating func add(_ shape: ConvexShape) {
    let scanlines = ScanlineCoverage(shape, within: box.columns)
    let rows = (Int(shape.top)..<Int(shape.bottom)).clamped(to: box.rows)
    for four in stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      let columns = scanlines.columns(row: four)
      for k in 0..<min(4, rows.upperBound &- four) {
        let (row, line) = (four &+ k, line(four &+ k))
        let (first, last) = (Int(columns.touched.first[k]), Int(columns.touched.last[k]))
        let (wholeFirst, wholeLast) = (Int(columns.whole.first[k]), Int(columns.whole.last[k]))
        if wholeFirst < wholeLast {
          fill(line, from: wholeFirst, to: wholeLast)
          addPoints(of: scanlines, row: row, on: line, from: first, to: wholeFirst)
          addPoints(of: scanlines, row: row, on: line, from: wholeLast, to: last)
        } else {
          addPoints(of: scanlines, row: row, on: line, from: first, to: last)
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
    of scanlines: ScanlineCoverage, row: Int, on line: UnsafeMutablePointer<Int32>, from first: Int,
    to last: Int
  ) {
    var column = first
    while column < last, line[column] < 0 { column &+= 1 }
    if column >= last { return }
    addPoints(scanlines.lines(row: row), on: line, from: column, to: last)
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
