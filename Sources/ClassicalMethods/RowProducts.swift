// The one matrix product behind k-NN, PCA, k-means, the linear methods and the SVM's kernel: rows times rows.

import Basics
import Kernels

/// Rows laid out for the kernels, to be multiplied with other rows: `out[i, j] = bias[j] + Σ a[i, k] · b[j, k]`.
///
/// With the bias −|b|²/2 a product orders rows by their distance, because |a − b|² = |a|² − 2(a·b − |b|²/2).
/// The object may be read by several threads at once while none of them packs.
final class RowProducts: @unchecked Sendable {
  /// How many numbers a row has.
  let terms: Int
  /// How many rows are packed.
  private(set) var count = 0
  private let capacity: Int
  private let packed: UnsafeMutablePointer<Float>
  private let biases: UnsafeMutablePointer<Float>

  /// Room for so many rows.
  init(terms: Int, capacity: Int) {
    self.terms = terms
    let block = kernels.blockWidth
    self.capacity = (capacity + block - 1) / block * block
    packed = Self.allocate(max(1, self.capacity * terms))
    biases = Self.allocate(max(1, self.capacity))
  }

  deinit {
    packed.deallocate()
    biases.deallocate()
  }

  /// All rows of a matrix, packed by several threads.
  convenience init(_ matrix: Matrix, threads: Int = 1, bias: @escaping @Sendable (Int) -> Float = { _ in 0 })
  {
    self.init(terms: matrix.columns, capacity: matrix.rows)
    count = matrix.rows
    let block = kernels.blockWidth
    let blocks = (count + block - 1) / block
    let parts = min(threads, max(1, blocks))
    ThreadPool.run(parts: parts) { [self] part in
      matrix.withPointer { rows in
        for index in (blocks * part / parts)..<(blocks * (part + 1) / parts) {
          packBlock(index, rows, { $0 * matrix.columns }, bias)
        }
      }
    }
  }

  /// Replaces what is packed by these rows.
  func pack(_ rows: UnsafePointer<Float>, offsets: [Int], bias: (Int) -> Float = { _ in 0 }) {
    precondition(offsets.count <= capacity)
    count = offsets.count
    let block = kernels.blockWidth
    for index in 0..<((count + block - 1) / block) { packBlock(index, rows, { offsets[$0] }, bias) }
  }

  private func packBlock(
    _ index: Int, _ rows: UnsafePointer<Float>, _ offset: (Int) -> Int, _ bias: (Int) -> Float
  ) {
    let block = kernels.blockWidth
    let target = packed + index * block * terms
    for column in 0..<block {
      let place = index * block + column
      var out = target + column
      guard place < count else {
        biases[place] = 0
        for _ in 0..<terms {
          out.pointee = 0
          out += block
        }
        continue
      }
      biases[place] = bias(place)
      let row = rows + offset(place)
      for k in 0..<terms {
        out.pointee = row[k]
        out += block
      }
    }
  }

  /// The largest number of columns that a block of columns starts from, for walking in whole blocks.
  static var blockWidth: Int { kernels.blockWidth }

  /// Rows times the packed rows of some blocks; the first column written is the first block's first.
  func multiply(
    _ rows: UnsafePointer<Float>, offsets: UnsafePointer<Int>, count rowCount: Int,
    columns: Range<Int>? = nil,
    into out: UnsafeMutablePointer<Float>, outOffsets: UnsafePointer<Int>, scratch: AlignedBuffer<Float>
  ) {
    let block = kernels.blockWidth
    let columns = columns ?? 0..<count
    precondition(columns.lowerBound % block == 0 && columns.upperBound <= count)
    guard rowCount > 0, !columns.isEmpty else { return }
    kernels.products(
      Products(
        input: rows, inputOffsets: offsets, rows: rowCount, runs: 1, runLength: terms, runStride: terms,
        weights: packed + columns.lowerBound * terms, bias: biases + columns.lowerBound,
        columns: columns.count, output: out, outputOffsets: outOffsets, scratch: scratch.pointer))
  }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
      .bindMemory(to: Float.self, capacity: count)
  }
}

extension RowProducts {
  /// Rows that go through the packed rows together, so that they stay in a second-level cache of 1 MiB.
  static func rowsAtOnce(terms: Int) -> Int {
    max(14, min(448, 120_000 / max(1, terms) / 14 * 14))
  }

  /// The whole product of a matrix with the packed rows.
  func product(_ matrix: Matrix, _ effort: ExecutionContext) throws(Stopped) -> Matrix {
    var result = Matrix(rows: matrix.rows, columns: count)
    let width = count
    let atOnce = Self.rowsAtOnce(terms: terms)
    var stopped = false
    result.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let out = base
      do throws(Stopped) {
        try effort.share((matrix.rows + atOnce - 1) / atOnce) { [self] job, _ in
          let first = job * atOnce
          let rows = min(atOnce, matrix.rows - first)
          let offsets = (0..<rows).map { (first + $0) * matrix.columns }
          let outOffsets = (0..<rows).map { (first + $0) * width }
          matrix.withPointer {
            multiply(
              $0, offsets: offsets, count: rows, into: out, outOffsets: outOffsets,
              scratch: AlignedBuffer(count: Scratch.count))
          }
        }
      } catch {
        stopped = true
      }
    }
    if stopped { throw Stopped() }
    return result
  }
}
