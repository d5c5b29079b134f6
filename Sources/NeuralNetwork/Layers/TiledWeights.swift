// The gradient of a convolution's weights by Winograd's tiles: at each point the sum over tiles of inputs times
// gradients. At the end of a part of the batch the sums are transformed to the taps.

import Kernels

/// The gradient of one convolution's weights, summed at the points.
final class TiledWeights {
  let memory: TileMemory
  private let tiling: Tiling
  private let kernel: Int
  /// The inputs, rounded up to a multiple of `TileProducts.lot`.
  private let rows: Int
  /// The sums of each thread, for its current part of the batch.
  private let sums: [FloatBuffer]

  init(
    _ layer: Convolution, side: Int, input: ActivationBuffer, gradient: ActivationBuffer, samples: Int,
    threads: Int
  ) {
    kernel = layer.kernel.width
    tiling = Tiling(gradient.shape, side: side, samples: samples)
    memory = TileMemory(tiling, from: input, padding: layer.paddingLeft, to: gradient)
    let lot = TileProducts.lot
    let rows = (input.shape.channels + lot - 1) / lot * lot
    self.rows = rows
    let count = TiledProduct.weightCount(inputs: rows, outputs: layer.filters)
    sums = (0..<threads).map { _ in FloatBuffer(count: count) }
  }

  /// Adds a group's products to the sums, which at the end of the group's part are added to `taps`.
  func add(_ group: SampleGroup, to taps: UnsafeMutablePointer<Float>) {
    let end = group.count * tiling.down
    for row in stride(from: 0, to: end, by: memory.rows) {
      let rows = row..<min(row + memory.rows, end)
      let inputs = memory.inputs.tiles(group, rows)
      kernels.tilesOfInputs(inputs, scratch: group.scratch + Scratch.count)
      let outputs = memory.outputs.tiles(group, rows)
      kernels.tilesOfGradients(outputs)
      var job = TileProducts(
        inputs: inputs.values, inputPointStride: inputs.pointStride, inputCount: inputs.channels,
        outputs: outputs.values, outputPointStride: outputs.pointStride, outputCount: outputs.tileStride,
        weights: sums[group.thread].pointer, tiles: rows.count * tiling.across)
      job.accumulates = !group.startsPart || row > 0
      kernels.weightsOfTiles(job)
    }
    guard group.endsPart else { return }
    let (inputs, outputs) = (memory.inputs.buffer.shape.channels, memory.outputs.buffer.shape.channels)
    kernels.pointsToTaps(
      TileWeights(
        taps: taps, points: sums[group.thread].pointer, kernel: kernel, inputs: inputs,
        inputRows: self.rows, outputs: outputs, blocks: 0..<blockCount(outputs)),
      scratch: group.scratch)
  }
}
