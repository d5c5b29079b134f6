// Cholesky's decomposition, which solves the normal equations of least squares.

import Kernels

/// Systems of equations whose matrix is symmetric and positive definite.
enum Cholesky {
  /// Solves A x = b for each row b of `right`, in place; A, given row after row, becomes its lower triangle L.
  ///
  /// L Lᵀ = A with L_ij = (A_ij − Σ_k<j L_ik L_jk) / L_jj, where each sum is over the first j numbers of two rows.
  static func solve(_ matrix: AlignedBuffer<Double>, order n: Int, _ right: AlignedBuffer<Double>, count: Int)
  {
    let a = matrix.pointer
    for i in 0..<n {
      for j in 0..<i {
        a[i * n + j] = (a[i * n + j] - kernels.dot(a + i * n, a + j * n, count: j)) / a[j * n + j]
      }
      let pivot = a[i * n + i] - kernels.dot(a + i * n, a + i * n, count: i)
      // Rounding may make a pivot 0 or negative; the least positive number then removes the row's influence.
      a[i * n + i] = max(pivot, Double.leastNormalMagnitude).squareRoot()
    }
    for r in 0..<count {
      let x = right.pointer + r * n
      for i in 0..<n { x[i] = (x[i] - kernels.dot(a + i * n, x, count: i)) / a[i * n + i] }
      for i in (0..<n).reversed() {
        x[i] /= a[i * n + i]
        kernels.addMultiple(a + i * n, times: -x[i], to: x, count: i)
      }
    }
  }
}
