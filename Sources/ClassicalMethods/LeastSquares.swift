// Least squares: a weighted sum of the pixels for each digit, as near as possible to 1 for its pictures and 0 for others.
//
// minimise Σ |W(x − m) + ȳ − y|² + α |W|²  ⇒  (G + αI) Wᵀ = Σ (x − m) yᵀ with G = Σ (x − m)(x − m)ᵀ: the normal
// equations, solved by Cholesky's G + αI = L Lᵀ. The right side for class c is n_c (m_c − m): sums over its pictures.

import Basics
import Kernels

/// A linear function for each digit, fitted by least squares.
package struct LeastSquares: Classifier {
  /// How much large weights cost.
  package let penalty: Double
  private var weights = Matrix(rows: digitCount, columns: 0)
  private var constants: [Float] = []

  /// Large weights cost so much; it must be above 0 where pixels depend on each other.
  package init(penalty: Double) {
    self.penalty = penalty
  }

  /// Ten rows of weights and ten constants.
  package var bytes: Int { (weights.values.count + constants.count) * 4 }

  /// The weights of each digit.
  package var learntPictures: Matrix? { weights }

  /// Solves the normal equations.
  package mutating func fit(_ samples: Samples, _ effort: ExecutionContext) throws(Stopped) {
    let covariance = try Covariance(samples.pictures, effort.part(0, 0.7))
    let n = covariance.varying.count
    var system = covariance.sums
    for i in 0..<n { system[i * n + i] += penalty }
    var right = [Double](repeating: 0, count: digitCount * n)
    var counts = [Double](repeating: 0, count: digitCount)
    samples.pictures.withPointer { base in
      for (index, label) in samples.labels.enumerated() {
        counts[Int(label)] += 1
        let row = base + index * covariance.width
        for (place, column) in covariance.varying.enumerated() {
          right[Int(label) * n + place] += Double(row[column])
        }
      }
    }
    for label in 0..<digitCount {
      for (place, column) in covariance.varying.enumerated() {
        right[label * n + place] -= counts[label] * covariance.mean[column]
      }
    }
    try effort.check()
    Cholesky.solve(&system, order: n, &right, count: digitCount)
    var weights = Matrix(rows: digitCount, columns: covariance.width)
    constants = (0..<digitCount).map { label in
      var constant = counts[label] / Double(max(1, samples.count))
      for (place, column) in covariance.varying.enumerated() {
        let weight = right[label * n + place]
        weights.values[label * covariance.width + column] = Float(weight)
        constant -= weight * covariance.mean[column]
      }
      return Float(constant)
    }
    self.weights = weights
    effort.report(1)
    try effort.check()
  }

  /// The digit whose function is largest.
  package func predict(_ pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> [UInt8] {
    let constants = constants
    return largestColumn(of: try RowProducts(weights, bias: { constants[$0] }).product(pictures, effort))
  }
}

/// Systems of equations whose matrix is symmetric and positive definite.
enum Cholesky {
  /// Solves A x = b for each row b of `right`, in place; A, given row after row, becomes its lower triangle L.
  ///
  /// L Lᵀ = A with L_ij = (A_ij − Σ_k<j L_ik L_jk) / L_jj: every sum is over the heads of two rows.
  static func solve(_ matrix: inout [Double], order n: Int, _ right: inout [Double], count: Int) {
    matrix.withUnsafeMutableBufferPointer { a in
      right.withUnsafeMutableBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        for i in 0..<n {
          for j in 0..<i {
            a[i * n + j] = (a[i * n + j] - kernels.dot(a + i * n, a + j * n, count: j)) / a[j * n + j]
          }
          let rest = a[i * n + i] - kernels.dot(a + i * n, a + i * n, count: i)
          // Rounding may leave nothing of a pivot; the least positive number then takes the row out.
          a[i * n + i] = max(rest, Double.leastNormalMagnitude).squareRoot()
        }
        for r in 0..<count {
          let x = b + r * n
          for i in 0..<n { x[i] = (x[i] - kernels.dot(a + i * n, x, count: i)) / a[i * n + i] }
          for i in (0..<n).reversed() {
            x[i] /= a[i * n + i]
            kernels.addMultiple(a + i * n, times: -x[i], to: x, count: i)
          }
        }
      }
    }
  }
}
