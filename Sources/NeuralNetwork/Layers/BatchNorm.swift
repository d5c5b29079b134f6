import Kernels

/// Batch norm: each channel brought to mean 0 and variance 1 over the batch, then scaled and shifted as learnt.
///
///     y = weight · (x − mean) / √(variance + ε) + bias
///     dx = weight / √(variance + ε) · (dy − mean(dy) − x̂ · mean(dy · x̂)),   x̂ = (x − mean) / √(variance + ε)
///
/// In the text it is the item `B`, or the suffix `n` of a convolution or dense layer.
public struct BatchNorm: LayerDefinition {
  /// What is added to the variance before the root, PyTorch's.
  public static let epsilon: Float = 1e-5
  /// The share of a new batch in the running mean and (unbiased) variance, PyTorch's.
  public static let momentum: Float = 0.1

  /// Makes a batch norm.
  public init() {}

  /// The words `batch norm`.
  public var description: String { "batch norm" }

  // MARK: Text

  static let letters = "B"
  static let traits = LayerTraits(startsAsIdentity: true, needsWholeBatch: true, appliesSlope: true)

  static func parse(_ item: inout ItemScanner) throws(ArchitectureError) -> [any LayerDefinition] {
    [BatchNorm()]
  }

  // MARK: Tensors and buffers

  var tensorName: String { "norm" }

  func tensors(input: Shape) -> [TensorSize] {
    [.weight, .bias, .runningMean, .runningVariance].map { TensorSize(role: $0, shape: [input.channels]) }
  }

  // MARK: Execution and export

  func makeStage(_ context: StageContext) -> any Stage {
    if let state = context.configuration.state {
      BatchNormStage(context, state)
    } else {
      ChannelLineStage(context: context)
    }
  }

  func channelLine(_ tensors: LayerTensors) -> ChannelLine? {
    guard let weight = tensors.values[.weight], let bias = tensors.values[.bias],
      let mean = tensors.values[.runningMean], let variance = tensors.values[.runningVariance]
    else { return nil }
    let scale = weight.indices.map {
      Float(Double(weight[$0]) / (Double(variance[$0]) + Double(Self.epsilon)).squareRoot())
    }
    let shift = weight.indices.map {
      Float(Double(bias[$0]) - Double(mean[$0]) * Double(scale[$0]))
    }
    return ChannelLine(scale: scale, shift: shift)
  }

  /// The line through each channel: its scale as the weights, its shift as the biases.
  func folded(_ tensors: LayerTensors, into next: ChannelLine?) -> FoldedLayer? {
    channelLine(tensors).map {
      FoldedLayer(layer: self, shape: tensors.shape, weight: $0.scale, bias: $0.shift)
    }
  }

  func addNodes(to graph: inout ONNXGraph, input: String, weights: [String], isPicture: Bool) -> String {
    graph.node("BatchNormalization", [input] + weights, [("epsilon", .float(Self.epsilon))])
  }
}

/// A batch norm of a network in inference that was not folded into the layer before it.
private struct ChannelLineStage: Stage {
  let context: StageContext

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      guard let shift = bias?.values else { return }
      output.scaleChannels(group, of: input, scale: weights.values, shift: shift)
    }
  }

  func addBackward(to plan: inout Plan) {}
}

/// One batch norm of a network in training, with the ReLU behind it where there is one.
private final class BatchNormStage: Stage {
  let context: StageContext
  private let state: WaveState
  private let channels: Int
  private let runningMean: FloatBuffer
  private let runningVariance: FloatBuffer

  /// For each sample its sums by channel, then its sums of products; they are added in the order of the samples.
  private let sums: FloatBuffer
  private let scale: FloatBuffer
  private let shift: FloatBuffer
  private let gradientFactor: FloatBuffer
  private let valueFactor: FloatBuffer
  private let addend: FloatBuffer
  private var mean: [Double]
  private var inverse: [Double]

  init(_ context: StageContext, _ state: WaveState) {
    self.context = context
    self.state = state
    channels = context.input.value.shape.channels
    runningMean = FloatBuffer(count: channels)
    runningVariance = FloatBuffer(count: channels)
    sums = FloatBuffer(count: context.configuration.capacity * 2 * channels)
    scale = FloatBuffer(count: channels)
    shift = FloatBuffer(count: channels)
    gradientFactor = FloatBuffer(count: channels)
    valueFactor = FloatBuffer(count: channels)
    addend = FloatBuffer(count: channels)
    mean = [Double](repeating: 0, count: channels)
    inverse = mean
  }

