// Rows of an RBF kernel matrix, many at a time by one matrix product, kept as long as there is room.

import Basics
import Kernels

/// The kernel between the pictures of one problem: K_ij = exp(−γ |x_i − x_j|²), row by row on demand.
///
/// One row alone would read all pictures from memory for one product; so whoever asks for a row that is not here also
/// says which others it will want soon, and all of them are made in one go.
final class KernelRows {
  private let count: Int
  private let gamma: Float
  private let pictures: Matrix
  private let rows: [Int]
  private let norms: [Float]
  private let offsets: [Int]
  private let capacity: Int
  private let rowStride: Int
  private let cache: AlignedBuffer<Float>
  /// Where each place's row is kept, or −1.
  private var slot: [Int32]
  /// Whose row each slot keeps, or −1.
  private var owner: [Int32]
  private var oldest = 0
  private let packed: RowProducts
  private let scratch = AlignedBuffer<Float>(count: Scratch.count)
  private var block: AlignedBuffer<Float>
  private static let rowsAtOnce = 2 * RowProducts.blockWidth
  private static let spanAtOnce = 140

  init(_ pictures: Matrix, norms: [Float], rows: [Int], gamma: Float, cacheBytes: Int) {
    self.pictures = pictures
    self.rows = rows
    self.gamma = gamma
    count = rows.count
    self.norms = rows.map { norms[$0] }
    offsets = rows.map { $0 * pictures.columns }
    rowStride = (count + 15) / 16 * 16
    // Two rows must stand beside a whole new block.
    capacity = min(count, max(2 * Self.rowsAtOnce + 2, cacheBytes / 4 / max(1, rowStride)))
    cache = AlignedBuffer(count: capacity * rowStride)
    slot = [Int32](repeating: -1, count: count)
    owner = [Int32](repeating: -1, count: capacity)
    packed = RowProducts(terms: pictures.columns, capacity: Self.rowsAtOnce)
    block = AlignedBuffer(count: Self.spanAtOnce * Self.rowsAtOnce)
  }

  func has(_ place: Int) -> Bool { slot[place] >= 0 }

  /// The row of a place; `others` names up to so many more that are worth making with it.
  ///
  /// It stays where it is until a later call makes new rows.
  func row(_ place: Int, others: (Int) -> [Int]) -> UnsafePointer<Float> {
    if slot[place] < 0 {
      var wanted = [place]
      for other in others(Self.rowsAtOnce) where other != place && slot[other] < 0 {
        if wanted.count == min(Self.rowsAtOnce, capacity / 2) { break }
        wanted.append(other)
      }
      make(wanted)
    }
    return UnsafePointer(cache.pointer + Int(slot[place]) * rowStride)
  }

  private func make(_ places: [Int]) {
    for place in places {
      if owner[oldest] >= 0 { slot[Int(owner[oldest])] = -1 }
      owner[oldest] = Int32(place)
      slot[place] = Int32(oldest)
      oldest = (oldest + 1) % capacity
    }
    let width = places.count
    let outOffsets = (0..<Self.spanAtOnce).map { $0 * width }
    pictures.withPointer { base in
      packed.pack(base, offsets: places.map { offsets[$0] })
      offsets.withUnsafeBufferPointer { offsets in
        guard let offsets = offsets.baseAddress else { return }
        for first in stride(from: 0, to: count, by: Self.spanAtOnce) {
          let span = min(Self.spanAtOnce, count - first)
          packed.multiply(
            base, offsets: offsets + first, count: span, into: block.pointer, outOffsets: outOffsets,
            scratch: scratch)
          for (column, place) in places.enumerated() {
            let target = cache.pointer + Int(slot[place]) * rowStride + first
            for i in 0..<span { target[i] = block.pointer[i * width + column] }
          }
        }
      }
    }
    norms.withUnsafeBufferPointer { norms in
      guard let base = norms.baseAddress else { return }
      for place in places {
        kernels.rbfKernel(
          cache.pointer + Int(slot[place]) * rowStride, norm: norms[place], norms: base, width: gamma,
          count: count)
      }
    }
  }
}
