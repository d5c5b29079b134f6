import Kernels

/// Every output is a weighted sum of all inputs.
///
/// After a picture the inputs count channel by channel, as PyTorch flattens.
///
///     dense = UNITS [ "n" ] [ activation | "i" ]
///
/// The last dense layer has no activation: its logits become probabilities by softmax, or with `s` by a sigmoid each.
public struct Dense: LayerDefinition {
  /// How many outputs.
  public let units: Int
  /// Whether a learnt constant is added.
  public let hasBias: Bool

  /// Makes a dense layer.
  ///
  /// - Parameters:
  ///   - units: How many outputs.
  ///   - hasBias: Whether a learnt constant is added.
  public init(units: Int, hasBias: Bool = true) {
    self.units = units
    self.hasBias = hasBias
  }

  /// The word `dense`.
  public var description: String { "dense" }

  /// For example `100 units`.
  public var title: String { "\(units) units" }

  /// A vector with one value for each unit.
  public func outputShape(for input: Shape) -> Shape? { Shape(vector: units) }

  /// A multiplication for each input and unit.
  public func multiplyAdds(input: Shape, output: Shape) -> Int { input.count * output.count }

  // MARK: Text

  static let letters = ""
  static let traits = LayerTraits(
    beginsWithCount: true, givesVector: true, canBeLast: true, readsWholeWave: true, appliesSlope: true,
    absorbsNorm: true)

  static func parse(_ item: inout ItemScanner) throws(ArchitectureError) -> [any LayerDefinition] {
    let isNormalized = item.skip("n")
    let dense = Dense(units: item.count ?? 1, hasBias: !isNormalized)
    let layers: [any LayerDefinition] = isNormalized ? [dense, BatchNorm()] : [dense]
    let suffix = item.position
    let activation = Activation.parseSuffix(&item)
    guard item.isAtEnd else {
      if activation == nil, item.skip("i") { return layers }
      return layers + [activation ?? .relu]
    }
    guard activation == nil || activation == .sigmoid else {
      throw item.error(
        "the last layer's logits become probabilities: write nothing for softmax, or s for a sigmoid each",
        at: suffix)
    }
    item.endsWithSigmoid = activation == .sigmoid
    return layers
  }

  // MARK: Tensors and buffers

  var tensorName: String { "dense" }

  func tensors(input: Shape) -> [TensorSize] {
    [TensorSize(role: .weight, shape: [units, input.count])]
      + (hasBias ? [TensorSize(role: .bias, shape: [units])] : [])
  }

  /// The weights are too many to read for a few samples.

  // MARK: Execution and export

  func makeStage(_ context: StageContext) -> any Stage { DenseStage(context) }

  func folded(_ tensors: LayerTensors, into next: ChannelLine?) -> FoldedLayer? {
    FoldedLayer(Dense(units: units), tensors, into: next)
  }

  func addNodes(to graph: inout ONNXGraph, input: String, weights: [String], isPicture: Bool) -> String {
    let vector = isPicture ? graph.node("Flatten", [input]) : input
    return graph.node("Gemm", [vector] + weights, [("transB", .integer(1))])
  }
}

/// One dense layer of a network, with the ReLU behind it where there is one: one product with the whole wave.
private final class DenseStage: Stage {
  let context: StageContext
  private let inputs: Int
  private let units: Int
  private let inputOffsets: OffsetTable
  private let outputOffsets: OffsetTable
  private let terms: OffsetTable
  private let oneTap = OffsetTable([0])
  /// The weights packed for the backward pass.
  private let transposed: FloatBuffer?
  /// The gradient of the input without a border, where the input's gradient has one.
  private let compact: ActivationBuffer?

  init(_ context: StageContext) {
    self.context = context
    let (inputs, units) = (context.input.value.shape.count, context.output.value.shape.count)
    (self.inputs, self.units) = (inputs, units)
    let samples = context.configuration.capacity
    inputOffsets = OffsetTable((0..<samples).map { $0 * inputs })
    outputOffsets = OffsetTable((0..<samples).map { $0 * units })
    terms = OffsetTable(Array(0..<inputs))
    let gradient = context.input.gradient
    transposed = gradient.map { _ in FloatBuffer(count: blockCount(inputs) * units * kernels.blockWidth) }
    compact = gradient.flatMap {
      $0.isCompact ? nil : ActivationBuffer(Shape(vector: inputs), samples: samples)
    }
  }

