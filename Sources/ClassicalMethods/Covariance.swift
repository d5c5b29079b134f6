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

  init(_ matrix: Matrix, _ context: ExecutionContext) throws(Stopped) {
    let (count, width, threads) = (matrix.rows, matrix.columns, context.threads)
    let (sums, varying) = Self.columnStatistics(matrix, threads: min(threads, max(1, count)))
    try context.check()
    let mean = sums.map { $0 / Double(max(1, count)) }
    let n = varying.count
    let centre = varying.map { Float(mean[$0]) }
    let partialSums = (0..<threads).map { _ in
      OuterProductSum(terms: n, columns: n, isUpperTriangle: true)
    }
    let blocks = (0..<count).chunks(of: OuterProductSum.rowsAtOnce)
    ThreadPool.run(parts: threads) { thread in
      let sum = partialSums[thread]
      let rows = sum.makeRows()
      for index in blocks.indices.part(thread, of: threads) where !context.isStopped() {
        matrix.withPointer { base in
          for (position, row) in blocks[index].enumerated() {
            let source = base + row * width
            let target = rows.pointer + position * sum.stride
            for (index, column) in varying.enumerated() { target[index] = source[column] - centre[index] }
          }
        }
        sum.add(rows.pointer, step: sum.stride, rows.pointer, rows: blocks[index].count)
        if thread == 0 { context.report(Double(index * threads) / Double(blocks.count)) }
      }
      sum.flush()
    }
    try context.check()
    var scatter = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in i..<n {
        let sum = partialSums.reduce(0) { $0 + $1.value(i, j) }
        scatter[i * n + j] = sum
        scatter[j * n + i] = sum
      }
    }
    (self.count, self.width, self.mean, varyingColumns, self.scatter) = (count, width, mean, varying, scatter)
  }

  /// The sum of every column, and the columns whose numbers are not all equal.
  private static func columnStatistics(_ matrix: Matrix, threads: Int) -> (sums: [Double], varying: [Int]) {
    let width = matrix.columns
    let partialSums = AlignedBuffer<Double>(count: threads * width)
    let partialFlags = AlignedBuffer<UInt8>(count: threads * width)
    ThreadPool.run(parts: threads) { thread in
      let (sums, flags) = (partialSums.pointer + thread * width, partialFlags.pointer + thread * width)
      matrix.withPointer { base in
        for row in (0..<matrix.rows).part(thread, of: threads) {
          let values = base + row * width
          for column in 0..<width {
            sums[column] += Double(values[column])
            flags[column] |= values[column] == base[column] ? 0 : 1
          }
        }
      }
    }
    func parts<T>(_ buffer: AlignedBuffer<T>, _ column: Int) -> [T] {
      (0..<threads).map { buffer.pointer[$0 * width + column] }
    }
    return (
      (0..<width).map { parts(partialSums, $0).reduce(0, +) },
      (0..<width).filter { parts(partialFlags, $0).contains(1) }
    )
  }
}
