// The matrix product behind k-NN, PCA, k-means, the linear methods and the SVM's kernel: rows times rows.

import Basics
import Kernels

/// Rows in the kernels' layout, to be multiplied with other rows: `out[i, j] = bias[j] + Σ a[i, k] · b[j, k]`.
///
/// With the bias −|b|²/2 a product orders rows by their distance, because |a − b|² = |a|² − 2(a·b − |b|²/2).
///
/// `@unchecked Sendable`: several threads read it at once only while none of them packs.
final class PackedRows: @unchecked Sendable {
  /// The number of columns of a row.
  let terms: Int
  /// The number of packed rows.
  private(set) var count = 0
  private let packed: AlignedBuffer<Float>
  private let biases: AlignedBuffer<Float>

  /// Allocates memory for the given number of rows.
  init(terms: Int, capacity: Int) {
    self.terms = terms
    let capacity = Self.blockCount(capacity) * Self.blockWidth
    packed = AlignedBuffer(count: capacity * terms)
    biases = AlignedBuffer(count: capacity)
  }

  /// Packs all rows of a matrix, on several threads.
  convenience init(_ matrix: Matrix, threads: Int = 1, bias: (Int) -> Float = { _ in 0 }) {
    self.init(terms: matrix.columns, capacity: matrix.rows)
    count = matrix.rows
    let blocks = Self.blockCount(count)
    let parts = min(threads, max(1, blocks))
    ThreadPool.run(parts: parts) { part in
      matrix.withPointer { rows in
        for index in (0..<blocks).part(part, of: parts) {
          packBlock(index, rows, { $0 * matrix.columns }, bias)
        }
      }
    }
  }

  /// Packs all rows of a matrix with the bias that orders them by their distance.
  convenience init(byDistance matrix: Matrix, threads: Int = 1) {
    let norms = matrix.squaredNorms
    self.init(matrix, threads: threads, bias: { -norms[$0] / 2 })
  }

  /// Replaces the packed rows by those at the given offsets.
  func pack(_ rows: UnsafePointer<Float>, offsets: [Int], bias: (Int) -> Float = { _ in 0 }) {
    precondition(offsets.count <= biases.count)
    count = offsets.count
    for index in 0..<Self.blockCount(count) { packBlock(index, rows, { offsets[$0] }, bias) }
  }

  private func packBlock(
    _ index: Int, _ rows: UnsafePointer<Float>, _ offset: (Int) -> Int, _ bias: (Int) -> Float
  ) {
    let block = Self.blockWidth
    let target = packed.pointer + index * block * terms
    for column in 0..<block {
      let packedRow = index * block + column
      var out = target + column
      guard packedRow < count else {
        biases.pointer[packedRow] = 0
        for _ in 0..<terms {
          out.pointee = 0
          out += block
        }
        continue
      }
      biases.pointer[packedRow] = bias(packedRow)
      let row = rows + offset(packedRow)
      for k in 0..<terms {
        out.pointee = row[k]
        out += block
      }
    }
  }

  /// The number of rows in a block; a range of columns to multiply starts at a whole block.
  static var blockWidth: Int { kernels.blockWidth }

  private static func blockCount(_ rows: Int) -> Int { (rows + blockWidth - 1) / blockWidth }

  /// Rows times a range of the packed rows; the first column of the output is the first of the range, and its rows are
  /// `width` numbers apart.
  func multiply(
    _ rows: UnsafePointer<Float>, offsets: [Int], columns: Range<Int>? = nil,
    into out: UnsafeMutablePointer<Float>, width: Int
  ) {
    let columns = columns ?? 0..<count
    precondition(columns.lowerBound % Self.blockWidth == 0 && columns.upperBound <= count)
    guard !offsets.isEmpty, !columns.isEmpty else { return }
    let inputOffsets = AlignedBuffer(offsets)
    let outputOffsets = AlignedBuffer(offsets.indices.map { $0 * width })
    let scratch = AlignedBuffer<Float>(count: Scratch.count)
    kernels.products(
      Products(
        input: rows, inputOffsets: inputOffsets.pointer, rows: offsets.count, runs: 1, runLength: terms,
        runStride: terms, weights: packed.pointer + columns.lowerBound * terms,
        bias: biases.pointer + columns.lowerBound, columns: columns.count, output: out,
        outputOffsets: outputOffsets.pointer, scratch: scratch.pointer))
  }

  /// Rows that are multiplied together: few enough to stay in a second-level cache of 1 MiB.
  static func rowsAtOnce(terms: Int) -> Int {
    max(14, min(448, 120_000 / max(1, terms) / 14 * 14))
  }

  /// The packed row with the largest product for each row of a matrix, the first of equals.
  func largest(_ matrix: Matrix, _ context: ExecutionContext) throws(Stopped) -> [Int] {
    try product(matrix, context).largestColumns
  }

  /// The whole product of a matrix with the packed rows.
  func product(_ matrix: Matrix, _ context: ExecutionContext) throws(Stopped) -> Matrix {
    let width = count
    let result = AlignedBuffer<Float>(count: matrix.rows * width)
    try context.runJobs(rows: matrix.rows, atOnce: Self.rowsAtOnce(terms: terms)) { rows in
      matrix.withPointer {
        multiply(
          $0, offsets: rows.map { $0 * matrix.columns }, into: result.pointer + rows.lowerBound * width,
          width: width)
      }
    }
    return Matrix(rows: matrix.rows, columns: width, values: result.array)
  }
}
