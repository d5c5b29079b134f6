// Softmax regression (multinomial logistic regression): a weighted sum of the pixels for each digit, turned into probabilities.
//
// p_c = exp(w_c·x + b_c) / Σ_d exp(w_d·x + b_d);  minimise −(1/n) Σ log p_label + (1 / (2 n C)) |W|², which is convex.
// L-BFGS uses all samples at every step. A few hundred pictures at a time go forward (one product), become p − y, and go
// back (one sum of outer products) while they are in the cache, so that memory is read once a step.

import Basics
import CLibrary
import Kernels
import NeuralNetwork

/// A linear function for each digit, whose exponentials are proportional to the probabilities.
package struct SoftmaxRegression: Classifier {
  /// The inverse C of the regularization, as in scikit-learn: the penalty is |W|² / (2nC).
  package let inverseRegularization: Double
  /// The largest number of steps.
  package let iterations: Int
  private var model = LinearClassifier.untrained
  /// The mean loss, with the penalty, before each step and at the end.
  package private(set) var losses: [Double] = []

  /// Makes an untrained classifier.
  package init(inverseRegularization: Double, iterations: Int = 100) {
    self.inverseRegularization = inverseRegularization
    self.iterations = iterations
  }

  /// The size of ten rows of weights and ten constants.
  package var bytes: Int { model.bytes }

  /// The weights of each digit.
  package var learntPictures: Matrix? { model.weights }

  /// Minimises the loss, from zero weights.
  package mutating func fit(_ samples: Samples, _ context: ExecutionContext) throws(Stopped) {
    let weightCount = digitCount * samples.pictures.columns
    let loss = SoftmaxLoss(samples: samples, threads: context.threads)
    let penalty = 1 / (inverseRegularization * Double(max(1, samples.count)))
    var optimizer = LBFGS(start: [Double](repeating: 0, count: weightCount + digitCount))
    losses = []
    for iteration in 0..<iterations {
      try context.check()
      let outcome = optimizer.iterate { (point: [Double], gradient: inout [Double]) -> Double in
        var value = loss.evaluate(point, &gradient)
        // The constants, at the end, are not penalised.
        for i in 0..<weightCount {
          value += penalty / 2 * point[i] * point[i]
          gradient[i] += penalty * point[i]
        }
        return value
      }
      losses.append(optimizer.value)
      context.report(Double(iteration + 1) / Double(iterations))
      if outcome != .progressed { break }
    }
    model = LinearClassifier(point: optimizer.point, terms: samples.pictures.columns)
  }

  /// The most probable digit.
  package func predict(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> [UInt8] {
    try model.predict(pictures, context)
  }
}

extension LinearClassifier {
  /// The weights of all digits, then their constants.
  fileprivate init(point: [Double], terms: Int) {
    weights = Matrix(
      rows: digitCount, columns: terms, values: point.prefix(digitCount * terms).map { Float($0) })
    constants = point.suffix(digitCount).map { Float($0) }
  }
}

/// The mean loss over all samples, and its gradient; each thread computes a fixed part.
private struct SoftmaxLoss {
  let samples: Samples
  let threads: Int

  func evaluate(_ point: [Double], _ gradient: inout [Double]) -> Double {
    let terms = samples.pictures.columns
    let model = LinearClassifier(point: point, terms: terms)
    let packed = PackedRows(model.weights, bias: { model.constants[$0] })
    let parts = (0..<threads).map { _ in LossPart(terms: terms) }
    let blocks = (0..<samples.count).chunks(of: OuterProductSum.rowsAtOnce)
    ThreadPool.run(parts: threads) { thread in
      for block in blocks.indices.part(thread, of: threads) {
        parts[thread].add(samples, blocks[block], packed)
      }
      parts[thread].weightGradient.flush()
    }
    let scale = 1 / Double(max(1, samples.count))
    for digit in 0..<digitCount {
      for term in 0..<terms {
        gradient[digit * terms + term] = scale * parts.reduce(0) { $0 + $1.weightGradient.value(term, digit) }
      }
      gradient[digitCount * terms + digit] = scale * parts.reduce(0) { $0 + $1.constantGradient[digit] }
    }
    return scale * parts.reduce(0) { $0 + $1.loss }
  }
}

/// One thread's part of the loss and of the gradient.
private final class LossPart {
  private(set) var loss = 0.0
  let weightGradient: OuterProductSum
  private(set) var constantGradient = [Double](repeating: 0, count: digitCount)
  private let errors: AlignedBuffer<Float>

  init(terms: Int) {
    weightGradient = OuterProductSum(terms: terms, columns: digitCount)
    errors = weightGradient.makeRows()
  }

  func add(_ samples: Samples, _ rows: Range<Int>, _ packed: PackedRows) {
    let terms = packed.terms
    let width = weightGradient.stride
    samples.pictures.withPointer { base in
      packed.multiply(base, offsets: rows.map { $0 * terms }, into: errors.pointer, width: width)
      for (index, row) in rows.enumerated() {
        replaceByError(errors.pointer + index * width, label: Int(samples.labels[row]))
      }
      weightGradient.add(base + rows.lowerBound * terms, step: terms, errors.pointer, rows: rows.count)
    }
  }

  /// Replaces logits by p − y: probabilities, less 1 at the label.
  private func replaceByError(_ logits: UnsafeMutablePointer<Float>, label: Int) {
    var largest = logits[0]
    for c in 1..<digitCount { largest = max(largest, logits[c]) }
    let labelLogit = logits[label] - largest
    var total: Float = 0
    for c in 0..<digitCount {
      logits[c] = expf(logits[c] - largest)
      total += logits[c]
    }
    loss += log(Double(total)) - Double(labelLogit)
    let scale = 1 / total
    for c in 0..<digitCount { logits[c] *= scale }
    logits[label] -= 1
    for c in 0..<digitCount { constantGradient[c] += Double(logits[c]) }
  }
}
