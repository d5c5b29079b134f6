// How a convolution runs: sums of products over windows, their gradients by the input and by the weights. With enough
// channels Winograd's tiles give the same with fewer products.

import Kernels

/// One convolution of a network, with the ReLU behind it where there is one.
final class ConvolutionStage: Stage {
  let context: StageContext
  private let layer: Convolution
  private let forward: Method<TiledProduct>
  private let toWeights: Method<TiledWeights>?
  /// The phases of the backward pass to the input, with the weights packed for each; by tiles there is one.
  private let phases: [(phase: BackwardPhase, weights: FloatBuffer)]
  /// The tiles of that pass; nil for windows.
  private let toInput: TiledProduct?

  private enum Method<Tiles> {
    case windows(WindowTables)
    case tiles(Tiles)
  }

  init(_ layer: Convolution, _ context: StageContext) {
    self.context = context
    self.layer = layer
    let (input, output, samples) = (context.input, context.output, context.configuration.groupSize)
    let side = layer.tileSide(input: input.value.shape)
    if let side {
      forward = .tiles(
        TiledProduct(
          side: side, padding: layer.paddingLeft, from: input.value, to: output.value, samples: samples,
          weights: context.preparedWeights))
    } else {
      forward = .windows(WindowTables(layer, from: input.value, to: output.value, samples: samples))
    }
    toWeights = output.gradient.map { gradient in
      if let side {
        .tiles(
          TiledWeights(
            layer, side: side, input: input.value, gradient: gradient, samples: samples,
            threads: context.configuration.threads))
      } else {
        .windows(WindowTables(layer, from: input.value, to: gradient, samples: samples))
      }
    }
    guard let gradient = output.gradient, let inputGradient = input.gradient else {
      toInput = nil
      phases = []
      return
    }
    let columns = blockCount(input.value.shape.channels) * kernels.blockWidth
    phases = BackwardPhase.phases(layer, from: gradient, to: inputGradient, samples: samples).map { phase in
      (phase, FloatBuffer(count: columns * phase.taps.count * layer.filters + 1))
    }
    toInput = side.map { side in
      TiledProduct(
        side: side, padding: layer.kernel.width - 1 - layer.paddingLeft, from: gradient, to: inputGradient,
        mask: input.slope == nil ? nil : input.value, samples: samples)
    }
  }

  var scratchCount: Int {
    var count = Scratch.count
    if case .tiles(let tiles) = forward { count = max(count, tiles.memory.count) }
    if let toInput { count = max(count, toInput.memory.count) }
    if case .tiles(let tiles) = toWeights { count = max(count, tiles.memory.count) }
    return count
  }

  private var epilogue: Epilogue { output.slope.map { .rectify(slope: $0) } ?? .plain }

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      switch forward {
      case .windows(let tables): addWindows(group, tables)
      case .tiles(let tiles): tiles.run(group, bias: bias?.values, epilogue: epilogue)
      }
    }
  }

  private func addWindows(_ group: SampleGroup, _ tables: WindowTables) {
    let shape = output.value.shape
    let channels = input.value.shape.channels
    var job = Products(
      input: input.value.at(group.first, group), inputOffsets: tables.inputs.pointer,
      rows: group.count * shape.height * shape.width,
      runs: layer.kernel.height, runLength: layer.kernel.width * channels, runStride: input.value.lineStride,
      weights: weights.values, bias: bias?.values, columns: layer.filters,
      output: output.value.at(group.first, group), outputOffsets: tables.outputs.pointer,
      scratch: group.scratch)
    job.epilogue = epilogue
    kernels.products(job)
  }

  /// Packs the weights for the backward pass, and computes them at the tiles' points; each thread does its share.
  func addPreparation(to plan: inout Plan) {
    let channels = input.value.shape.channels
    if case .tiles(let tiles) = forward {
      plan.shared { [self] thread in
        TiledProduct.prepare(
          tiles.weights, taps: weights.values, kernel: layer.kernel.width, inputs: channels,
          outputs: layer.filters,
          blocks: thread.share(of: blockCount(layer.filters)), scratch: thread.scratch)
      }
    }
    if phases.isEmpty { return }
    plan.shared { [self] thread in
      let blocks = thread.share(of: blockCount(channels))
      for (phase, packed) in phases {
        kernels.transposeWeights(
          weights.values, taps: layer.kernel.count, inputs: channels, outputs: layer.filters,
          chosen: phase.taps.pointer, chosenCount: phase.taps.count, blocks: blocks, into: packed.pointer)
      }
      if let toInput {
        TiledProduct.prepare(
          toInput.weights, taps: phases[0].weights.pointer, kernel: layer.kernel.width, inputs: layer.filters,
          outputs: channels, blocks: blocks, scratch: thread.scratch)
      }
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let gradient = output.gradient else { return }
    plan.eachGroup { [self] group in
      addToWeights(group, gradient)
      addToInput(group, gradient)
    }
  }

  private func addToWeights(_ group: SampleGroup, _ gradient: ActivationBuffer) {
    switch toWeights {
    case .tiles(let tiles): tiles.add(group, to: weights.gradient(part: group.part))
    case .windows(let tables): addWindowsToWeights(group, gradient, tables)
    case nil: return
    }
    guard let bias else { return }
    for sample in group.samples {
      kernels.sumChannels(
        gradient.at(sample, group), stride: gradient.lineStride, times: nil, timesStride: 0,
        extent: gradient.extent, sums: bias.gradient(part: group.part), products: nil)
    }
  }

  private func addWindowsToWeights(_ group: SampleGroup, _ gradient: ActivationBuffer, _ tables: WindowTables)
  {
    kernels.outerProducts(
      OuterProducts(
        input: input.value.at(group.first, group), inputOffsets: tables.lineInputs.pointer,
        inputStep: layer.stride * input.value.shape.channels,
        termOffsets: tables.terms.pointer, terms: 0..<tables.terms.count, termCount: tables.terms.count,
        gradient: gradient.at(group.first, group), gradientOffsets: tables.lineOutputs.pointer,
        gradientStep: layer.filters, rows: group.count * gradient.shape.height,
        rowLength: gradient.shape.width, columns: layer.filters,
        sums: weights.gradient(part: group.part), scratch: group.scratch))
  }

  private func addToInput(_ group: SampleGroup, _ gradient: ActivationBuffer) {
    if let toInput {
      return toInput.run(group, epilogue: input.slope.map { .mask(slope: $0) } ?? .plain)
    }
    guard let inputGradient = input.gradient else { return }
    // The mask has the values' strides. Where the gradients' strides differ, it is applied afterwards.
    let hasEqualStrides =
      input.value.lineStride == inputGradient.lineStride
      && input.value.sampleStride == inputGradient.sampleStride
    for (phase, packed) in phases {
      var job = Products(
        input: gradient.at(group.first, group), inputOffsets: phase.outputs.pointer,
        rows: group.count * phase.rowsPerSample,
        runs: phase.down, runLength: phase.across * layer.filters, runStride: gradient.lineStride,
        weights: packed.pointer, bias: nil, columns: input.value.shape.channels,
        output: inputGradient.at(group.first, group), outputOffsets: phase.inputs.pointer,
        scratch: group.scratch)
      if hasEqualStrides, let slope = input.slope {
        job.epilogue = .mask(slope: slope)
        job.mask = UnsafePointer(input.value.at(group.first, group))
        job.maskOffsets = UnsafePointer(phase.inputs.pointer)
      }
      kernels.products(job)
    }
    if !hasEqualStrides { input.applyMask(group) }
  }
}
