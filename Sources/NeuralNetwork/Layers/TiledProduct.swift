// A convolution by Winograd's tiles: forward, and with transposed weights the gradient by the input.

import Kernels

/// The products of one convolution's tiles.
final class TiledProduct {
  /// The weights at the points.
  let weights: FloatBuffer
  let memory: TileMemory
  private let tiling: Tiling
  private let mask: ActivationBuffer?
  private let maskRows: OffsetTable?

  /// The floats of a kernel's weights at the points.
  static func weightCount(inputs: Int, outputs: Int) -> Int {
    return TilePoints.count * blockCount(outputs) * kernels.blockWidth * inputs
  }

  /// Makes tiles over `to`, which read `from` shifted by `padding`; `mask` is for gradients by the input of a ReLU.
  init(
    side: Int, padding: Int, from: ActivationBuffer, to: ActivationBuffer, mask: ActivationBuffer? = nil,
    samples: Int, weights: FloatBuffer? = nil
  ) {
    self.mask = mask
    tiling = Tiling(to.shape, side: side, samples: samples)
    memory = TileMemory(tiling, from: from, padding: padding, to: to)
    maskRows = mask.map { [tiling] in tiling.offsets(in: $0) }
    self.weights =
      weights ?? FloatBuffer(count: Self.weightCount(inputs: from.shape.channels, outputs: to.shape.channels))
  }

  /// Computes the weights at the points, packed by block of outputs, for some blocks.
  static func prepare(
    _ points: FloatBuffer, taps: UnsafeMutablePointer<Float>, kernel: Int, inputs: Int, outputs: Int,
    blocks: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    kernels.tapsToPoints(
      TileWeights(
        taps: taps, points: points.pointer, kernel: kernel, inputs: inputs, inputRows: inputs,
        outputs: outputs, blocks: blocks), scratch: scratch)
  }

  func run(_ group: SampleGroup, bias: UnsafePointer<Float>? = nil, epilogue: Epilogue = .plain) {
    let end = group.count * tiling.down
    for row in stride(from: 0, to: end, by: memory.rows) {
      let rows = row..<min(row + memory.rows, end)
      let inputs = memory.inputs.tiles(group, rows)
      let outputs = memory.outputs.tiles(group, rows)
      kernels.tilesOfInputs(inputs, scratch: group.scratch + Scratch.count)
      kernels.productsOfTiles(
        TileProducts(
          inputs: inputs.values, inputPointStride: inputs.pointStride, inputCount: inputs.channels,
          outputs: outputs.values, outputPointStride: outputs.pointStride, outputCount: outputs.tileStride,
          weights: weights.pointer, tiles: rows.count * tiling.across))
      var output = TileOutput(
        lines: tiling.lines.pointer + row, pixels: memory.outputs.buffer.shape.width, bias: bias)
      output.epilogue = epilogue
      if let mask, let maskRows {
        output.mask = UnsafePointer(mask.at(group.first, group))
        output.maskOffsets = UnsafePointer(maskRows.pointer + row)
        output.maskStride = mask.lineStride
      }
      kernels.outputsOfTiles(outputs, output, scratch: group.scratch)
    }
  }
}
