// Rows of an RBF kernel matrix, computed many at a time by one matrix product, and cached.

import Kernels

/// The kernel between the pictures of one problem: K_ij = exp(−γ |x_i − x_j|²), row by row on demand.
///
/// One row alone would read all pictures from memory for one product. A caller that needs a missing row therefore names
/// others that it will need soon, and all of them are computed together.
final class KernelMatrixCache {
  private let count: Int
  private let gamma: Float
  private let pictures: Matrix
  private let norms: [Float]
  private let offsets: [Int]
  /// The number of rows that fit into the cache.
  private let capacity: Int
  private let rowStride: Int
  private let cache: AlignedBuffer<Float>
  /// The slot of each cached row.
  private var slots: [Int?]
  /// The row in each slot.
  private var slotRows: [Int?]
  private var oldestSlot = 0
  private let packed: PackedRows
  private let products: AlignedBuffer<Float>
  private static let rowsAtOnce = 2 * PackedRows.blockWidth
  private static let columnsAtOnce = 140

  init(_ pictures: Matrix, norms: [Float], samples: [Int], gamma: Float, cacheBytes: Int) {
    self.pictures = pictures
    self.gamma = gamma
    count = samples.count
    self.norms = samples.map { norms[$0] }
    offsets = samples.map { $0 * pictures.columns }
    rowStride = (count + 15) / 16 * 16
    // Two rows in use must fit beside a new block of rows.
    capacity = min(count, max(2 * Self.rowsAtOnce + 2, cacheBytes / 4 / max(1, rowStride)))
    cache = AlignedBuffer(count: capacity * rowStride)
    slots = [Int?](repeating: nil, count: count)
    slotRows = [Int?](repeating: nil, count: capacity)
    packed = PackedRows(terms: pictures.columns, capacity: Self.rowsAtOnce)
    products = AlignedBuffer(count: Self.columnsAtOnce * Self.rowsAtOnce)
  }

  /// Whether a row is cached.
  func has(_ row: Int) -> Bool { slots[row] != nil }

  /// A row's address, which is valid until a later call computes new rows.
  ///
  /// If the row is missing, `others` names up to the given number of rows to compute with it.
  func row(_ row: Int, others: (Int) -> [Int] = { _ in [] }) -> UnsafePointer<Float> {
    if slots[row] == nil {
      var missing = [row]
      for other in others(Self.rowsAtOnce) where other != row && slots[other] == nil {
        if missing.count == min(Self.rowsAtOnce, capacity / 2) { break }
        missing.append(other)
      }
      compute(missing)
    }
    return UnsafePointer(address(of: row))
  }

  private func address(of row: Int) -> UnsafeMutablePointer<Float> {
    cache.pointer + (slots[row] ?? 0) * rowStride
  }

  private func compute(_ rows: [Int]) {
    for row in rows {
      if let evicted = slotRows[oldestSlot] { slots[evicted] = nil }
      slotRows[oldestSlot] = row
      slots[row] = oldestSlot
      oldestSlot = (oldestSlot + 1) % capacity
    }
    let width = rows.count
    pictures.withPointer { base in
      packed.pack(base, offsets: rows.map { offsets[$0] })
      for columns in (0..<count).chunks(of: Self.columnsAtOnce) {
        packed.multiply(base, offsets: Array(offsets[columns]), into: products.pointer, width: width)
        for (index, row) in rows.enumerated() {
          let target = address(of: row) + columns.lowerBound
          for i in 0..<columns.count { target[i] = products.pointer[i * width + index] }
        }
      }
    }
    for row in rows {
      kernels.rbfKernel(address(of: row), norm: norms[row], norms: norms, width: gamma, count: count)
    }
  }
}
