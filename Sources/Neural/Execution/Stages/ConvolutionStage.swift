// A convolution that trains: sums of products over windows, their way back to the picture, and to the weights.

import Kernels

/// One convolution of a network in training, with the ReLU behind it where there is one.
final class ConvolutionStage {
  private let layer: Layer.Convolution
  private let input: Junction
  private let output: Junction
  private let tables: WindowTables
  private let outputGradientTables: WindowTables?
  private let phases: [BackwardPhase]
  private let turned: [Memory]
  private let weights: ParameterStore.Tensor
  private let bias: ParameterStore.Tensor?

  init(
    _ layer: Layer.Convolution, from input: Junction, to output: Junction, place: ParameterLayout.Place,
    store: ParameterStore, groupSize: Int
  ) {
    self.layer = layer
    self.input = input
    self.output = output
    weights = store.tensor(place.weight)
    bias = layer.hasBias ? store.tensor(place.bias) : nil
    tables = WindowTables(layer, from: input.value, to: output.value, samples: groupSize)
    outputGradientTables = output.gradient.map {
      WindowTables(layer, from: input.value, to: $0, samples: groupSize)
    }
    if let gradient = output.gradient, let inputGradient = input.gradient {
      phases = BackwardPhase.phases(layer, from: gradient, to: inputGradient, samples: groupSize)
    } else {
      phases = []
    }
    let block = kernels.blockWidth
    let channels = input.value.shape.channels
    turned = phases.map { phase in
      Memory((channels + block - 1) / block * phase.taps.count * layer.filters * block + 1)
    }
  }

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      let shape = output.value.shape
      let channels = input.value.shape.channels
      var job = Products(
        input: input.value.at(group.first, group), inputOffsets: tables.inputs.table,
        rows: group.count * shape.height * shape.width,
        runs: layer.kernel, runLength: layer.kernel * channels, runStride: input.value.lineStride,
        weights: weights.values, bias: bias?.values, columns: layer.filters,
        output: output.value.at(group.first, group), outputOffsets: tables.outputs.table,
        scratch: group.scratch)
      if let slope = output.slope { job.finish = .rectify(slope: slope) }
      kernels.products(job)
    }
  }

  /// Packs the weights for the way back; once a step, each thread its share.
  func addTurn(to plan: inout Plan) {
    guard !phases.isEmpty else { return }
    plan.shared { [self] worker in
      let block = kernels.blockWidth
      let channels = input.value.shape.channels
      let blocks = worker.share(of: (channels + block - 1) / block)
      for (phase, memory) in zip(phases, turned) {
        kernels.turnWeights(
          weights.values, taps: layer.kernel * layer.kernel, inputs: channels, outputs: layer.filters,
          chosen: phase.taps.table, chosenCount: phase.taps.count, blocks: blocks, into: memory.floats)
      }
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let gradient = output.gradient, let gradientTables = outputGradientTables else { return }
    plan.eachGroup { [self] group in
      addToWeights(group, gradient, gradientTables)
      addToInput(group, gradient)
    }
  }

  private func addToWeights(_ group: Group, _ gradient: Field, _ tables: WindowTables) {
    kernels.outerProducts(
      OuterProducts(
        input: input.value.at(group.first, group), inputOffsets: tables.lineInputs.table,
        inputStep: layer.stride * input.value.shape.channels,
        termOffsets: tables.terms.table, terms: 0..<tables.terms.count, termCount: tables.terms.count,
        gradient: gradient.at(group.first, group), gradientOffsets: tables.lineOutputs.table,
        gradientStep: layer.filters, rows: group.count * gradient.shape.height,
        rowLength: gradient.shape.width, columns: layer.filters,
        sums: weights.gradient(part: group.part), scratch: group.scratch))
    guard let bias else { return }
    for sample in group.first..<group.first + group.count {
      kernels.sumChannels(
        gradient.at(sample, group), stride: gradient.lineStride, times: nil, timesStride: 0,
        extent: gradient.extent, sums: bias.gradient(part: group.part), products: nil)
    }
  }

  private func addToInput(_ group: Group, _ gradient: Field) {
    guard let inputGradient = input.gradient else { return }
    for (phase, memory) in zip(phases, turned) {
      var job = Products(
        input: gradient.at(group.first, group), inputOffsets: phase.outputs.table,
        rows: group.count * phase.rowsPerSample,
        runs: phase.down, runLength: phase.across * layer.filters, runStride: gradient.lineStride,
        weights: memory.floats, bias: nil, columns: input.value.shape.channels,
        output: inputGradient.at(group.first, group), outputOffsets: phase.inputs.table,
        scratch: group.scratch)
      // The gate lies as the values do, not as the gradients; where their borders differ it is let through after.
      if input.value.lineStride == inputGradient.lineStride,
        input.value.sampleStride == inputGradient.sampleStride, let slope = input.slope
      {
        job.finish = .gate(slope: slope)
        job.gate = UnsafePointer(input.value.at(group.first, group))
        job.gateOffsets = UnsafePointer(phase.inputs.table)
      }
      kernels.products(job)
    }
    if input.value.lineStride != inputGradient.lineStride
      || input.value.sampleStride != inputGradient.sampleStride
    {
      input.gate(group)
    }
  }
}
