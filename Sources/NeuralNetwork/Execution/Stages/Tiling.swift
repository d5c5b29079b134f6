// Where Winograd's tiles are worth it, and where they lie: rows of tiles over the pictures of a group of samples.

import Kernels

extension Layer.Convolution {
  /// Outputs along a side of this convolution's tiles; nil where sums over windows are as fast.
  ///
  /// Tiles are for stride 1, kernels of 3 or 5, and at least 16 channels on both sides: with fewer, most of the time
  /// goes to and from the points. And they must save half the products, which those that reach over a small
  /// picture's edge do not.
  func tileSide(input: Shape) -> Int? {
    guard stride == 1, kernel == 3 || kernel == 5, min(input.channels, filters) >= 16,
      let output = Layer.convolution(self).outputShape(for: input)
    else { return nil }
    let side = TilePoints.side + 1 - kernel
    let tiles = Tiling.count(output.height, side) * Tiling.count(output.width, side)
    let products = TilePoints.count * tiles
    return 2 * products <= kernel * kernel * output.height * output.width ? side : nil
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
  /// Of each row its lines that are in the picture.
  let lines: OffsetTable

  /// Tiles over pictures of a shape.
  init(_ shape: Shape, side: Int, samples: Int) {
    self.side = side
    across = Self.count(shape.width, side)
    let down = Self.count(shape.height, side)
    self.down = down
    lines = OffsetTable(
      (0..<samples * down).map { min(side, shape.height - $0 % down * side) })
  }

  static func count(_ size: Int, _ side: Int) -> Int { (size + side - 1) / side }

  /// Where each row of tiles starts in a field, `padding` above and to the left of the outputs' place.
  func offsets(in field: ActivationBuffer, padding: Int = 0) -> OffsetTable {
    let corner = padding * (field.lineStride + field.shape.channels)
    return OffsetTable(
      (0..<lines.count).map { row in
        row / down * field.sampleStride + row % down * side * field.lineStride - corner
      })
  }

  /// The zeros that tiles over `outputs` read around `inputs`, for a kernel.
  static func border(_ side: Int, kernel: Int, padding: Int, inputs: Shape, outputs: Shape) -> Border {
    func after(_ input: Int, _ output: Int) -> Int {
      max(0, count(output, side) * side + kernel - 1 - padding - input)
    }
    return Border(
      before: padding,
      after: max(after(inputs.height, outputs.height), after(inputs.width, outputs.width)))
  }
}

/// How many rows of tiles a thread does at a time, and the memory that takes behind its scratch.
struct TileRoom {
  let rows: Int
  /// Of one matrix of tiles at the points, from point to point: a cache line more than the values, lest all points
  /// share a cache set.
  let pointStrides: (from: Int, to: Int)
  /// Where the parts start in a thread's scratch.
  let from: Int
  let to: Int
  /// The end.
  let count: Int

  /// Tiles and their products, in floats, that should stay in the second-level cache beside the weights' panels.
  private static let cacheFloats = 160 << 10
  /// Fewer tiles than this would wait for the weights.
  private static let fewest = 32

  /// Room for tiles of some channels from and to.
  init(_ tiling: Tiling, from: Int, to: Int) {
    let block = kernels.blockWidth
    let to = (to + block - 1) / block * block
    let tiles = max(Self.fewest, Self.cacheFloats / (TilePoints.count * (from + to)))
    rows = min(tiling.lines.count, max(1, tiles / tiling.across))
    let lot = TileProducts.lot
    let filled = (rows * tiling.across + lot - 1) / lot * lot
    pointStrides = (filled * from + 16, filled * to + 16)
    let pixels = tiling.across * tiling.side + TilePoints.side - tiling.side
    self.from = Scratch.count + TilePoints.side * pixels * block / 2
    self.to = self.from + TilePoints.count * pointStrides.from
    count = self.to + TilePoints.count * pointStrides.to
  }
}
