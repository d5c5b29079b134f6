// A convolution by Winograd's tiles: forward, and with turned weights back to the picture, which is the same thing.

import Kernels

/// The products of one convolution's tiles.
final class TiledProduct {
  /// The weights at the points.
  let weights: FloatBuffer
  let room: TileRoom
  private let tiling: Tiling
  private let from: ActivationBuffer
  private let to: ActivationBuffer
  private let gate: ActivationBuffer?
  private let inputRows: OffsetTable
  private let outputRows: OffsetTable
  private let gateRows: OffsetTable?

  /// Floats for the weights of a kernel at the points.
  static func weightCount(inputs: Int, outputs: Int) -> Int {
    let block = kernels.blockWidth
    return TilePoints.count * ((outputs + block - 1) / block) * block * inputs
  }

  /// Tiles over `to`, which read `from` shifted by `padding`, and a gate that gradients are let through.
  init(
    side: Int, padding: Int, from: ActivationBuffer, to: ActivationBuffer, gate: ActivationBuffer? = nil,
    samples: Int, weights: FloatBuffer? = nil
  ) {
    self.from = from
    self.to = to
    self.gate = gate
    tiling = Tiling(to.shape, side: side, samples: samples)
    room = TileRoom(tiling, from: from.shape.channels, to: to.shape.channels)
    inputRows = tiling.offsets(in: from, padding: padding)
    outputRows = tiling.offsets(in: to)
    gateRows = gate.map { [tiling] in tiling.offsets(in: $0) }
    self.weights =
      weights ?? FloatBuffer(Self.weightCount(inputs: from.shape.channels, outputs: to.shape.channels))
  }

  /// Puts weights at the points, packed by block of outputs, some blocks of them.
  static func prepare(
    _ points: FloatBuffer, taps: UnsafeMutablePointer<Float>, kernel: Int, inputs: Int, outputs: Int,
    blocks: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    kernels.tapsToPoints(
      TileWeights(
        taps: taps, points: points.floats, kernel: kernel, inputs: inputs, inputRows: inputs,
        outputs: outputs, blocks: blocks), scratch: scratch)
  }

  func run(_ group: Group, bias: UnsafePointer<Float>? = nil, finish: Epilogue = .plain) {
    let source = from.at(group.first, group)
    let target = to.at(group.first, group)
    let end = group.count * tiling.down
    var row = 0
    while row < end {
      let rows = min(room.rows, end - row)
      let inputs = Tiles(
        picture: source, offsets: inputRows.table + row, rows: rows, across: tiling.across,
        side: tiling.side, lineStride: from.lineStride, channels: from.shape.channels,
        values: group.scratch + room.from, pointStride: room.pointStrides.from,
        tileStride: from.shape.channels)
      kernels.tilesOfInputs(inputs, scratch: group.scratch + Scratch.count)
      let block = kernels.blockWidth
      let columns = (to.shape.channels + block - 1) / block * block
      kernels.productsOfTiles(
        TileProducts(
          inputs: inputs.values, inputPointStride: inputs.pointStride, inputCount: inputs.channels,
          outputs: group.scratch + room.to, outputPointStride: room.pointStrides.to, outputCount: columns,
          weights: weights.floats, tiles: rows * tiling.across))
      var tileEnd = TileEnd(lines: tiling.lines.table + row, pixels: to.shape.width, bias: bias)
      tileEnd.finish = finish
      if let gate, let gateRows {
        tileEnd.gate = UnsafePointer(gate.at(group.first, group))
        tileEnd.gateOffsets = UnsafePointer(gateRows.table + row)
        tileEnd.gateStride = gate.lineStride
      }
      kernels.outputsOfTiles(
        Tiles(
          picture: target, offsets: outputRows.table + row, rows: rows, across: tiling.across,
          side: tiling.side, lineStride: to.lineStride, channels: to.shape.channels,
          values: group.scratch + room.to, pointStride: room.pointStrides.to, tileStride: columns), tileEnd,
        scratch: group.scratch)
      row += rows
    }
  }
}