  var statistics: [FloatBuffer] { [runningMean, runningVariance] }

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in sum(group, of: input.value, times: input.value) }
    plan.single { [self] samples in computeLine(samples) }
    plan.eachGroup { [self] group in
      output.scaleChannels(group, of: input, scale: scale.pointer, shift: shift.pointer)
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let outputGradient = output.gradient else { return }
    plan.eachGroup { [self] group in sum(group, of: outputGradient, times: input.value) }
    plan.single { [self] samples in computeGradientFactors(samples) }
    guard let inputGradient = input.gradient else { return }
    plan.eachGroup { [self] group in
      for sample in group.samples {
        kernels.mixChannels(
          outputGradient.at(sample, group), gradientStride: outputGradient.lineStride,
          input.value.at(sample, group), stride: input.value.lineStride,
          a: gradientFactor.pointer, b: valueFactor.pointer, d: addend.pointer,
          into: inputGradient.at(sample, group), resultStride: inputGradient.lineStride,
          extent: inputGradient.extent)
      }
      input.applyMask(group)
    }
  }

  private func sum(_ group: SampleGroup, of x: ActivationBuffer, times y: ActivationBuffer) {
    for sample in group.samples {
      let sums = sums.pointer + sample * 2 * channels
      for i in 0..<2 * channels { sums[i] = 0 }
      kernels.sumChannels(
        x.at(sample, group), stride: x.lineStride, times: y.at(sample, group), timesStride: y.lineStride,
        extent: x.extent, sums: sums, products: sums + channels)
    }
  }

  /// Both sums of a channel over all samples.
  private func totals(_ channel: Int, _ samples: Int) -> (sum: Double, products: Double) {
    var total = (sum: 0.0, products: 0.0)
    for sample in 0..<samples {
      total.sum += Double(sums.pointer[sample * 2 * channels + channel])
      total.products += Double(sums.pointer[sample * 2 * channels + channels + channel])
    }
    return total
  }

  /// Computes scale and shift of each channel, and the running mean and variance.
  private func computeLine(_ samples: Int) {
    guard let bias else { return }
    let count = Double(samples * input.value.shape.height * input.value.shape.width)
    let momentum = state.isFrozen ? 0 : BatchNorm.momentum
    for channel in 0..<channels {
      let total = totals(channel, samples)
      var average = total.sum / count
      var variance = max(0, total.products / count - average * average)
      if state.isFrozen {
        average = Double(runningMean.pointer[channel])
        variance = Double(runningVariance.pointer[channel])
      }
      mean[channel] = average
      inverse[channel] = 1 / (variance + Double(BatchNorm.epsilon)).squareRoot()
      let factor = Double(weights.values[channel]) * inverse[channel]
      scale.pointer[channel] = Float(factor)
      shift.pointer[channel] = Float(Double(bias.values[channel]) - average * factor)
      let unbiased = Float(count > 1 ? variance * count / (count - 1) : variance)
      runningMean.pointer[channel] += momentum * (Float(average) - runningMean.pointer[channel])
      runningVariance.pointer[channel] += momentum * (unbiased - runningVariance.pointer[channel])
    }
  }

  /// Computes the gradients of weight and bias, and the factors for the input's gradient.
  private func computeGradientFactors(_ samples: Int) {
    guard let bias else { return }
    let count = Double(samples * input.value.shape.height * input.value.shape.width)
    for channel in 0..<channels {
      let total = totals(channel, samples)
      let inverse = inverse[channel]
      // Σ dy·x̂ from Σ dy·x
      let product = (total.products - mean[channel] * total.sum) * inverse
      bias.gradient[channel] += Float(total.sum)
      weights.gradient[channel] += Float(product)
      let factor = Double(weights.values[channel]) * inverse
      let slope = state.isFrozen ? 0 : -factor * inverse * product / count
      gradientFactor.pointer[channel] = Float(factor)
      valueFactor.pointer[channel] = Float(slope)
      addend.pointer[channel] =
        state.isFrozen ? 0 : Float(-factor * total.sum / count - slope * mean[channel])
    }
  }
}

extension LayerBoundary {
  /// Writes `x · scale[c] + shift[c]`, with the slope of the ReLU behind it where there is one.
  fileprivate func scaleChannels(
    _ group: SampleGroup, of input: LayerBoundary, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>
  ) {
    for sample in group.samples {
      kernels.scaleChannels(
        input.value.at(sample, group), stride: input.value.lineStride, scale: scale, shift: shift,
        slope: slope ?? 1, into: value.at(sample, group), resultStride: value.lineStride,
        extent: value.extent)
    }
  }
}
