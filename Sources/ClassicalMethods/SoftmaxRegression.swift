// Softmax regression (multinomial logistic regression): a weighted sum of the pixels for each digit, turned into probabilities.
//
// p_c = exp(w_c·x + b_c) / Σ_d exp(w_d·x + b_d);  minimise −(1/n) Σ log p_label + (1 / (2 n C)) |W|², which is convex.
// L-BFGS goes down with all samples at every step. A few hundred pictures at a time go forward (one product), become
// p − y, and go back (one sum of outer products) while they lie in the cache, so that memory is read once a step.

import Basics
import Kernels
import NeuralNetwork

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A linear function for each digit, whose exponentials are the probabilities.
package struct SoftmaxRegression: Classifier {
  /// The more, the less large weights cost: scikit-learn's C.
  package let freedom: Double
  /// Steps at most.
  package let iterations: Int
  private var weights = Matrix(rows: digitCount, columns: 0)
  private var constants: [Float] = []
  /// The mean loss, penalty and all, before each step and at the end.
  package private(set) var losses: [Double] = []

  /// Large weights cost 1/(2nC) of their squares.
  package init(freedom: Double, iterations: Int = 100) {
    self.freedom = freedom
    self.iterations = iterations
  }

  /// Ten rows of weights and ten constants.
  package var bytes: Int { (weights.values.count + constants.count) * 4 }

  /// The weights of each digit.
  package var learntPictures: Matrix? { weights }

  /// Goes down from zero weights.
  package mutating func fit(_ samples: Samples, _ effort: ExecutionContext) throws(Stopped) {
    let terms = samples.pictures.columns
    let loss = SoftmaxLoss(samples, threads: effort.threads)
    let penalty = 1 / (freedom * Double(max(1, samples.count)))
    var descent = LBFGS(start: [Double](repeating: 0, count: digitCount * (terms + 1)))
    losses = []
    for iteration in 0..<iterations {
      try effort.check()
      let outcome = descent.iterate { (point: [Double], gradient: inout [Double]) -> Double in
        var value = loss.evaluate(point, &gradient)
        // The constants, at the end, cost nothing.
        for i in 0..<(digitCount * terms) {
          value += penalty / 2 * point[i] * point[i]
          gradient[i] += penalty * point[i]
        }
        return value
      }
      losses.append(descent.value)
      effort.report(Double(iteration + 1) / Double(iterations))
      if outcome != .progressed { break }
    }
    weights = Matrix(
      rows: digitCount, columns: terms, values: descent.point.prefix(digitCount * terms).map { Float($0) })
    constants = descent.point.suffix(digitCount).map { Float($0) }
  }

  /// The most probable digit.
  package func predict(_ pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> [UInt8] {
    let constants = constants
    return largestColumn(of: try RowProducts(weights, bias: { constants[$0] }).product(pictures, effort))
  }
}

/// The mean loss over all samples, and its gradient, by several threads with a fixed share each.
private final class SoftmaxLoss: Sendable {
  private let samples: Samples
  private let threads: Int
  private static let rowsAtOnce = 256

  init(_ samples: Samples, threads: Int) {
    self.samples = samples
    self.threads = threads
  }

  func evaluate(_ point: [Double], _ gradient: inout [Double]) -> Double {
    let terms = samples.pictures.columns
    let weights = Matrix(
      rows: digitCount, columns: terms, values: point.prefix(digitCount * terms).map { Float($0) })
    let packed = RowProducts(weights, bias: { Float(point[digitCount * terms + $0]) })
    let shares = (0..<threads).map { _ in Share(terms: terms) }
    let parts = (samples.count + Self.rowsAtOnce - 1) / Self.rowsAtOnce
    ThreadPool.run(parts: threads) { [samples, threads] thread in
      for part in (parts * thread / threads)..<(parts * (thread + 1) / threads) {
        let first = part * Self.rowsAtOnce
        shares[thread].add(samples, first..<min(samples.count, first + Self.rowsAtOnce), packed)
      }
      shares[thread].empty()
    }
    let scale = 1 / Double(max(1, samples.count))
    for i in gradient.indices { gradient[i] = scale * shares.reduce(0) { $0 + $1.gradient[i] } }
    return scale * shares.reduce(0) { $0 + $1.loss }
  }

  /// One thread's part of the sum.
  private final class Share: @unchecked Sendable {
    var loss = 0.0
    var gradient: [Double]
    private let terms: Int
    private let sums: AlignedBuffer<Float>
    private let errors: AlignedBuffer<Float>
    private let scratch = AlignedBuffer<Float>(count: Scratch.count)
    private let termOffsets: AlignedBuffer<Int>
    private let zero = AlignedBuffer([0])
    private let errorOffsets: [Int]
    private let stride: Int
    private var filled = 0

    init(terms: Int) {
      self.terms = terms
      gradient = [Double](repeating: 0, count: digitCount * (terms + 1))
      let block = kernels.blockWidth
      stride = (digitCount + block - 1) / block * block
      sums = AlignedBuffer(count: terms * stride)
      errors = AlignedBuffer(count: SoftmaxLoss.rowsAtOnce * stride + block)
      termOffsets = AlignedBuffer(Array(0..<terms))
      let width = stride
      errorOffsets = (0..<SoftmaxLoss.rowsAtOnce).map { $0 * width }
    }

    func add(_ samples: Samples, _ rows: Range<Int>, _ packed: RowProducts) {
      let offsets = rows.map { $0 * terms }
      samples.pictures.withPointer { base in
        packed.multiply(
          base, offsets: offsets, count: rows.count, into: errors.pointer, outOffsets: errorOffsets,
          scratch: scratch)
        for (index, row) in rows.enumerated() {
          becomeError(errors.pointer + index * stride, label: Int(samples.labels[row]))
        }
        kernels.outerProducts(
          OuterProducts(
            input: base + rows.lowerBound * terms, inputOffsets: zero.pointer, inputStep: terms,
            termOffsets: termOffsets.pointer, terms: 0..<terms, termCount: terms, gradient: errors.pointer,
            gradientOffsets: zero.pointer, gradientStep: stride, rows: 1, rowLength: rows.count,
            columns: digitCount, sums: sums.pointer, scratch: scratch.pointer))
      }
      filled += 1
      if filled % 8 == 0 { empty() }
    }

    /// Scores become probabilities, less 1 at the label.
    private func becomeError(_ scores: UnsafeMutablePointer<Float>, label: Int) {
      var top = scores[0]
      for c in 1..<digitCount { top = max(top, scores[c]) }
      let own = scores[label] - top
      var total: Float = 0
      for c in 0..<digitCount {
        scores[c] = expf(scores[c] - top)
        total += scores[c]
      }
      loss += log(Double(total)) - Double(own)
      let share = 1 / total
      for c in 0..<digitCount { scores[c] *= share }
      scores[label] -= 1
      for c in 0..<digitCount { gradient[digitCount * terms + c] += Double(scores[c]) }
    }

    /// Adds the single-precision sums to the double ones and begins again; a block is wider than ten on any machine but the plainest.
    func empty() {
      let block = kernels.blockWidth
      for digit in 0..<digitCount {
        let source = sums.pointer + digit / block * terms * block + digit % block
        for term in 0..<terms { gradient[digit * terms + term] += Double(source[term * block]) }
      }
      sums.pointer.update(repeating: 0, count: terms * stride)
    }
  }
}
