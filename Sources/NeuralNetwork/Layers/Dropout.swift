import Basics
import Kernels

/// Dropout: in training each value is 0 with a probability, and the others are scaled up to the same mean.
///
/// Inference leaves the layer out.
///
///     dropout = "D" PROBABILITY
public struct Dropout: LayerDefinition {
  /// The probability that a value becomes 0, below 1.
  public let probability: Double

  /// Makes a dropout layer.
  ///
  /// - Parameter probability: The probability that a value becomes 0, below 1.
  public init(_ probability: Double) { self.probability = probability }

  /// For example `dropout 0.25`.
  public var description: String { "dropout \(probability)" }

  /// The word `dropout`.
  public var title: String { "dropout" }

  static let letters = "D"

  static func parse(_ item: inout ItemScanner) throws(ArchitectureError) -> [any LayerDefinition] {
    [Dropout(try item.probability())]
  }

  func makeStage(_ context: StageContext) -> any Stage {
    DropoutStage(
      context: context, state: context.configuration.state ?? WaveState(), probability: probability)
  }

  func folded(_ tensors: LayerTensors, into next: ChannelLine?) -> FoldedLayer? { nil }

  func addNodes(to graph: inout ONNXGraph, input: String, weights: [String], isPicture: Bool) -> String {
    input
  }
}

/// One dropout layer of a network in training.
///
/// The random numbers depend on seed, step, layer, sample and position alone, so the result does not depend on the
/// number of threads, and a resumed run gives the same bits.
private struct DropoutStage: Stage {
  let context: StageContext
  let state: WaveState
  let probability: Double

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      for sample in group.samples { drop(input.value, output.value, sample, group) }
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let from = output.gradient, let to = input.gradient else { return }
    plan.eachGroup { [self] group in
      for sample in group.samples { drop(from, to, sample, group) }
      input.applyMask(group)
    }
  }

  private func drop(_ from: ActivationBuffer, _ to: ActivationBuffer, _ sample: Int, _ group: SampleGroup) {
    let stream = SplitMix64.mix(
      state.seed ^ SplitMix64.mix(state.step << 8 | UInt64(context.index))
        ^ UInt64(state.firstSample + sample) << 40)
    let key = UInt32(truncatingIfNeeded: SplitMix64.mix(stream))
    let threshold = UInt32(clamping: min(probability * 0x1p32, Double(UInt32.max)))
    let scale = Float(1 / (1 - probability))
    let source = from.at(sample, group)
    let target = to.at(sample, group)
    for line in 0..<to.shape.height {
      kernels.dropout(
        source + line * from.lineStride, into: target + line * to.lineStride, count: to.lineLength,
        firstIndex: line * to.lineLength, key: key, threshold: state.isFrozen ? 0 : threshold,
        scale: state.isFrozen ? 1 : scale)
    }
  }
}
