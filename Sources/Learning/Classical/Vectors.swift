// The few sums over single vectors that are not worth a matrix product.

/// The sum of products, Σ a·b.
func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
  var sums: (SIMD8<Float>, SIMD8<Float>) = (.zero, .zero)
  let (p, q) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  var i = 0
  while i &+ 16 <= count {
    sums.0 +=
      p.loadUnaligned(fromByteOffset: i &* 4, as: SIMD8<Float>.self)
      * q.loadUnaligned(fromByteOffset: i &* 4, as: SIMD8<Float>.self)
    sums.1 +=
      p.loadUnaligned(fromByteOffset: i &* 4 &+ 32, as: SIMD8<Float>.self)
      * q.loadUnaligned(fromByteOffset: i &* 4 &+ 32, as: SIMD8<Float>.self)
    i &+= 16
  }
  var total = (sums.0 + sums.1).sum()
  while i < count {
    total += a[i] * b[i]
    i &+= 1
  }
  return total
}

/// |row|² of every row.
func squaredNorms(of matrix: Matrix) -> [Float] {
  matrix.withPointer { base in
    (0..<matrix.rows).map {
      dot(base + $0 * matrix.columns, base + $0 * matrix.columns, matrix.columns)
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

/// e^x for each lane, within 3 ulp: Cody and Waite's reduction and Cephes' polynomial of degree 6.
///
/// Adding 1.5·2²³ rounds to an integer and leaves it in the low mantissa bits, from where a shift makes it an exponent.
@inline(__always)
func exponential(_ x: SIMD8<Float>) -> SIMD8<Float> {
  typealias V = SIMD8<Float>
  let clamped = pointwiseMin(pointwiseMax(x, V(repeating: -87)), V(repeating: 88))
  let rounder = V(repeating: 12_582_912)
  let shifted = clamped * 1.442_695_04 + rounder
  let n = shifted - rounder
  let r = (clamped - n * 0.693_359_375) + n * 2.121_944_4e-4
  var p = r * 1.987_569_15e-4 + 1.398_199_950_7e-3
  p = p * r + 8.333_451_907_3e-3
  p = p * r + 4.166_579_589_4e-2
  p = p * r + 1.666_666_545_9e-1
  p = p * r + 0.5
  p = p * (r * r) + (r + 1)
  let exponent = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23
  return unsafeBitCast(unsafeBitCast(p, to: SIMD8<UInt32>.self) &+ exponent, to: V.self)
}
