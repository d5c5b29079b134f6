// Winograd's tiles: which convolutions use them, and the rows of tiles over the pictures of a group of samples.

import Kernels

extension Convolution {
  /// Outputs along a side of this convolution's tiles; nil where sums over windows are as fast.
  ///
  /// Tiles need stride 1, a kernel of 3 or 5, and at least 16 channels on both sides: with fewer, the transforms take
  /// most of the time. They must also halve the products; tiles that reach over a small picture's edge do not.
  func tileSide(input: Shape) -> Int? {
    guard stride == 1, kernel.isSquare, kernel.width == 3 || kernel.width == 5,
      min(input.channels, filters) >= 16,
      let output = outputShape(for: input)
    else { return nil }
    let side = TilePoints.side + 1 - kernel.width
    let tiles = Tiling.count(output.height, side) * Tiling.count(output.width, side)
    let products = TilePoints.count * tiles
    return 2 * products <= kernel.count * output.height * output.width ? side : nil
  }
}

/// Rows of tiles over the pictures of a group of samples.
struct Tiling {
  /// Outputs along a tile's side.
  let side: Int
  /// Tiles in a row.
  let across: Int
  /// Rows of tiles in a picture.
  let down: Int
  /// The lines of each row that are in the picture.
  let lines: OffsetTable

  /// Makes tiles over pictures of a shape.
  init(_ shape: Shape, side: Int, samples: Int) {
    self.side = side
    across = Self.count(shape.width, side)
    let down = Self.count(shape.height, side)
    self.down = down
    lines = OffsetTable(
      (0..<samples * down).map { min(side, shape.height - $0 % down * side) })
  }

  static func count(_ size: Int, _ side: Int) -> Int { (size + side - 1) / side }

  /// The offset of each row of tiles in a buffer, `padding` pixels above and to the left of the outputs.
  func offsets(in buffer: ActivationBuffer, padding: Int = 0) -> OffsetTable {
    let corner = padding * (buffer.lineStride + buffer.shape.channels)
    return OffsetTable(
      (0..<lines.count).map { row in
        row / down * buffer.sampleStride + row % down * side * buffer.lineStride - corner
      })
  }

  /// The zeros around `inputs` that tiles over `outputs` read.
  static func border(_ side: Int, kernel: Int, padding: Int, inputs: Shape, outputs: Shape) -> Border {
    func after(_ input: Int, _ output: Int) -> Int {
      max(0, count(output, side) * side + kernel - 1 - padding - input)
    }
    return Border(
      before: padding,
      after: max(after(inputs.height, outputs.height), after(inputs.width, outputs.width)))
  }
}

/// The tiles over a buffer's pictures.
struct TiledBuffer {
  let buffer: ActivationBuffer
  let tiling: Tiling
  /// The offset of each row of tiles in the buffer.
  let rows: OffsetTable
  /// The offset of the tiles' values in a thread's scratch memory.
  let start: Int
  /// From point to point: a cache line more than the values, so that the points do not share a cache set.
  let pointStride: Int
  let tileStride: Int

  /// Some rows of tiles over a group's pictures.
  func tiles(_ group: SampleGroup, _ chosen: Range<Int>) -> Tiles {
    Tiles(
      picture: buffer.at(group.first, group), offsets: rows.pointer + chosen.lowerBound, rows: chosen.count,
      across: tiling.across, side: tiling.side, lineStride: buffer.lineStride,
      channels: buffer.shape.channels, values: group.scratch + start, pointStride: pointStride,
      tileStride: tileStride)
  }
}

/// The rows of tiles that a thread computes at a time, and their memory behind its scratch memory.
struct TileMemory {
  let rows: Int
  let inputs: TiledBuffer
  /// Their tiles have whole blocks of channels.
  let outputs: TiledBuffer
  /// The floats that the scratch memory must have.
  let count: Int

  /// The floats of tiles and products that fit the second-level cache beside the weights.
  private static let cacheFloats = 160 << 10
  /// With fewer tiles, loading the weights takes most of the time.
  private static let fewest = 32

  /// Makes the memory for tiles over `to`, which read `from` shifted by `padding`.
  init(_ tiling: Tiling, from: ActivationBuffer, padding: Int, to: ActivationBuffer) {
    let block = kernels.blockWidth
    let channels = from.shape.channels
    let columns = blockCount(to.shape.channels) * block
    let tiles = max(Self.fewest, Self.cacheFloats / (TilePoints.count * (channels + columns)))
    rows = min(tiling.lines.count, max(1, tiles / tiling.across))
    let lot = TileProducts.lot
    let filled = (rows * tiling.across + lot - 1) / lot * lot
    let pixels = tiling.across * tiling.side + TilePoints.side - tiling.side
    inputs = TiledBuffer(
      buffer: from, tiling: tiling, rows: tiling.offsets(in: from, padding: padding),
      start: Scratch.count + TilePoints.side * pixels * block / 2, pointStride: filled * channels + 16,
      tileStride: channels)
    outputs = TiledBuffer(
      buffer: to, tiling: tiling, rows: tiling.offsets(in: to),
      start: inputs.start + TilePoints.count * inputs.pointStride, pointStride: filled * columns + 16,
      tileStride: columns)
    count = outputs.start + TilePoints.count * outputs.pointStride
  }
}
