// The vector of this build's instruction set, and the operations on it that the kernels use.
//
// Rules for this folder, which is compiled once for each instruction set, with wide instructions and without checks:
// raw pointers, integers and SIMD alone; no Array, closure or generic of the standard library. Their specialisations
// would be weak symbols, and the linker may choose a weak symbol compiled here for the whole program. A test checks
// this.

#if KERNELS_V4
typealias Vector = SIMD16<Float>
typealias Bits = SIMD16<UInt32>
#elseif KERNELS_V3
typealias Vector = SIMD8<Float>
typealias Bits = SIMD8<UInt32>
#else
typealias Vector = SIMD4<Float>
typealias Bits = SIMD4<UInt32>
#endif

typealias Source = UnsafePointer<Float>
typealias Target = UnsafeMutablePointer<Float>

/// Lanes of a vector.
@inline(__always) var lanes: Int { Vector.scalarCount }

/// Columns that a register tile computes at once: two vectors.
@inline(__always) var block: Int { 2 &* Vector.scalarCount }

@inline(__always) func load(_ p: Source) -> Vector {
  UnsafeRawPointer(p).loadUnaligned(as: Vector.self)
}

@inline(__always) func load(_ p: Target) -> Vector {
  UnsafeRawPointer(p).loadUnaligned(as: Vector.self)
}

@inline(__always) func store(_ v: Vector, _ p: Target) {
  UnsafeMutableRawPointer(p).storeBytes(of: v, as: Vector.self)
}

@inline(__always) func all(_ x: Float) -> Vector { Vector(repeating: x) }

// a·b + c. Without an FMA instruction `addingProduct` would be a library call for each lane.
@inline(__always) func fma(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
  #if KERNELS_V4 || KERNELS_V3 || arch(arm64)
  c.addingProduct(a, b)
  #else
  c + a * b
  #endif
}

@inline(__always) func fma(_ a: Float, _ b: Float, _ c: Float) -> Float {
  #if KERNELS_V4 || KERNELS_V3 || arch(arm64)
  c.addingProduct(a, b)
  #else
  c + a * b
  #endif
}

@inline(__always) func larger(_ a: Vector, _ b: Vector) -> Vector { a.replacing(with: b, where: a .< b) }

/// The first `n` lanes, and zero in the others; reads nothing beyond them.
@inline(__always) func loadFirst(_ n: Int, _ p: Source) -> Vector {
  var v = Vector.zero
  var i = 0
  while i < n {
    v[i] = p[i]
    i &+= 1
  }
  return v
}

@inline(__always) func storeFirst(_ n: Int, _ v: Vector, _ p: Target) {
  var i = 0
  while i < n {
    p[i] = v[i]
    i &+= 1
  }
}

@inline(__always) func total(_ v: Vector) -> Float {
  var s: Float = 0
  var i = 0
  while i < lanes {
    s += v[i]
    i &+= 1
  }
  return s
}

// e^x within 2 ulp: Cody and Waite's reduction, then Cephes' polynomial of degree 6. Adding 1.5·2²³ rounds to an
// integer in the low mantissa bits; a shift makes it an exponent.
@inline(__always) func exponential(_ x: Vector) -> Vector {
  let clamped = larger(x, all(-87)).replacing(with: all(88), where: x .> all(88))
  let rounder = all(12_582_912)
  let shifted = fma(clamped, all(1.442_695_04), rounder)
  let n = shifted - rounder
  let r = fma(n, all(2.121_944_4e-4), fma(n, all(-0.693_359_375), clamped))
  var p = fma(all(1.987_569_15e-4), r, all(1.398_199_950_7e-3))
  p = fma(p, r, all(8.333_451_907_3e-3))
  p = fma(p, r, all(4.166_579_589_4e-2))
  p = fma(p, r, all(1.666_666_545_9e-1))
  p = fma(p, r, all(0.5))
  p = fma(p, r * r, r + all(1))
  let exponent = unsafeBitCast(shifted, to: Bits.self) &<< 23
  return unsafeBitCast(unsafeBitCast(p, to: Bits.self) &+ exponent, to: Vector.self)
}

/// A vector, or its first `n` lanes where fewer values remain.
@inline(__always) func get(_ p: Source, _ n: Int) -> Vector { n >= lanes ? load(p) : loadFirst(n, p) }

@inline(__always) func get(_ p: Target, _ n: Int) -> Vector { n >= lanes ? load(p) : loadFirst(n, p) }

@inline(__always) func put(_ v: Vector, _ p: Target, _ n: Int) {
  if n >= lanes { store(v, p) } else { storeFirst(n, v, p) }
}
