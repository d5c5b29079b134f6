// The register tile of 32 vector registers: 14 rows of two vectors, 28 sums, two weights, and a scalar for all lanes.
// Its sums are elements of a tuple. In an InlineArray they stayed in memory, at a quarter of the speed.

#if KERNELS_V4
/// Rows of a tile.
@inline(__always) var height: Int { 14 }

/// The scalars of a tile's rows: one pointer for each row, all with the same index.
typealias Streams = (
  Source, Source, Source, Source, Source, Source, Source,
  Source, Source, Source, Source, Source, Source, Source
)

/// Sums of products for `height` rows and one block of columns.
typealias Tile = (
  Pair, Pair, Pair, Pair, Pair, Pair, Pair,
  Pair, Pair, Pair, Pair, Pair, Pair, Pair
)

@inline(__always) func streams(_ base: Source, _ offsets: UnsafePointer<Int>) -> Streams {
  (
    base + offsets[0], base + offsets[1], base + offsets[2],
    base + offsets[3], base + offsets[4], base + offsets[5],
    base + offsets[6], base + offsets[7], base + offsets[8],
    base + offsets[9], base + offsets[10], base + offsets[11],
    base + offsets[12], base + offsets[13]
  )
}

/// Every row starts from the same pair: a bias, or zero.
@inline(__always) func tile(_ start: Pair) -> Tile {
  (
    start, start, start, start, start, start, start,
    start, start, start, start, start, start, start
  )
}

/// Rows of a block, one after another, as `write` stores them.
@inline(__always) func tile(rows p: Target) -> Tile {
  (
    pair(p + 0 &* block), pair(p + 1 &* block), pair(p + 2 &* block),
    pair(p + 3 &* block), pair(p + 4 &* block), pair(p + 5 &* block),
    pair(p + 6 &* block), pair(p + 7 &* block), pair(p + 8 &* block),
    pair(p + 9 &* block), pair(p + 10 &* block), pair(p + 11 &* block),
    pair(p + 12 &* block), pair(p + 13 &* block)
  )
}

@inline(__always) func add(_ x: Streams, _ k: Int, _ w: Pair, to tile: inout Tile) {
  add(x.0[k], w, to: &tile.0)
  add(x.1[k], w, to: &tile.1)
  add(x.2[k], w, to: &tile.2)
  add(x.3[k], w, to: &tile.3)
  add(x.4[k], w, to: &tile.4)
  add(x.5[k], w, to: &tile.5)
  add(x.6[k], w, to: &tile.6)
  add(x.7[k], w, to: &tile.7)
  add(x.8[k], w, to: &tile.8)
  add(x.9[k], w, to: &tile.9)
  add(x.10[k], w, to: &tile.10)
  add(x.11[k], w, to: &tile.11)
  add(x.12[k], w, to: &tile.12)
  add(x.13[k], w, to: &tile.13)
}

/// The same for a block whose second vector is padding.
@inline(__always) func addHalf(_ x: Streams, _ k: Int, _ w: Vector, to tile: inout Tile) {
  add(x.0[k], w, to: &tile.0)
  add(x.1[k], w, to: &tile.1)
  add(x.2[k], w, to: &tile.2)
  add(x.3[k], w, to: &tile.3)
  add(x.4[k], w, to: &tile.4)
  add(x.5[k], w, to: &tile.5)
  add(x.6[k], w, to: &tile.6)
  add(x.7[k], w, to: &tile.7)
  add(x.8[k], w, to: &tile.8)
  add(x.9[k], w, to: &tile.9)
  add(x.10[k], w, to: &tile.10)
  add(x.11[k], w, to: &tile.11)
  add(x.12[k], w, to: &tile.12)
  add(x.13[k], w, to: &tile.13)
}

@inline(__always) func write(_ tile: Tile, rows p: Target) {
  write(tile.0, p + 0 &* block)
  write(tile.1, p + 1 &* block)
  write(tile.2, p + 2 &* block)
  write(tile.3, p + 3 &* block)
  write(tile.4, p + 4 &* block)
  write(tile.5, p + 5 &* block)
  write(tile.6, p + 6 &* block)
  write(tile.7, p + 7 &* block)
  write(tile.8, p + 8 &* block)
  write(tile.9, p + 9 &* block)
  write(tile.10, p + 10 &* block)
  write(tile.11, p + 11 &* block)
  write(tile.12, p + 12 &* block)
  write(tile.13, p + 13 &* block)
}

/// Writes each row to its own offset.
@inline(__always) func write(_ tile: Tile, _ y: Target, _ offsets: UnsafePointer<Int>) {
  write(tile.0, y + offsets[0])
  write(tile.1, y + offsets[1])
  write(tile.2, y + offsets[2])
  write(tile.3, y + offsets[3])
  write(tile.4, y + offsets[4])
  write(tile.5, y + offsets[5])
  write(tile.6, y + offsets[6])
  write(tile.7, y + offsets[7])
  write(tile.8, y + offsets[8])
  write(tile.9, y + offsets[9])
  write(tile.10, y + offsets[10])
  write(tile.11, y + offsets[11])
  write(tile.12, y + offsets[12])
  write(tile.13, y + offsets[13])
}
#endif
