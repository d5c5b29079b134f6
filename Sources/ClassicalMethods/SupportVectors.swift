// The support vector machine with an RBF kernel: between every two digits the border with the widest margin.
//
// For digits a < b: minimise ½ Σ α_i α_j y_i y_j K(x_i, x_j) − Σ α_i  under 0 ≤ α_i ≤ C and Σ α_i y_i = 0, with
// K(x, z) = exp(−γ |x − z|²); the side of a new picture is the sign of Σ α_i y_i K(x_i, x) + b, and each of the 45
// pairs votes. Pictures with α_i > 0 are the support vectors: the only ones that need be kept.

import Basics
import Kernels

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A support vector machine, one against one.
package struct SupportVectors: Classifier {
  /// What a picture on the wrong side costs: C.
  package let cost: Double
  /// How fast likeness falls with the squared distance: γ.
  package let gamma: Double
  /// The support vectors of all pairs, grouped by digit.
  private var vectors: Vectors?
  /// Steps that all pairs needed together.
  package private(set) var steps = 0

  private struct Vectors: Sendable {
    let packed: RowProducts
    let norms: [Float]
    /// For each vector its weight in every pair of digits, 0 where it has no part.
    let weights: Matrix
    let constants: [Float]
  }

  /// With these two numbers.
  package init(cost: Double, gamma: Double) {
    self.cost = cost
    self.gamma = gamma
  }

  /// How many pictures are support vectors of any pair.
  package var vectorCount: Int { vectors?.norms.count ?? 0 }

  /// The support vectors, their weights in nine pairs each, and a constant for each pair.
  package var bytes: Int { vectorCount * ((vectors?.packed.terms ?? 0) + digitCount - 1) * 4 + 45 * 4 }

  /// Every two digits, the first the lower.
  static let pairs = (0..<digitCount).flatMap { a in ((a + 1)..<digitCount).map { (a, $0) } }

  /// Solves the 45 problems, several at a time.
  package mutating func fit(_ samples: Samples, _ effort: ExecutionContext) throws(Stopped) {
    let rows = (0..<digitCount).map { digit in samples.labels.indices.filter { samples.labels[$0] == digit } }
    let norms = squaredNorms(of: samples.pictures)
    let outcomes = Outcomes(count: Self.pairs.count)
    let (cost, gamma) = (cost, gamma)
    // The largest problems first, so that no thread is left alone with one at the end.
    let order = Self.pairs.indices.sorted {
      let (first, second) = (Self.pairs[$0], Self.pairs[$1])
      return rows[first.0].count + rows[first.1].count > rows[second.0].count + rows[second.1].count
    }
    let threads = effort.threads
    let isStopped = effort.isStopped
    try effort.share(order.count) { job, _ in
      let pair = order[job]
      let (first, second) = Self.pairs[pair]
      let margin = BinarySVM(
        samples.pictures, norms: norms, positive: rows[first], negative: rows[second], cost: cost,
        gamma: gamma, cacheBytes: Self.cacheBytes / threads)
      margin.solve(isStopped)
      outcomes.put(margin.outcome, at: pair)
    }
    var place = [Int](repeating: -1, count: samples.count)
    var kept: [Int] = []
    for digit in 0..<digitCount {
      let used = Set(outcomes.all.flatMap { $0.rows })
      for row in rows[digit] where used.contains(row) {
        place[row] = kept.count
        kept.append(row)
      }
    }
    var weights = Matrix(rows: Self.pairs.count, columns: kept.count)
    for (pair, outcome) in outcomes.all.enumerated() {
      for (row, weight) in zip(outcome.rows, outcome.weights) {
        weights.values[pair * kept.count + place[row]] = Float(weight)
      }
    }
    vectors = Vectors(
      packed: RowProducts(samples.pictures.rows(at: kept), threads: effort.threads),
      norms: kept.map { norms[$0] }, weights: weights, constants: outcomes.all.map { Float($0.constant) })
    steps = outcomes.all.reduce(0) { $0 + $1.steps }
  }

  /// Room for rows of the kernel, all threads together.
  private static let cacheBytes = 360 << 20

  private final class Outcomes: @unchecked Sendable {
    private(set) var all: [BinarySVM.Outcome]
    private let lock: UnsafeMutablePointer<pthread_mutex_t>

    init(count: Int) {
      all = [BinarySVM.Outcome](repeating: BinarySVM.Outcome(), count: count)
      lock = .allocate(capacity: 1)
      pthread_mutex_init(lock, nil)
    }

    deinit {
      pthread_mutex_destroy(lock)
      lock.deallocate()
    }

    func put(_ outcome: BinarySVM.Outcome, at pair: Int) {
      pthread_mutex_lock(lock)
      all[pair] = outcome
      pthread_mutex_unlock(lock)
    }
  }

  /// The digit that most pairs vote for, the lower of equals.
  package func predict(_ pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> [UInt8] {
    let sides = try decisions(pictures, effort)
    return (0..<pictures.rows).map { row in
      var votes = [Int](repeating: 0, count: digitCount)
      for (pair, value) in zip(Self.pairs, sides.row(row)) { votes[value > 0 ? pair.0 : pair.1] += 1 }
      return UInt8(votes.firstIndex(of: votes.max() ?? 0) ?? 0)
    }
  }

  /// For each picture and each pair of digits which side it is on, and how far.
  ///
  /// The kernel is computed once for all pairs, a few hundred pictures by a few hundred vectors at a time, and
  /// multiplied with the weights while it lies in the cache.
  package func decisions(_ pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> Matrix {
    guard let vectors, vectors.packed.count > 0 else {
      return Matrix(rows: pictures.rows, columns: Self.pairs.count)
    }
    let packed = vectors.packed
    let gamma = Float(gamma)
    let width = 8 * RowProducts.blockWidth
    let atOnce = RowProducts.rowsAtOnce(terms: packed.terms)
    let pairCount = Self.pairs.count
    let slices = stride(from: 0, to: packed.count, by: width).map { column in
      let count = min(width, packed.count - column)
      let slice = RowProducts(terms: count, capacity: pairCount)
      vectors.weights.withPointer { base in
        slice.pack(base + column, offsets: (0..<pairCount).map { $0 * packed.count }) {
          column == 0 ? vectors.constants[$0] : 0
        }
      }
      return slice
    }
    let result = AlignedBuffer<Float>(count: pictures.rows * pairCount)
    try effort.share((pictures.rows + atOnce - 1) / atOnce) { job, _ in
      let first = job * atOnce
      let rows = min(atOnce, pictures.rows - first)
      let offsets = (0..<rows).map { (first + $0) * pictures.columns }
      let kernelOffsets = (0..<rows).map { $0 * width }
      let sideOffsets = (0..<rows).map { $0 * pairCount }
      let scratch = AlignedBuffer<Float>(count: Scratch.count)
      let room = AlignedBuffer<Float>(count: rows * width)
      let part = AlignedBuffer<Float>(count: rows * pairCount)
      let target = result.pointer + first * pairCount
      pictures.withPointer { base in
        let norms = offsets.map { kernels.dot(base + $0, base + $0, count: pictures.columns) }
        for (slice, column) in stride(from: 0, to: packed.count, by: width).enumerated() {
          let columns = column..<min(packed.count, column + width)
          packed.multiply(
            base, offsets: offsets, count: rows, columns: columns, into: room.pointer,
            outOffsets: kernelOffsets, scratch: scratch)
          vectors.norms.withUnsafeBufferPointer { vectorNorms in
            guard let vectorNorms = vectorNorms.baseAddress else { return }
            for row in 0..<rows {
              kernels.rbfKernel(
                room.pointer + row * width, norm: norms[row], norms: vectorNorms + column, width: gamma,
                count: columns.count)
            }
          }
          slices[slice].multiply(
            room.pointer, offsets: kernelOffsets, count: rows, into: part.pointer, outOffsets: sideOffsets,
            scratch: scratch)
          for i in 0..<(rows * pairCount) { target[i] += part.pointer[i] }
        }
      }
    }
    return Matrix(
      rows: pictures.rows, columns: pairCount,
      values: Array(UnsafeBufferPointer(start: result.pointer, count: pictures.rows * pairCount)))
  }
}
