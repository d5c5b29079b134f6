// The support vector machine with an RBF kernel: between every two digits the boundary with the widest margin.
//
// For digits a < b: minimise ½ Σ α_i α_j y_i y_j K(x_i, x_j) − Σ α_i  under 0 ≤ α_i ≤ C and Σ α_i y_i = 0, with
// K(x, z) = exp(−γ |x − z|²); the sign of Σ α_i y_i K(x_i, x) + b decides for a or b, and each of the 45 pairs
// votes. Pictures with α_i > 0 are the support vectors: the only ones that prediction needs.

import Basics
import Kernels

/// A support vector machine, one against one.
package struct SupportVectorMachine: Classifier {
  /// The cost C of a picture on the wrong side.
  package let cost: Double
  /// γ: how fast the kernel falls with the squared distance.
  package let gamma: Double
  private var model: Model?
  /// The optimisation steps of all pairs together.
  package private(set) var steps = 0

  /// The support vectors of all pairs, grouped by digit.
  private struct Model: Sendable {
    let vectors: PackedRows
    let norms: [Float]
    /// Each vector's weight in every pair of digits; 0 where the pair does not use it.
    let weights: Matrix
    let constants: [Float]
  }

  /// Makes an untrained classifier.
  package init(cost: Double, gamma: Double) {
    self.cost = cost
    self.gamma = gamma
  }

  /// The number of pictures that are support vectors of any pair.
  package var vectorCount: Int { model?.norms.count ?? 0 }

  /// The size of the support vectors, of their weights in nine pairs each, and of a constant for each pair.
  package var bytes: Int { vectorCount * ((model?.vectors.terms ?? 0) + digitCount - 1) * 4 + 45 * 4 }

  /// Every two digits, the lower first.
  private static let pairs = (0..<digitCount).flatMap { a in ((a + 1)..<digitCount).map { (a, $0) } }

  /// Memory for cached rows of the kernel, of all threads together.
  private static let cacheBytes = 360 << 20

  /// Solves the 45 problems, several at a time.
  package mutating func fit(_ samples: Samples, _ context: ExecutionContext) throws(Stopped) {
    let rows = (0..<digitCount).map { digit in samples.labels.indices.filter { samples.labels[$0] == digit } }
    let norms = samples.pictures.squaredNorms
    let (cost, gamma, pairs) = (cost, gamma, Self.pairs)
    let (isStopped, cacheBytes) = (context.isStopped, Self.cacheBytes / context.threads)
    // The largest problems first, so that no thread works alone on a large one at the end.
    let sizes = pairs.map { rows[$0.0].count + rows[$0.1].count }
    let order = pairs.indices.sorted { sizes[$0] > sizes[$1] }
    var solutions = [BinarySVM.Solution](repeating: BinarySVM.Solution(), count: pairs.count)
    OrderedWork.run(order.count, threads: context.threads) { job in
      let (first, second) = pairs[order[job]]
      return BinarySVM(
        samples.pictures, norms: norms, positive: rows[first], negative: rows[second], cost: cost,
        gamma: gamma, cacheBytes: cacheBytes
      ).solve(isStopped)
    } each: { job, solution in
      solutions[order[job]] = solution
      context.report(Double(job + 1) / Double(order.count))
    }
    try context.check()
    let used = Set(solutions.flatMap(\.rows))
    let vectors = rows.joined().filter(used.contains)
    let columns = Dictionary(uniqueKeysWithValues: zip(vectors, vectors.indices))
    var weights = Matrix(rows: pairs.count, columns: vectors.count)
    for (pair, solution) in solutions.enumerated() {
      for (row, weight) in zip(solution.rows, solution.weights) {
        if let column = columns[row] { weights.values[pair * vectors.count + column] = Float(weight) }
      }
    }
    model = Model(
      vectors: PackedRows(samples.pictures.rows(at: vectors), threads: context.threads),
      norms: vectors.map { norms[$0] }, weights: weights, constants: solutions.map { Float($0.constant) })
    steps = solutions.reduce(0) { $0 + $1.steps }
  }

  /// The digit that most pairs vote for, the lowest of equals.
  package func predict(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> [UInt8] {
    let decisions = try decisions(pictures, context)
    return (0..<pictures.rows).map { row in
      var votes = Votes()
      for (pair, value) in zip(Self.pairs, decisions.row(row)) { votes.add(value > 0 ? pair.0 : pair.1) }
      return votes.winner
    }
  }

  /// The decision function of each pair of digits for each picture: positive for the lower digit.
  ///
  /// The kernel is computed once for all pairs, a few hundred pictures by a few hundred vectors at a time, and
  /// multiplied by the weights while it is in the cache.
  package func decisions(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> Matrix {
    let pairCount = Self.pairs.count
    guard let model, model.vectors.count > 0 else { return Matrix(rows: pictures.rows, columns: pairCount) }
    let vectors = model.vectors
    let vectorNorms = AlignedBuffer(model.norms)
    let gamma = Float(gamma)
    let width = 8 * PackedRows.blockWidth
    let columnRanges = (0..<vectors.count).chunks(of: width)
    let weights = columnRanges.map { columns in
      let packed = PackedRows(terms: columns.count, capacity: pairCount)
      model.weights.withPointer { base in
        packed.pack(base + columns.lowerBound, offsets: (0..<pairCount).map { $0 * vectors.count }) {
          columns.lowerBound == 0 ? model.constants[$0] : 0
        }
      }
      return packed
    }
    let result = AlignedBuffer<Float>(count: pictures.rows * pairCount)
    let rowsAtOnce = PackedRows.rowsAtOnce(terms: vectors.terms)
    try context.runJobs(rows: pictures.rows, atOnce: rowsAtOnce) { rows in
      let offsets = rows.map { $0 * pictures.columns }
      let kernelOffsets = (0..<rows.count).map { $0 * width }
      let kernel = AlignedBuffer<Float>(count: rows.count * width)
      let part = AlignedBuffer<Float>(count: rows.count * pairCount)
      let target = result.pointer + rows.lowerBound * pairCount
      pictures.withPointer { base in
        let norms = offsets.map { kernels.dot(base + $0, base + $0, count: pictures.columns) }
        for (columns, weights) in zip(columnRanges, weights) {
          vectors.multiply(base, offsets: offsets, columns: columns, into: kernel.pointer, width: width)
          for row in 0..<rows.count {
            kernels.rbfKernel(
              kernel.pointer + row * width, norm: norms[row], norms: vectorNorms.pointer + columns.lowerBound,
              width: gamma, count: columns.count)
          }
          weights.multiply(kernel.pointer, offsets: kernelOffsets, into: part.pointer, width: pairCount)
          for i in 0..<(rows.count * pairCount) { target[i] += part.pointer[i] }
        }
      }
    }
    return Matrix(rows: pictures.rows, columns: pairCount, values: result.array)
  }
}
