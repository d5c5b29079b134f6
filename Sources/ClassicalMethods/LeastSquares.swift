// Least squares: a weighted sum of the pixels for each digit, as near as possible to 1 for its pictures and 0 for others.
//
// minimise Σ |W(x − m) + ȳ − y|² + α |W|²  ⇒  (S + αI) Wᵀ = Σ (x − m) yᵀ with S = Σ (x − m)(x − m)ᵀ: the normal
// equations, solved by Cholesky's S + αI = L Lᵀ. The right side for class c is n_c (m_c − m): sums over its pictures.

import Basics
import Kernels

/// A linear function for each digit, fitted by least squares.
package struct LeastSquares: Classifier {
  /// The factor α of the squared weights.
  package let penalty: Double
  private var model = LinearClassifier.untrained

  /// Makes an untrained classifier; the penalty must be above 0 where pixels depend on each other.
  package init(penalty: Double) {
    self.penalty = penalty
  }

  /// The size of ten rows of weights and ten constants.
  package var bytes: Int { model.bytes }

  /// The weights of each digit.
  package var learntPictures: Matrix? { model.weights }

  /// Solves the normal equations.
  package mutating func fit(_ samples: Samples, _ context: ExecutionContext) throws(Stopped) {
    let covariance = try Covariance(samples.pictures, context.part(0, 0.7))
    let n = covariance.varyingColumns.count
    let system = AlignedBuffer(covariance.scatter)
    for i in 0..<n { system.pointer[i * n + i] += penalty }
    let rightSides = AlignedBuffer<Double>(count: digitCount * n)
    let right = rightSides.pointer
    var counts = [Double](repeating: 0, count: digitCount)
    samples.pictures.withPointer { base in
      for (index, label) in samples.labels.enumerated() {
        counts[Int(label)] += 1
        let row = base + index * covariance.width
        for (term, column) in covariance.varyingColumns.enumerated() {
          right[Int(label) * n + term] += Double(row[column])
        }
      }
    }
    for label in 0..<digitCount {
      for (term, column) in covariance.varyingColumns.enumerated() {
        right[label * n + term] -= counts[label] * covariance.mean[column]
      }
    }
    try context.check()
    Cholesky.solve(system, order: n, rightSides, count: digitCount)
    var weights = Matrix(rows: digitCount, columns: covariance.width)
    let constants = (0..<digitCount).map { label in
      var constant = counts[label] / Double(max(1, samples.count))
      for (term, column) in covariance.varyingColumns.enumerated() {
        let weight = right[label * n + term]
        weights.values[label * covariance.width + column] = Float(weight)
        constant -= weight * covariance.mean[column]
      }
      return Float(constant)
    }
    model = LinearClassifier(weights: weights, constants: constants)
    context.report(1)
    try context.check()
  }

  /// The digit whose function is largest.
  package func predict(_ pictures: Matrix, _ context: ExecutionContext) throws(Stopped) -> [UInt8] {
    try model.predict(pictures, context)
  }
}
