// A dense layer that trains: one product with the whole wave, for its weights are too many to read for a few samples.

import Kernels

/// One dense layer of a network in training, with the ReLU behind it where there is one.
final class DenseStage {
  private let input: LayerBoundary
  private let output: LayerBoundary
  private let inputs: Int
  private let units: Int
  private let weights: ParameterStore.Tensor
  private let bias: ParameterStore.Tensor?
  private let inputOffsets: OffsetTable
  private let outputOffsets: OffsetTable
  private let terms: OffsetTable
  private let oneTap = OffsetTable([0])
  private let turned: FloatBuffer?
  /// Where the picture's gradient goes first when it has a border.
  private let compact: ActivationBuffer?

  init(
    _ layer: Layer.Dense, from input: LayerBoundary, to output: LayerBoundary, place: ParameterLayout.Place,
    store: ParameterStore, samples: Int
  ) {
    self.input = input
    self.output = output
    units = layer.units
    let inputs = input.value.shape.count
    self.inputs = inputs
    let units = layer.units
    weights = store.tensor(place.weight)
    bias = layer.hasBias ? store.tensor(place.bias) : nil
    inputOffsets = OffsetTable((0..<samples).map { $0 * inputs })
    outputOffsets = OffsetTable((0..<samples).map { $0 * units })
    terms = OffsetTable(Array(0..<inputs))
    let block = kernels.blockWidth
    turned = input.gradient.map { _ in FloatBuffer((inputs + block - 1) / block * units * block) }
    compact = input.gradient.flatMap {
      $0.isCompact ? nil : ActivationBuffer(Shape(vector: inputs), samples: samples)
    }
  }

  func addForward(to plan: inout Plan) {
    plan.shared { [self] worker in
      var job = Products(
        input: input.value.at(0), inputOffsets: inputOffsets.table, rows: worker.samples,
        runs: 1, runLength: inputs, runStride: 0, weights: weights.values, bias: bias?.values,
        columns: units, output: output.value.at(0), outputOffsets: outputOffsets.table,
        scratch: worker.scratch)
      if let slope = output.slope { job.finish = .rectify(slope: slope) }
      run(job, worker)
    }
  }

  /// Large weights are shared out by columns, so that each is read once; else rows are.
  private func run(_ whole: Products, _ worker: ThreadContext) {
    var job = whole
    job.isSingleRow = worker.samples == 1
    let blocks = (job.columns + kernels.blockWidth - 1) / kernels.blockWidth
    if blocks >= 2 * worker.threads, job.runLength * job.columns > 1 << 17 {
      job.blocks = worker.share(of: blocks)
    } else {
      let rows = worker.share(of: job.rows)
      job.inputOffsets += rows.lowerBound
      job.outputOffsets += rows.lowerBound
      if let gate = job.gateOffsets { job.gateOffsets = gate + rows.lowerBound }
      job.rows = rows.count
    }
    if job.rows > 0 { kernels.products(job) }
  }

  func addTurn(to plan: inout Plan) {
    guard let turned else { return }
    plan.shared { [self] worker in
      let blocks = worker.share(of: (inputs + kernels.blockWidth - 1) / kernels.blockWidth)
      kernels.turnWeights(
        weights.values, taps: 1, inputs: inputs, outputs: units, chosen: oneTap.table, chosenCount: 1,
        blocks: blocks, into: turned.floats)
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let gradient = output.gradient else { return }
    plan.shared { [self] worker in
      addToWeights(worker, gradient)
      if let inputGradient = compact ?? input.gradient { addToInput(worker, gradient, inputGradient) }
    }
    guard let compact, let inputGradient = input.gradient else { return }
    plan.eachGroup { [self] group in
      for sample in group.first..<group.first + group.count {
        copyLines(
          from: compact.at(sample), stride: inputGradient.lineLength,
          to: inputGradient.at(sample, group), stride: inputGradient.lineStride,
          lines: inputGradient.shape.height, length: inputGradient.lineLength)
      }
      input.gate(group)
    }
  }

  private func addToWeights(_ worker: ThreadContext, _ gradient: ActivationBuffer) {
    let share = worker.share(of: inputs, lot: kernels.tileHeight)
    if !share.isEmpty {
      kernels.outerProducts(
        OuterProducts(
          input: input.value.at(0), inputOffsets: inputOffsets.table, inputStep: inputs,
          termOffsets: terms.table, terms: share, termCount: inputs,
          gradient: gradient.at(0), gradientOffsets: outputOffsets.table, gradientStep: units,
          rows: 1, rowLength: worker.samples, columns: units, sums: weights.gradient,
          scratch: worker.scratch))
    }
    guard let bias, worker.thread == worker.threads - 1 else { return }
    kernels.sumChannels(
      gradient.at(0), stride: 0, times: nil, timesStride: 0,
      extent: Extent(lines: 1, pixels: worker.samples, channels: units), sums: bias.gradient, products: nil)
  }

  private func addToInput(
    _ worker: ThreadContext, _ gradient: ActivationBuffer, _ inputGradient: ActivationBuffer
  ) {
    guard let turned else { return }
    var job = Products(
      input: gradient.at(0), inputOffsets: outputOffsets.table, rows: worker.samples,
      runs: 1, runLength: units, runStride: 0, weights: turned.floats, bias: nil, columns: inputs,
      output: inputGradient.at(0), outputOffsets: inputOffsets.table, scratch: worker.scratch)
    if compact == nil, let slope = input.slope {
      job.finish = .gate(slope: slope)
      job.gate = UnsafePointer(input.value.at(0))
      job.gateOffsets = UnsafePointer(inputOffsets.table)
    }
    run(job, worker)
  }
}

/// Copies lines between pictures with different borders.
func copyLines(
  from source: UnsafePointer<Float>, stride: Int, to target: UnsafeMutablePointer<Float>,
  stride targetStride: Int, lines: Int, length: Int
) {
  if stride == length, targetStride == length { return target.update(from: source, count: lines * length) }
  for line in 0..<lines { (target + line * targetStride).update(from: source + line * stride, count: length) }
}
