// Winograd's matrices, along one side of a tile: they transform a tile's inputs, outputs and weights to the six
// points 0, 1, −1, 2, −2 and infinity, and back.

typealias Six = (Vector, Vector, Vector, Vector, Vector, Vector)
typealias Five = (Vector, Vector, Vector, Vector, Vector)
typealias Four = (Vector, Vector, Vector, Vector)
typealias Two = (Vector, Vector)

/// Six inputs to the points: Bᵀd.
@inline(__always) func inputsAtPoints(_ d: Six) -> Six {
  let a = fma(all(-4), d.2, d.4)
  let b = fma(all(-4), d.1, d.3)
  let c = d.4 - d.2
  let e = d.3 - d.1
  let twice = e + e
  return (
    fma(all(4), d.0, fma(all(-5), d.2, d.4)), a + b, a - b, c + twice, c - twice,
    fma(all(4), d.1, fma(all(-5), d.3, d.5))
  )
}

/// Products at the points to four outputs: Aᵀs.
@inline(__always) func fourFromPoints(_ s: Six) -> Four {
  let p = s.1 + s.2
  let q = s.1 - s.2
  let r = s.3 + s.4
  let u = s.3 - s.4
  return (s.0 + (p + r), fma(all(2), u, q), fma(all(4), r, p), fma(all(8), u, q) + s.5)
}

/// Products at the points to two outputs.
@inline(__always) func twoFromPoints(_ s: Six) -> Two {
  (s.0 + ((s.1 + s.2) + (s.3 + s.4)), fma(all(2), s.3 - s.4, s.1 - s.2) + s.5)
}

/// Four outputs' gradients to the points: A·y.
@inline(__always) func pointsFromFour(_ y: Four) -> Six {
  let even = y.0 + y.2
  let odd = y.1 + y.3
  let farEven = fma(all(4), y.2, y.0)
  let farOdd = all(2) * fma(all(4), y.3, y.1)
  return (y.0, even + odd, even - odd, farEven + farOdd, farEven - farOdd, y.3)
}

/// Two outputs' gradients to the points.
@inline(__always) func pointsFromTwo(_ y: Two) -> Six {
  let twice = y.1 + y.1
  return (y.0, y.0 + y.1, y.0 - y.1, y.0 + twice, y.0 - twice, y.1)
}

/// A kernel's taps to the points, G·w: three taps with zeros behind them, or five; `last` is the last tap.
@inline(__always) func weightsAtPoints(_ w: Five, last: Vector) -> Six {
  let even = w.0 + w.2 + w.4
  let odd = w.1 + w.3
  let farEven = fma(all(16), w.4, fma(all(4), w.2, w.0))
  let farOdd = fma(all(8), w.3, all(2) * w.1)
  let near = all(-1.0 / 6)
  let far = all(1.0 / 24)
  return (
    all(0.25) * w.0, near * (even + odd), near * (even - odd), far * (farEven + farOdd),
    far * (farEven - farOdd), last
  )
}

/// The gradients at the points back to the taps, Gᵀc; the caller adds that at infinity to the last tap.
@inline(__always) func weightsFromPoints(_ c: Six) -> Five {
  let even = all(-1.0 / 6) * (c.1 + c.2)
  let odd = all(-1.0 / 6) * (c.1 - c.2)
  let farEven = all(1.0 / 24) * (c.3 + c.4)
  let farOdd = all(1.0 / 24) * (c.3 - c.4)
  return (
    fma(all(0.25), c.0, even + farEven), fma(all(2), farOdd, odd), fma(all(4), farEven, even),
    fma(all(8), farOdd, odd), fma(all(16), farEven, even)
  )
}

/// Six vectors at a distance of `stride`.
@inline(__always) func six(_ p: Source, _ stride: Int) -> Six {
  (
    load(p), load(p + stride), load(p + 2 &* stride), load(p + 3 &* stride), load(p + 4 &* stride),
    load(p + 5 &* stride)
  )
}

@inline(__always) func four(_ p: Source, _ stride: Int) -> Four {
  (load(p), load(p + stride), load(p + 2 &* stride), load(p + 3 &* stride))
}

@inline(__always) func write(_ v: Six, _ p: Target, _ stride: Int) {
  store(v.0, p)
  store(v.1, p + stride)
  store(v.2, p + 2 &* stride)
  store(v.3, p + 3 &* stride)
  store(v.4, p + 4 &* stride)
  store(v.5, p + 5 &* stride)
}
