// Products and radial basis functions of single rows, for methods that use the distance between two pictures.

extension InstructionSet {
  /// The sum of products, Σ x·y.
  public static func dot(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float {
    var (s0, s1, s2, s3) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var i = 0
    while i &+ 4 &* lanes <= count {
      let (p, q) = (x + i, y + i)
      s0 = fma(load(p), load(q), s0)
      s1 = fma(load(p + lanes), load(q + lanes), s1)
      s2 = fma(load(p + 2 &* lanes), load(q + 2 &* lanes), s2)
      s3 = fma(load(p + 3 &* lanes), load(q + 3 &* lanes), s3)
      i &+= 4 &* lanes
    }
    while i &+ lanes <= count {
      s0 = fma(load(x + i), load(y + i), s0)
      i &+= lanes
    }
    var sum = total((s0 + s1) + (s2 + s3))
    while i < count {
      sum = fma(x[i], y[i], sum)
      i &+= 1
    }
    return sum
  }

  /// The radial basis function exp(−width · (|x|² + |z|² − 2 x·z)) of products x·z, in place.
  public static func rbfKernel(
    _ products: UnsafeMutablePointer<Float>, norm: Float, norms: UnsafePointer<Float>, width: Float,
    count: Int
  ) {
    let (own, factor) = (all(norm), all(-width))
    var i = 0
    while i &+ lanes <= count {
      let p = products + i
      store(rbf(load(p), own + load(norms + i), factor), p)
      i &+= lanes
    }
    let left = count &- i
    if left > 0 {
      let p = products + i
      storeFirst(left, rbf(loadFirst(left, p), own + loadFirst(left, norms + i), factor), p)
    }
  }

  @inline(__always)
  static func rbf(_ products: Vector, _ norms: Vector, _ factor: Vector) -> Vector {
    exponential(larger(fma(products, all(-2), norms), all(0)) * factor)
  }
}
