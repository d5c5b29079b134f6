// Sums of outer products: Σ a bᵀ over many rows a and b.

import Kernels

/// Σ a bᵀ over pairs of rows, summed in single precision over a few thousand rows, and then in double precision.
final class OuterProductSum {
  /// The length of each a.
  private let terms: Int
  /// The length of each b.
  private let columns: Int
  /// Whether entries below the diagonal are left out, to save time: a and b are the same rows.
  private let isUpperTriangle: Bool
  /// `columns`, rounded up to whole blocks of the kernels.
  let stride: Int
  private let floats: AlignedBuffer<Float>
  private let doubles: AlignedBuffer<Double>
  private let scratch = AlignedBuffer<Float>(count: Scratch.count)
  private let termOffsets: AlignedBuffer<Int>
  private let zero = AlignedBuffer([0])
  private var blocks = 0

  /// Rows that callers add together: a multiple of what the kernels sum in registers.
  static let rowsAtOnce = 256
  /// The single-precision sums are added to the double ones after this many additions.
  private static let additionsBeforeFlush = 8

  init(terms: Int, columns: Int, isUpperTriangle: Bool = false) {
    self.terms = terms
    self.columns = columns
    self.isUpperTriangle = isUpperTriangle
    let block = kernels.blockWidth
    stride = (columns + block - 1) / block * block
    termOffsets = AlignedBuffer(Array(0..<terms))
    floats = AlignedBuffer(count: terms * stride)
    doubles = AlignedBuffer(count: terms * stride)
  }

  /// Memory for `rowsAtOnce` rows b, in which the kernels read whole blocks.
  func makeRows() -> AlignedBuffer<Float> {
    AlignedBuffer(count: Self.rowsAtOnce * stride + kernels.blockWidth)
  }

  /// Adds the products of some rows a, `step` numbers apart, with as many rows b, `stride` numbers apart.
  func add(_ a: UnsafePointer<Float>, step: Int, _ b: UnsafePointer<Float>, rows: Int) {
    for column in Swift.stride(from: 0, to: columns, by: kernels.blockWidth) {
      let width = min(kernels.blockWidth, columns - column)
      // Fourteen is a multiple of the register tile at every instruction set; whole tiles leave no remainder to copy.
      let end = isUpperTriangle ? min(terms, (column + width + 13) / 14 * 14) : terms
      kernels.outerProducts(
        OuterProducts(
          input: a, inputOffsets: zero.pointer, inputStep: step, termOffsets: termOffsets.pointer,
          terms: 0..<end, termCount: terms, gradient: b + column, gradientOffsets: zero.pointer,
          gradientStep: stride, rows: 1, rowLength: rows, columns: width,
          sums: floats.pointer + column * terms, scratch: scratch.pointer))
    }
    blocks += 1
    if blocks % Self.additionsBeforeFlush == 0 { flush() }
  }

  /// Adds the single-precision sums to the double ones, and resets them to 0.
  func flush() {
    let block = kernels.blockWidth
    for column in Swift.stride(from: 0, to: columns, by: block) {
      let source = floats.pointer + column * terms
      for term in 0..<(isUpperTriangle ? min(terms, column + block) : terms) {
        let target = doubles.pointer + term * stride + column
        for i in 0..<min(block, columns - column) { target[i] += Double(source[term * block + i]) }
      }
    }
    floats.clear()
  }

  /// The sum for one number of a and one of b, after a flush.
  func value(_ term: Int, _ column: Int) -> Double { doubles.pointer[term * stride + column] }
}
