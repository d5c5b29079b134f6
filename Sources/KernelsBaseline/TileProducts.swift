// Winograd's products: at each of the 36 points a product of small matrices, and the gradient of the weights. Rows
// are computed in groups of four, one to three groups at a time, so that few tiles, as one picture has, waste
// little.
//
// No function here is private: a private function that is not inlined becomes a weak symbol.

public import KernelArguments

/// Sums for four rows and one block of columns.
typealias Quad = (Pair, Pair, Pair, Pair)

/// Rows of operands and the memory of their sums: for each of `terms` steps a scalar for each row and a block of
/// weights.
typealias Strip = (
  x: Source, rowStride: Int, termStride: Int, w: Source, weightStride: Int, terms: Int, y: Target,
  resultStride: Int, accumulates: Bool
)

@inline(__always) func quad(rows p: Target, _ stride: Int) -> Quad {
  (pair(p), pair(p + stride), pair(p + 2 &* stride), pair(p + 3 &* stride))
}

@inline(__always) func add(_ x: Source, _ stride: Int, _ w: Pair, to quad: inout Quad) {
  add(x[0], w, to: &quad.0)
  add(x[stride], w, to: &quad.1)
  add(x[2 &* stride], w, to: &quad.2)
  add(x[3 &* stride], w, to: &quad.3)
}

@inline(__always) func write(_ quad: Quad, _ p: Target, _ stride: Int) {
  write(quad.0, p)
  write(quad.1, p + stride)
  write(quad.2, p + 2 &* stride)
  write(quad.3, p + 3 &* stride)
}

@inline(__always) var noQuad: Quad {
  let none: Pair = (.zero, .zero)
  return (none, none, none, none)
}

@inline(never) func oneQuad(_ strip: Strip) {
  var a = noQuad
  if strip.accumulates { a = quad(rows: strip.y, strip.resultStride) }
  var x = strip.x
  var w = strip.w
  var left = strip.terms
  while left > 0 {
    add(x, strip.rowStride, pair(w), to: &a)
    x += strip.termStride
    w += strip.weightStride
    left &-= 1
  }
  write(a, strip.y, strip.resultStride)
}

#if KERNELS_V4
@inline(never) func threeQuads(_ strip: Strip) {
  let step = strip.rowStride
  let yStep = strip.resultStride
  var a = noQuad
  var b = noQuad
  var c = noQuad
  if strip.accumulates {
    a = quad(rows: strip.y, yStep)
    b = quad(rows: strip.y + 4 &* yStep, yStep)
    c = quad(rows: strip.y + 8 &* yStep, yStep)
  }
  var x = strip.x
  var w = strip.w
  var left = strip.terms
  while left > 0 {
    let weights = pair(w)
    add(x, step, weights, to: &a)
    add(x + 4 &* step, step, weights, to: &b)
    add(x + 8 &* step, step, weights, to: &c)
    x += strip.termStride
    w += strip.weightStride
    left &-= 1
  }
  write(a, strip.y, yStep)
  write(b, strip.y + 4 &* yStep, yStep)
  write(c, strip.y + 8 &* yStep, yStep)
}

@inline(never) func twoQuads(_ strip: Strip) {
  let step = strip.rowStride
  let yStep = strip.resultStride
  var a = noQuad
  var b = noQuad
  if strip.accumulates {
    a = quad(rows: strip.y, yStep)
    b = quad(rows: strip.y + 4 &* yStep, yStep)
  }
  var x = strip.x
  var w = strip.w
  var left = strip.terms
  while left > 0 {
    let weights = pair(w)
    add(x, step, weights, to: &a)
    add(x + 4 &* step, step, weights, to: &b)
    x += strip.termStride
    w += strip.weightStride
    left &-= 1
  }
  write(a, strip.y, yStep)
  write(b, strip.y + 4 &* yStep, yStep)
}
#endif

/// All rows, with as many quads at a time as fit into the registers.
@inline(__always) func strips(_ first: Strip, rows: Int) {
  var strip = first
  var left = rows
  #if KERNELS_V4
  while left > 8 {
    threeQuads(strip)
    strip.x += 12 &* strip.rowStride
    strip.y += 12 &* strip.resultStride
    left &-= 12
  }
  if left > 4 {
    twoQuads(strip)
    left = 0
  }
  #endif
  while left > 0 {
    oneQuad(strip)
    strip.x += 4 &* strip.rowStride
    strip.y += 4 &* strip.resultStride
    left &-= 4
  }
}

extension InstructionSet {
  /// `outputs = inputs · weights` at every point.
  public static func productsOfTiles(_ job: TileProducts) {
    let panel = job.inputCount &* block
    let blocks = job.outputCount / block
    var point = 0
    while point < TilePoints.count {
      var index = 0
      while index < blocks {
        let strip: Strip = (
          x: job.inputs + point &* job.inputPointStride, rowStride: job.inputCount, termStride: 1,
          w: Source(job.weights + (point &* blocks &+ index) &* panel), weightStride: block,
          terms: job.inputCount, y: job.outputs + (point &* job.outputPointStride &+ index &* block),
          resultStride: job.outputCount, accumulates: false
        )
        strips(strip, rows: job.tiles)
        index &+= 1
      }
      point &+= 1
    }
  }

  /// `weights += inputsᵀ · outputs` at every point; each block has rows for a multiple of four inputs.
  public static func weightsOfTiles(_ job: TileProducts) {
    let lot = TileProducts.lot
    let panel = (job.inputCount &+ lot &- 1) / lot &* lot &* block
    let blocks = job.outputCount / block
    var point = 0
    while point < TilePoints.count {
      var index = 0
      while index < blocks {
        let strip: Strip = (
          x: job.inputs + point &* job.inputPointStride, rowStride: 1, termStride: job.inputCount,
          w: Source(job.outputs + (point &* job.outputPointStride &+ index &* block)),
          weightStride: job.outputCount, terms: job.tiles,
          y: job.weights + (point &* blocks &+ index) &* panel, resultStride: block,
          accumulates: job.accumulates
        )
        strips(strip, rows: job.inputCount)
        index &+= 1
      }
      point &+= 1
    }
  }
}
