// Two operations on rows in double precision, for eigenvectors and linear equations.

#if KERNELS_V4
private typealias Doubles = SIMD8<Double>
#elseif KERNELS_V3
private typealias Doubles = SIMD4<Double>
#else
private typealias Doubles = SIMD2<Double>
#endif

@inline(__always) private var doubles: Int { Doubles.scalarCount }

@inline(__always) private func load(_ p: UnsafePointer<Double>) -> Doubles {
  UnsafeRawPointer(p).loadUnaligned(as: Doubles.self)
}

@inline(__always) private func fma(_ a: Doubles, _ b: Doubles, _ c: Doubles) -> Doubles {
  #if KERNELS_V4 || KERNELS_V3 || arch(arm64)
  c.addingProduct(a, b)
  #else
  c + a * b
  #endif
}

extension InstructionSet {
  /// The sum of products, Σ x·y.
  public static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int) -> Double {
    var (s0, s1, s2, s3) = (Doubles.zero, Doubles.zero, Doubles.zero, Doubles.zero)
    var i = 0
    while i &+ 4 &* doubles <= count {
      let (p, q) = (x + i, y + i)
      s0 = fma(load(p), load(q), s0)
      s1 = fma(load(p + doubles), load(q + doubles), s1)
      s2 = fma(load(p + 2 &* doubles), load(q + 2 &* doubles), s2)
      s3 = fma(load(p + 3 &* doubles), load(q + 3 &* doubles), s3)
      i &+= 4 &* doubles
    }
    let sums = (s0 + s1) + (s2 + s3)
    var sum = 0.0
    var lane = 0
    while lane < doubles {
      sum += sums[lane]
      lane &+= 1
    }
    while i < count {
      sum += x[i] * y[i]
      i &+= 1
    }
    return sum
  }

  /// Adds a multiple, y += s · x.
  public static func addMultiple(
    _ x: UnsafePointer<Double>, times s: Double, to y: UnsafeMutablePointer<Double>, count: Int
  ) {
    let factor = Doubles(repeating: s)
    var i = 0
    while i &+ doubles <= count {
      let sum = fma(factor, load(x + i), load(UnsafePointer(y) + i))
      UnsafeMutableRawPointer(y + i).storeBytes(of: sum, as: Doubles.self)
      i &+= doubles
    }
    while i < count {
      y[i] += s * x[i]
      i &+= 1
    }
  }
}
