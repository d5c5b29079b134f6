// Two vectors: one row of a register tile, or the weights of one step. Pairs and tiles are tuples, because the
// compiler adds metadata to a struct, and with it weak functions.

typealias Pair = (a: Vector, b: Vector)

@inline(__always) func pair(_ p: Source) -> Pair { (load(p), load(p + lanes)) }

@inline(__always) func pair(_ p: Target) -> Pair { (load(p), load(p + lanes)) }

@inline(__always) func write(_ pair: Pair, _ p: Target) {
  store(pair.a, p)
  store(pair.b, p + lanes)
}

// row + s·w
@inline(__always) func add(_ s: Float, _ w: Pair, to row: inout Pair) {
  let spread = all(s)
  row.a = fma(spread, w.a, row.a)
  row.b = fma(spread, w.b, row.b)
}

/// The same for a block whose second vector is padding.
@inline(__always) func add(_ s: Float, _ w: Vector, to row: inout Pair) {
  row.a = fma(all(s), w, row.a)
}
