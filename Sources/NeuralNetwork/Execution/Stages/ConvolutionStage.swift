// A convolution that trains: sums of products over windows, their way back to the picture, and to the weights. Where
// many channels make Winograd's tiles worth it, they do the same with fewer products.

import Kernels

/// One convolution of a network in training, with the ReLU behind it where there is one.
final class ConvolutionStage {
  private let layer: Layer.Convolution
  private let input: LayerBoundary
  private let output: LayerBoundary
  private let weights: ParameterStore.Tensor
  private let bias: ParameterStore.Tensor?
  private let forward: Forward
  private let toInput: ToInput?
  private let toWeights: ToWeights?
  /// The weights packed for the way back, by phase.
  private let turned: [FloatBuffer]

  private enum Forward {
    case windows(WindowTables)
    case tiles(TiledProduct)
  }
  private enum ToInput {
    case windows([BackwardPhase])
    case tiles(BackwardPhase, TiledProduct)
  }
  private enum ToWeights {
    case windows(WindowTables)
    case tiles(TiledWeights)
  }

  /// `tiles` are the weights at the points, where somebody has them already and they stay.
  init(
    _ layer: Layer.Convolution, from input: LayerBoundary, to output: LayerBoundary,
    place: ParameterLayout.Place,
    store: ParameterStore, groupSize: Int, threads: Int = 1, tiles: FloatBuffer? = nil
  ) {
    self.layer = layer
    self.input = input
    self.output = output
    weights = store.tensor(place.weight)
    bias = layer.hasBias ? store.tensor(place.bias) : nil
    let side = layer.tileSide(input: input.value.shape)
    if let side {
      forward = .tiles(
        TiledProduct(
          side: side, padding: layer.paddingBefore, from: input.value, to: output.value, samples: groupSize,
          weights: tiles))
    } else {
      forward = .windows(WindowTables(layer, from: input.value, to: output.value, samples: groupSize))
    }
    toWeights = output.gradient.map { gradient in
      if let side {
        .tiles(
          TiledWeights(
            layer, side: side, input: input.value, gradient: gradient, samples: groupSize, threads: threads))
      } else {
        .windows(WindowTables(layer, from: input.value, to: gradient, samples: groupSize))
      }
    }
    guard let gradient = output.gradient, let inputGradient = input.gradient else {
      toInput = nil
      turned = []
      return
    }
    let phases = BackwardPhase.phases(layer, from: gradient, to: inputGradient, samples: groupSize)
    let block = kernels.blockWidth
    let channels = input.value.shape.channels
    turned = phases.map { phase in
      FloatBuffer((channels + block - 1) / block * phase.taps.count * layer.filters * block + 1)
    }
    if let side {
      toInput = .tiles(
        phases[0],
        TiledProduct(
          side: side, padding: layer.kernel - 1 - layer.paddingBefore, from: gradient, to: inputGradient,
          gate: input.slope == nil ? nil : input.value, samples: groupSize))
    } else {
      toInput = .windows(phases)
    }
  }

  /// Floats that a thread's scratch must have.
  var scratchCount: Int {
    var count = Scratch.count
    if case .tiles(let tiles) = forward { count = max(count, tiles.room.count) }
    if case .tiles(_, let tiles) = toInput { count = max(count, tiles.room.count) }
    if case .tiles(let tiles) = toWeights { count = max(count, tiles.room.count) }
    return count
  }