  func addForward(to plan: inout Plan) {
    plan.shared { [self] thread in
      var job = Products(
        input: input.value.at(0), inputOffsets: inputOffsets.pointer, rows: thread.samples,
        runs: 1, runLength: inputs, runStride: 0, weights: weights.values, bias: bias?.values,
        columns: units, output: output.value.at(0), outputOffsets: outputOffsets.pointer,
        scratch: thread.scratch)
      if let slope = output.slope { job.epilogue = .rectify(slope: slope) }
      run(job, thread)
    }
  }

  /// Threads share the columns of large weights, so that each weight is read once; else they share the rows.
  private func run(_ whole: Products, _ thread: ThreadContext) {
    var job = whole
    job.isSingleRow = thread.samples == 1
    let blocks = blockCount(job.columns)
    if blocks >= 2 * thread.count, job.runLength * job.columns > 1 << 17 {
      job.blocks = thread.share(of: blocks)
    } else {
      let rows = thread.share(of: job.rows)
      job.inputOffsets += rows.lowerBound
      job.outputOffsets += rows.lowerBound
      if let mask = job.maskOffsets { job.maskOffsets = mask + rows.lowerBound }
      job.rows = rows.count
    }
    if job.rows > 0 { kernels.products(job) }
  }

  func addPreparation(to plan: inout Plan) {
    guard let transposed else { return }
    plan.shared { [self] thread in
      let blocks = thread.share(of: blockCount(inputs))
      kernels.transposeWeights(
        weights.values, taps: 1, inputs: inputs, outputs: units, chosen: oneTap.pointer, chosenCount: 1,
        blocks: blocks, into: transposed.pointer)
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let gradient = output.gradient else { return }
    plan.shared { [self] thread in
      addToWeights(thread, gradient)
      if let inputGradient = compact ?? input.gradient { addToInput(thread, gradient, inputGradient) }
    }
    guard let compact, let inputGradient = input.gradient else { return }
    plan.eachGroup { [self] group in
      for sample in group.samples {
        inputGradient.copyLines(
          from: compact.at(sample), stride: inputGradient.lineLength, to: inputGradient.at(sample, group))
      }
      input.applyMask(group)
    }
  }

  private func addToWeights(_ thread: ThreadContext, _ gradient: ActivationBuffer) {
    let share = thread.share(of: inputs, lot: kernels.tileHeight)
    if !share.isEmpty {
      kernels.outerProducts(
        OuterProducts(
          input: input.value.at(0), inputOffsets: inputOffsets.pointer, inputStep: inputs,
          termOffsets: terms.pointer, terms: share, termCount: inputs,
          gradient: gradient.at(0), gradientOffsets: outputOffsets.pointer, gradientStep: units,
          rows: 1, rowLength: thread.samples, columns: units, sums: weights.gradient,
          scratch: thread.scratch))
    }
    guard let bias, thread.index == thread.count - 1 else { return }
    kernels.sumChannels(
      gradient.at(0), stride: 0, times: nil, timesStride: 0,
      extent: Extent(lines: 1, pixels: thread.samples, channels: units), sums: bias.gradient, products: nil)
  }

  private func addToInput(
    _ thread: ThreadContext, _ gradient: ActivationBuffer, _ inputGradient: ActivationBuffer
  ) {
    guard let transposed else { return }
    var job = Products(
      input: gradient.at(0), inputOffsets: outputOffsets.pointer, rows: thread.samples,
      runs: 1, runLength: units, runStride: 0, weights: transposed.pointer, bias: nil, columns: inputs,
      output: inputGradient.at(0), outputOffsets: inputOffsets.pointer, scratch: thread.scratch)
    if compact == nil, let slope = input.slope {
      job.epilogue = .mask(slope: slope)
      job.mask = UnsafePointer(input.value.at(0))
      job.maskOffsets = UnsafePointer(inputOffsets.pointer)
    }
    run(job, thread)
  }
}
