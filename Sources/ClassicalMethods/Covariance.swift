// Sums of products of every two columns, from which PCA and least squares follow without seeing the pictures again.
//
// G = Σ (x − m)(x − m)ᵀ over rows x with mean m. The products are made in single precision over a few
// hundred rows, centred before so that nothing cancels, and added in double: entries within 1e-7 of the exact ones.

import Basics
import Kernels

/// The mean of rows and the sums of products of their deviations, for the columns that vary at all.
struct Covariance: Sendable {
  /// How many rows there were.
  let count: Int
  /// How many columns a row has.
  let width: Int
  /// The mean of each column.
  let mean: [Double]
  /// The columns that are not the same in every row; a picture's rim is always paper.
  let varying: [Int]
  /// Σ (x − m)(x − m)ᵀ over the varying columns, row after row, both triangles.
  let sums: [Double]

  /// Rows centred and summed at once: a multiple of what the kernels sum in registers.
  private static let rowsAtOnce = 256
  /// Single-precision sums are emptied into double after so many such parts.
  private static let partsBeforeEmptying = 8

  init(_ matrix: Matrix, _ effort: ExecutionContext) throws(Stopped) {
    let (count, width) = (matrix.rows, matrix.columns)
    let columns = try ColumnSums(matrix, effort)
    let mean = columns.sums.map { $0 / Double(max(1, count)) }
    let varying = (0..<width).filter { columns.lowest[$0] < columns.highest[$0] }
    let n = varying.count
    let block = kernels.blockWidth
    // The kernels read whole blocks of gradients; the rows' room is padded accordingly.
    let stride = (n + block - 1) / block * block
    let centre = varying.map { Float(mean[$0]) }
    let threads = effort.threads
    let totals = (0..<threads).map { _ in Totals(count: n * stride, columns: n) }
    let parts = (count + Self.rowsAtOnce - 1) / Self.rowsAtOnce
    let (isStopped, report) = (effort.isStopped, effort.report)
    ThreadPool.run(parts: threads) { thread in
      let total = totals[thread]
      let rows = AlignedBuffer<Float>(count: Self.rowsAtOnce * stride + block)
      let scratch = AlignedBuffer<Float>(count: Scratch.count)
      var filled = 0
      // A fixed share for each thread keeps the sums the same to the bit.
      for part in (parts * thread / threads)..<(parts * (thread + 1) / threads) where !isStopped() {
        let first = part * Self.rowsAtOnce
        let rowCount = min(Self.rowsAtOnce, count - first)
        matrix.withPointer { base in
          for row in 0..<rowCount {
            let source = base + (first + row) * width
            let target = rows.pointer + row * stride
            for (index, column) in varying.enumerated() { target[index] = source[column] - centre[index] }
          }
        }
        total.add(rows.pointer, rowCount, columns: n, stride: stride, scratch)
        filled += 1
        if filled % Self.partsBeforeEmptying == 0 { total.empty(columns: n) }
        if thread == 0 { report(Double(part * threads) / Double(parts)) }
      }
      total.empty(columns: n)
    }
    try effort.check()
    var sums = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in i..<n {
        let sum = totals.reduce(0) { $0 + $1.doubles[i * stride + j] }
        sums[i * n + j] = sum
        sums[j * n + i] = sum
      }
    }
    (self.count, self.width, self.mean, self.varying, self.sums) = (count, width, mean, varying, sums)
  }

  /// One thread's sums: of each block of columns only the terms up to the block's end, the upper triangle.
  private final class Totals: @unchecked Sendable {
    private let floats: AlignedBuffer<Float>
    let doubles: UnsafeMutablePointer<Double>
    private let count: Int
    /// Where a row's numbers lie, and where the only row begins.
    private let terms: AlignedBuffer<Int>
    private let zero = AlignedBuffer([0])

    init(count: Int, columns: Int) {
      self.count = count
      terms = AlignedBuffer(Array(0..<columns))
      floats = AlignedBuffer(count: count)
      doubles = .allocate(capacity: max(1, count))
      doubles.initialize(repeating: 0, count: max(1, count))
    }

    deinit { doubles.deallocate() }

    func add(
      _ rows: UnsafeMutablePointer<Float>, _ rowCount: Int, columns: Int, stride: Int,
      _ scratch: AlignedBuffer<Float>
    ) {
      let block = kernels.blockWidth
      for column in Swift.stride(from: 0, to: columns, by: block) {
        let width = min(block, columns - column)
        // Fourteen divides the register tile of every level or is its own; whole tiles leave no rest to copy.
        let upTo = min(columns, (column + width + 13) / 14 * 14)
        kernels.outerProducts(
          OuterProducts(
            input: rows, inputOffsets: zero.pointer, inputStep: stride, termOffsets: terms.pointer,
            terms: 0..<upTo, termCount: columns, gradient: rows + column, gradientOffsets: zero.pointer,
            gradientStep: stride, rows: 1, rowLength: rowCount, columns: width,
            sums: floats.pointer + column * columns, scratch: scratch.pointer))
      }
    }

    /// Adds the single-precision sums to the double ones, in rows of the matrix, and begins again.
    func empty(columns: Int) {
      let block = kernels.blockWidth
      let stride = count / max(1, columns)
      for column in Swift.stride(from: 0, to: columns, by: block) {
        let source = floats.pointer + column * columns
        for term in 0..<min(columns, column + block) {
          let target = doubles + term * stride + column
          for i in 0..<min(block, columns - column) { target[i] += Double(source[term * block + i]) }
        }
      }
      floats.pointer.update(repeating: 0, count: count)
    }
  }
}

/// The sum, the least and the greatest of every column.
private struct ColumnSums {
  var sums: [Double]
  var lowest: [Float]
  var highest: [Float]

  init(_ matrix: Matrix, _ effort: ExecutionContext) throws(Stopped) {
    let width = matrix.columns
    sums = [Double](repeating: 0, count: width)
    lowest = [Float](repeating: .infinity, count: width)
    highest = [Float](repeating: -.infinity, count: width)
    let parts = min(effort.threads, max(1, matrix.rows))
    let results = (0..<parts).map { _ in PartSums(width: width) }
    ThreadPool.run(parts: parts) { part in
      results[part].add(matrix, rows: (matrix.rows * part / parts)..<(matrix.rows * (part + 1) / parts))
    }
    for result in results {
      for column in 0..<width {
        sums[column] += result.sums[column]
        lowest[column] = min(lowest[column], result.lowest[column])
        highest[column] = max(highest[column], result.highest[column])
      }
    }
    try effort.check()
  }

  private final class PartSums: @unchecked Sendable {
    var sums: [Double]
    var lowest: [Float]
    var highest: [Float]

    init(width: Int) {
      sums = [Double](repeating: 0, count: width)
      lowest = [Float](repeating: .infinity, count: width)
      highest = [Float](repeating: -.infinity, count: width)
    }

    func add(_ matrix: Matrix, rows: Range<Int>) {
      let width = matrix.columns
      matrix.withPointer { base in
        sums.withUnsafeMutableBufferPointer { sums in
          lowest.withUnsafeMutableBufferPointer { lowest in
            highest.withUnsafeMutableBufferPointer { highest in
              for row in rows {
                let values = base + row * width
                for column in 0..<width {
                  let value = values[column]
                  sums[column] += Double(value)
                  lowest[column] = min(lowest[column], value)
                  highest[column] = max(highest[column], value)
                }
              }
            }
          }
        }
      }
    }
  }
}
