// Eigenvalues and eigenvectors of symmetric matrices, in double precision: what PCA needs.
//
// The largest pairs of a large matrix come from Lanczos' iteration with full reorthogonalisation:
// A Q = Q T + β q eᵀ, where T is tridiagonal; T's pairs come from the QL iteration with implicit shifts
// (Dubrulle, Martin, Wilkinson 1968; EISPACK's tql2), and a pair (θ, s) of T approximates one of A when β |last of s| is
// small.

import Basics
import Kernels

/// Eigenvalues of a symmetric matrix, the largest first, and a unit vector for each.
struct Eigenpairs: Sendable {
  let values: [Double]
  /// The vector of each value, row after row.
  let vectors: [Double]

  /// A residual of this share of the largest eigenvalue leaves errors of 1e-6 in MNIST's first hundred vectors.
  private static let tolerance = 1e-10
}

extension Eigenpairs {
  /// The `count` largest pairs of a symmetric matrix, given row after row.
  init(largest count: Int, of matrix: [Double], order n: Int) {
    let count = min(count, n)
    let lanczos = Lanczos(matrix, order: n)
    var length = min(n, max(2 * count + 40, 60))
    while true {
      lanczos.extend(to: length)
      let pairs = Self.tridiagonal(lanczos.diagonal, Array(lanczos.subdiagonal.dropLast()))
      let m = lanczos.diagonal.count
      let residual = lanczos.subdiagonal.last ?? 0
      let bound = Self.tolerance * abs(pairs.values.first ?? 0)
      let hasConverged = (0..<count).allSatisfy { residual * abs(pairs.vectors[$0 * m + m - 1]) <= bound }
      if hasConverged || m >= n {
        values = Array(pairs.values.prefix(count))
        vectors = lanczos.combineBasis(pairs.vectors, count: count)
        return
      }
      length = min(n, length + 24)
    }
  }

  /// All pairs of a tridiagonal matrix, given its diagonal and its subdiagonal.
  static func tridiagonal(_ diagonal: [Double], _ subdiagonal: [Double]) -> Eigenpairs {
    let n = diagonal.count
    var d = diagonal
    var e = subdiagonal + [0]
    // Row i becomes the vector of value i.
    let z = AlignedBuffer<Double>(count: n * n)
    for i in 0..<n { z.pointer[i * n + i] = 1 }
    for l in 0..<n {
      while true {
        var m = l
        while m < n - 1, abs(e[m]) > Double.ulpOfOne * (abs(d[m]) + abs(d[m + 1])) { m += 1 }
        if m == l { break }
        var g = (d[l + 1] - d[l]) / (2 * e[l])
        var r = (g * g + 1).squareRoot()
        g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r : r))
        var (s, c, p) = (1.0, 1.0, 0.0)
        var i = m - 1
        while i >= l {
          let f = s * e[i]
          let b = c * e[i]
          r = (f * f + g * g).squareRoot()
          e[i + 1] = r
          if r == 0 { break }
          s = f / r
          c = g / r
          g = d[i + 1] - p
          r = (d[i] - g) * s + 2 * c * b
          p = s * r
          d[i + 1] = g + p
          g = c * r - b
          rotate(z.pointer + i * n, z.pointer + (i + 1) * n, c, s, n)
          i -= 1
        }
        e[m] = 0
        if i >= l {
          // r is 0: the matrix splits here.
          d[i + 1] -= p
        } else {
          d[l] -= p
          e[l] = g
        }
      }
    }
    let order = (0..<n).sorted { d[$0] > d[$1] }
    let vectors = order.flatMap { UnsafeBufferPointer(start: z.pointer + $0 * n, count: n) }
    return Eigenpairs(values: order.map { d[$0] }, vectors: vectors)
  }

  private static func rotate(
    _ first: UnsafeMutablePointer<Double>, _ second: UnsafeMutablePointer<Double>, _ c: Double, _ s: Double,
    _ count: Int
  ) {
    for k in 0..<count {
      let (a, b) = (first[k], second[k])
      second[k] = s * a + c * b
      first[k] = c * a - s * b
    }
  }
}

/// Lanczos' iteration: an orthonormal basis in which a symmetric matrix is tridiagonal.
private final class Lanczos {
  private(set) var diagonal: [Double] = []
  private(set) var subdiagonal: [Double] = []
  private let order: Int
  private let matrix: AlignedBuffer<Double>
  /// The basis' vectors, row after row, and then the next one.
  private let basis: AlignedBuffer<Double>

  init(_ matrix: [Double], order: Int) {
    self.order = order
    self.matrix = AlignedBuffer(matrix)
    basis = AlignedBuffer(count: (order + 1) * order)
    // A fixed positive vector, to which no eigenvector of practical data is orthogonal.
    var random = SplitMix64(seed: 7)
    for i in 0..<order { basis.pointer[i] = Double(random.uniform(0.5, 1.5)) }
    normalize(basis.pointer)
  }

  func extend(to length: Int) {
    let n = order
    while diagonal.count < length {
      let q = basis.pointer + diagonal.count * n
      let next = q + n
      for i in 0..<n { next[i] = kernels.dot(matrix.pointer + i * n, q, count: n) }
      diagonal.append((0..<n).reduce(0) { $0 + next[$1] * q[$1] })
      removeBasis(from: next)
      let length = normalize(next)
      if length > (diagonal.map(abs).max() ?? 0) * 1e-14 {
        subdiagonal.append(length)
        continue
      }
      // The basis spans an invariant space: continue from any direction outside it.
      subdiagonal.append(0)
      var random = SplitMix64(seed: 7, diagonal.count)
      for i in 0..<n { next[i] = Double(random.uniform(-1, 1)) }
      removeBasis(from: next)
      normalize(next)
    }
  }

  /// Makes a vector orthogonal to the basis; two passes are enough (Kahan, Parlett).
  private func removeBasis(from vector: UnsafeMutablePointer<Double>) {
    for _ in 0..<2 {
      for j in 0..<diagonal.count {
        let row = basis.pointer + j * order
        kernels.addMultiple(row, times: -kernels.dot(row, vector, count: order), to: vector, count: order)
      }
    }
  }

  /// The matrix' eigenvectors, from those of the tridiagonal matrix.
  func combineBasis(_ coefficients: [Double], count: Int) -> [Double] {
    let (n, m) = (order, diagonal.count)
    let result = AlignedBuffer<Double>(count: count * n)
    for i in 0..<count {
      for j in 0..<m {
        kernels.addMultiple(
          basis.pointer + j * n, times: coefficients[i * m + j], to: result.pointer + i * n, count: n)
      }
    }
    return result.array
  }

  @discardableResult private func normalize(_ vector: UnsafeMutablePointer<Double>) -> Double {
    let length = (0..<order).reduce(0) { $0 + vector[$1] * vector[$1] }.squareRoot()
    if length > 0 { for i in 0..<order { vector[i] /= length } }
    return length
  }
}
