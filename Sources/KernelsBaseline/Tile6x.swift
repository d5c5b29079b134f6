// The register tile of 16 vector registers: 6 rows of two vectors, 12 sums, two weights, and a scalar for all lanes.
// Its sums are elements of a tuple. In an InlineArray they stayed in memory, at a quarter of the speed.

#if !KERNELS_V4
/// Rows of a tile.
@inline(__always) var height: Int { 6 }

/// The scalars of a tile's rows: one pointer for each row, all with the same index.
typealias Streams = (
  Source, Source, Source, Source, Source, Source
)

/// Sums of products for `height` rows and one block of columns.
typealias Tile = (
  Pair, Pair, Pair, Pair, Pair, Pair
)

@inline(__always) func streams(_ base: Source, _ offsets: UnsafePointer<Int>) -> Streams {
  (
    base + offsets[0], base + offsets[1], base + offsets[2],
    base + offsets[3], base + offsets[4], base + offsets[5]
  )
}

/// Every row starts from the same pair: a bias, or zero.
@inline(__always) func tile(_ start: Pair) -> Tile {
  (
    start, start, start, start, start, start
  )
}

/// Rows of a block, one after another, as `write` stores them.
@inline(__always) func tile(rows p: Target) -> Tile {
  (
    pair(p + 0 &* block), pair(p + 1 &* block), pair(p + 2 &* block),
    pair(p + 3 &* block), pair(p + 4 &* block), pair(p + 5 &* block)
  )
}

@inline(__always) func add(_ x: Streams, _ k: Int, _ w: Pair, to tile: inout Tile) {
  add(x.0[k], w, to: &tile.0)
  add(x.1[k], w, to: &tile.1)
  add(x.2[k], w, to: &tile.2)
  add(x.3[k], w, to: &tile.3)
  add(x.4[k], w, to: &tile.4)
  add(x.5[k], w, to: &tile.5)
}

/// The same for a block whose second vector is padding.
@inline(__always) func addHalf(_ x: Streams, _ k: Int, _ w: Vector, to tile: inout Tile) {
  add(x.0[k], w, to: &tile.0)
  add(x.1[k], w, to: &tile.1)
  add(x.2[k], w, to: &tile.2)
  add(x.3[k], w, to: &tile.3)
  add(x.4[k], w, to: &tile.4)
  add(x.5[k], w, to: &tile.5)
}

@inline(__always) func write(_ tile: Tile, rows p: Target) {
  write(tile.0, p + 0 &* block)
  write(tile.1, p + 1 &* block)
  write(tile.2, p + 2 &* block)
  write(tile.3, p + 3 &* block)
  write(tile.4, p + 4 &* block)
  write(tile.5, p + 5 &* block)
}

/// Writes each row to its own offset.
@inline(__always) func write(_ tile: Tile, _ y: Target, _ offsets: UnsafePointer<Int>) {
  write(tile.0, y + offsets[0])
  write(tile.1, y + offsets[1])
  write(tile.2, y + offsets[2])
  write(tile.3, y + offsets[3])
  write(tile.4, y + offsets[4])
  write(tile.5, y + offsets[5])
}
#endif