  private var finish: Epilogue { output.slope.map { .rectify(slope: $0) } ?? .plain }

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      switch forward {
      case .windows(let tables): addWindows(group, tables)
      case .tiles(let tiles): tiles.run(group, bias: bias?.values, finish: finish)
      }
    }
  }

  private func addWindows(_ group: Group, _ tables: WindowTables) {
    let shape = output.value.shape
    let channels = input.value.shape.channels
    var job = Products(
      input: input.value.at(group.first, group), inputOffsets: tables.inputs.table,
      rows: group.count * shape.height * shape.width,
      runs: layer.kernel, runLength: layer.kernel * channels, runStride: input.value.lineStride,
      weights: weights.values, bias: bias?.values, columns: layer.filters,
      output: output.value.at(group.first, group), outputOffsets: tables.outputs.table,
      scratch: group.scratch)
    job.finish = finish
    kernels.products(job)
  }

  /// Packs the weights for the way back, and puts them at the tiles' points; once a step, each thread its share.
  func addTurn(to plan: inout Plan) {
    let block = kernels.blockWidth
    let channels = input.value.shape.channels
    if case .tiles(let tiles) = forward {
      plan.shared { [self] worker in
        TiledProduct.prepare(
          tiles.weights, taps: weights.values, kernel: layer.kernel, inputs: channels, outputs: layer.filters,
          blocks: worker.share(of: (layer.filters + block - 1) / block), scratch: worker.scratch)
      }
    }
    guard let toInput else { return }
    plan.shared { [self] worker in
      let blocks = worker.share(of: (channels + block - 1) / block)
      switch toInput {
      case .windows(let phases):
        for (phase, memory) in zip(phases, turned) { turn(phase, into: memory, blocks) }
      case .tiles(let phase, let tiles):
        turn(phase, into: turned[0], blocks)
        TiledProduct.prepare(
          tiles.weights, taps: turned[0].floats, kernel: layer.kernel, inputs: layer.filters,
          outputs: channels, blocks: blocks, scratch: worker.scratch)
      }
    }
  }

  private func turn(_ phase: BackwardPhase, into memory: FloatBuffer, _ blocks: Range<Int>) {
    kernels.turnWeights(
      weights.values, taps: layer.kernel * layer.kernel, inputs: input.value.shape.channels,
      outputs: layer.filters, chosen: phase.taps.table, chosenCount: phase.taps.count, blocks: blocks,
      into: memory.floats)
  }

  func addBackward(to plan: inout Plan) {
    guard let gradient = output.gradient else { return }
    plan.eachGroup { [self] group in
      addToWeights(group, gradient)
      addToInput(group, gradient)
    }
  }

  private func addToWeights(_ group: Group, _ gradient: ActivationBuffer) {
    switch toWeights {
    case .tiles(let tiles): tiles.add(group, to: weights.gradient(part: group.part))
    case .windows(let tables): addWindowsToWeights(group, gradient, tables)
    case nil: return
    }
    guard let bias else { return }
    for sample in group.first..<group.first + group.count {
      kernels.sumChannels(
        gradient.at(sample, group), stride: gradient.lineStride, times: nil, timesStride: 0,
        extent: gradient.extent, sums: bias.gradient(part: group.part), products: nil)
    }
  }

  private func addWindowsToWeights(_ group: Group, _ gradient: ActivationBuffer, _ tables: WindowTables) {
    kernels.outerProducts(
      OuterProducts(
        input: input.value.at(group.first, group), inputOffsets: tables.lineInputs.table,
        inputStep: layer.stride * input.value.shape.channels,
        termOffsets: tables.terms.table, terms: 0..<tables.terms.count, termCount: tables.terms.count,
        gradient: gradient.at(group.first, group), gradientOffsets: tables.lineOutputs.table,
        gradientStep: layer.filters, rows: group.count * gradient.shape.height,
        rowLength: gradient.shape.width, columns: layer.filters,
        sums: weights.gradient(part: group.part), scratch: group.scratch))
  }

  private func addToInput(_ group: Group, _ gradient: ActivationBuffer) {
    switch toInput {
    case .tiles(_, let tiles): tiles.run(group, finish: input.slope.map { .gate(slope: $0) } ?? .plain)
    case .windows(let phases): addWindowsToInput(group, gradient, phases)
    case nil: return
    }
  }

  private func addWindowsToInput(_ group: Group, _ gradient: ActivationBuffer, _ phases: [BackwardPhase]) {
    guard let inputGradient = input.gradient else { return }
    // The gate lies as the values do, not as the gradients; where their borders differ it is let through after.
    let liesAlike =
      input.value.lineStride == inputGradient.lineStride
      && input.value.sampleStride == inputGradient.sampleStride
    for (phase, memory) in zip(phases, turned) {
      var job = Products(
        input: gradient.at(group.first, group), inputOffsets: phase.outputs.table,
        rows: group.count * phase.rowsPerSample,
        runs: phase.down, runLength: phase.across * layer.filters, runStride: gradient.lineStride,
        weights: memory.floats, bias: nil, columns: input.value.shape.channels,
        output: inputGradient.at(group.first, group), outputOffsets: phase.inputs.table,
        scratch: group.scratch)
      if liesAlike, let slope = input.slope {
        job.finish = .gate(slope: slope)
        job.gate = UnsafePointer(input.value.at(group.first, group))
        job.gateOffsets = UnsafePointer(phase.inputs.table)
      }
      kernels.products(job)
    }
    if !liesAlike { input.gate(group) }
  }
}
