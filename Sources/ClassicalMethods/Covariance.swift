// Sums of products of every two columns, from which PCA and least squares follow without another pass over the pictures.
//
// S = Σ (x − m)(x − m)ᵀ over rows x with mean m. The products are summed in single precision over a few
// hundred rows, which are centred first to avoid cancellation, and then added in double: entries are within 1e-7 of the
// exact ones.

import Basics
import Kernels

/// The mean of rows and the scatter matrix of their deviations, for the columns that vary.
struct Covariance: Sendable {
  /// The number of rows.
  let count: Int
  /// The number of columns of a row.
  let width: Int
  /// The mean of each column.
  let mean: [Double]
  /// The columns that are not the same in every row; a picture's margin is always empty.
  let varyingColumns: [Int]
  /// Σ (x − m)(x − m)ᵀ over the varying columns, row after row, both triangles.
  let scatter: [Double]

  /// Rows that are centred and summed together: a multiple of what the kernels sum in registers.
  private static let rowsAtOnce = 256
  /// The single-precision sums are added to the double ones after this many blocks of rows.
  private static let blocksBeforeFlush = 8

  init(_ matrix: Matrix, _ context: ExecutionContext) throws(Stopped) {
    let (count, width) = (matrix.rows, matrix.columns)
    let columns = ColumnStatistics.all(of: matrix, threads: context.threads)
    try context.check()
    let mean = columns.sums.map { $0 / Double(max(1, count)) }
    let varying = (0..<width).filter { columns.lowest[$0] < columns.highest[$0] }
    let n = varying.count
    let block = kernels.blockWidth
    // The kernels read whole blocks of columns, so the rows are padded.
    let stride = (n + block - 1) / block * block
    let centre = varying.map { Float(mean[$0]) }
    let threads = context.threads
    let partialSums = (0..<threads).map { _ in ScatterSum(columns: n, stride: stride) }
    let blocks = (count + Self.rowsAtOnce - 1) / Self.rowsAtOnce
    ThreadPool.run(parts: threads) { thread in
      let sum = partialSums[thread]
      let rows = AlignedBuffer<Float>(count: Self.rowsAtOnce * stride + block)
      let scratch = AlignedBuffer<Float>(count: Scratch.count)
      var added = 0
      // A fixed share for each thread makes the sums reproducible to the bit.
      for index in (blocks * thread / threads)..<(blocks * (thread + 1) / threads) where !context.isStopped()
      {
        let first = index * Self.rowsAtOnce
        let rowCount = min(Self.rowsAtOnce, count - first)
        matrix.withPointer { base in
          for row in 0..<rowCount {
            let source = base + (first + row) * width
            let target = rows.pointer + row * stride
            for (index, column) in varying.enumerated() { target[index] = source[column] - centre[index] }
          }
        }
        sum.add(rows.pointer, rowCount, scratch)
        added += 1
        if added % Self.blocksBeforeFlush == 0 { sum.flush() }
        if thread == 0 { context.report(Double(index * threads) / Double(blocks)) }
      }
      sum.flush()
    }
    try context.check()
    var scatter = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in i..<n {
        let sum = partialSums.reduce(0) { $0 + $1.doubles.pointer[i * stride + j] }
        scatter[i * n + j] = sum
        scatter[j * n + i] = sum
      }
    }
    (self.count, self.width, self.mean, varyingColumns, self.scatter) = (count, width, mean, varying, scatter)
  }
}

/// One thread's part of the scatter matrix: each block of columns holds only the terms up to its end, the upper triangle.
private final class ScatterSum {
  private let columns: Int
  private let stride: Int
  private let floats: AlignedBuffer<Float>
  let doubles: AlignedBuffer<Double>
  /// Where a row's numbers are, and where the only row begins.
  private let termOffsets: AlignedBuffer<Int>
  private let zero = AlignedBuffer([0])

  init(columns: Int, stride: Int) {
    self.columns = columns
    self.stride = stride
    termOffsets = AlignedBuffer(Array(0..<columns))
    floats = AlignedBuffer(count: columns * stride)
    doubles = AlignedBuffer(count: columns * stride)
  }

  func add(_ rows: UnsafeMutablePointer<Float>, _ rowCount: Int, _ scratch: AlignedBuffer<Float>) {
    let block = kernels.blockWidth
    for column in Swift.stride(from: 0, to: columns, by: block) {
      let width = min(block, columns - column)
      // Fourteen is a multiple of the register tile at every instruction set; whole tiles leave no remainder to copy.
      let end = min(columns, (column + width + 13) / 14 * 14)
      kernels.outerProducts(
        OuterProducts(
          input: rows, inputOffsets: zero.pointer, inputStep: stride, termOffsets: termOffsets.pointer,
          terms: 0..<end, termCount: columns, gradient: rows + column, gradientOffsets: zero.pointer,
          gradientStep: stride, rows: 1, rowLength: rowCount, columns: width,
          sums: floats.pointer + column * columns, scratch: scratch.pointer))
    }
  }

  /// Adds the single-precision sums to the double ones, in rows of the matrix, and resets them to 0.
  func flush() {
    let block = kernels.blockWidth
    for column in Swift.stride(from: 0, to: columns, by: block) {
      let source = floats.pointer + column * columns
      for term in 0..<min(columns, column + block) {
        let target = doubles.pointer + term * stride + column
        for i in 0..<min(block, columns - column) { target[i] += Double(source[term * block + i]) }
      }
    }
    floats.pointer.update(repeating: 0, count: columns * stride)
  }
}

/// The sum, the minimum and the maximum of every column.
private struct ColumnStatistics {
  private(set) var sums: [Double]
  private(set) var lowest: [Float]
  private(set) var highest: [Float]

  private init(width: Int) {
    sums = [Double](repeating: 0, count: width)
    lowest = [Float](repeating: .infinity, count: width)
    highest = [Float](repeating: -.infinity, count: width)
  }

  static func all(of matrix: Matrix, threads: Int) -> ColumnStatistics {
    let parts = min(threads, max(1, matrix.rows))
    var result = ColumnStatistics(width: matrix.columns)
    var partial = [ColumnStatistics](repeating: result, count: parts)
    partial.withUnsafeMutableBufferPointer { partial in
      ThreadPool.run(parts: parts) { part in
        partial[part].add(
          matrix, rows: (matrix.rows * part / parts)..<(matrix.rows * (part + 1) / parts))
      }
    }
    for part in partial {
      for column in 0..<matrix.columns {
        result.sums[column] += part.sums[column]
        result.lowest[column] = min(result.lowest[column], part.lowest[column])
        result.highest[column] = max(result.highest[column], part.highest[column])
      }
    }
    return result
  }

  private mutating func add(_ matrix: Matrix, rows: Range<Int>) {
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
