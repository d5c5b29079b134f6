// The few sums over single vectors that are not worth a matrix product.

import Kernels

/// |row|² of every row.
func squaredNorms(of matrix: Matrix) -> [Float] {
  matrix.withPointer { base in
    (0..<matrix.rows).map {
      kernels.dot(base + $0 * matrix.columns, base + $0 * matrix.columns, count: matrix.columns)
    }
  }
}

/// Σ a·b in double precision.
func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
  var sums: (SIMD4<Double>, SIMD4<Double>) = (.zero, .zero)
  let (p, q) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  var i = 0
  while i &+ 8 <= count {
    sums.0 +=
      p.loadUnaligned(fromByteOffset: i &* 8, as: SIMD4<Double>.self)
      * q.loadUnaligned(fromByteOffset: i &* 8, as: SIMD4<Double>.self)
    sums.1 +=
      p.loadUnaligned(fromByteOffset: i &* 8 &+ 32, as: SIMD4<Double>.self)
      * q.loadUnaligned(fromByteOffset: i &* 8 &+ 32, as: SIMD4<Double>.self)
    i &+= 8
  }
  var total = (sums.0 + sums.1).sum()
  while i < count {
    total += a[i] * b[i]
    i &+= 1
  }
  return total
}

/// Adds a multiple: y += s · x.
func add(_ x: UnsafePointer<Double>, times s: Double, to y: UnsafeMutablePointer<Double>, _ count: Int) {
  let (p, q) = (UnsafeRawPointer(x), UnsafeMutableRawPointer(y))
  let factor = SIMD4<Double>(repeating: s)
  var i = 0
  while i &+ 4 <= count {
    let sum =
      q.loadUnaligned(fromByteOffset: i &* 8, as: SIMD4<Double>.self)
      + factor * p.loadUnaligned(fromByteOffset: i &* 8, as: SIMD4<Double>.self)
    q.storeBytes(of: sum, toByteOffset: i &* 8, as: SIMD4<Double>.self)
    i &+= 4
  }
  while i < count {
    y[i] += s * x[i]
    i &+= 1
  }
}
