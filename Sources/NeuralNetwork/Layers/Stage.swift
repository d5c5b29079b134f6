// A layer at work in a network: what it adds to the plans, and what it is given to do so.

/// One layer of a network in training or inference.
protocol Stage {
  /// What the stage was made from.
  var context: StageContext { get }
  /// Floats that a thread's scratch memory must have.
  var scratchCount: Int { get }
  /// Values that training keeps beside the weights, in the order of the layer's tensors.
  var statistics: [FloatBuffer] { get }

  /// Adds the computation of the output.
  func addForward(to plan: inout Plan)
  /// Adds the computation of the gradients of the weights and of the input.
  func addBackward(to plan: inout Plan)
  /// Adds what must be done once after each change of the weights.
  func addPreparation(to plan: inout Plan)
}

extension Stage {
  var input: LayerBoundary { context.input }
  var output: LayerBoundary { context.output }
  var weights: ParameterStore.Tensor { context.weights }
  var bias: ParameterStore.Tensor? { context.bias }

  var scratchCount: Int { 0 }
  var statistics: [FloatBuffer] { [] }
  func addPreparation(to plan: inout Plan) {}
}

/// What a stage is made from.
struct StageContext {
  /// The layer's index in the network.
  let index: Int
  let input: LayerBoundary
  let output: LayerBoundary
  let weights: ParameterStore.Tensor
  /// Nil where the layer has no bias.
  let bias: ParameterStore.Tensor?
  let configuration: GraphConfiguration
  /// What `preparedWeights` gave, in inference.
  let preparedWeights: FloatBuffer?
}

/// What differs between a network's graph in training and in inference.
struct GraphConfiguration {
  /// Samples that a wave may have.
  let capacity: Int
  /// Samples that a thread works on at a time.
  let groupSize: Int
  let threads: Int
  /// Nil in inference, which computes no gradients.
  let state: WaveState?
  let needsInputGradient: Bool
  /// Whether the values of all layers and samples stay until the next run.
  let keepsValues: Bool
}

/// What the stages of a network in training must know of the current step; set before each wave.
final class WaveState {
  /// The seed of dropout.
  var seed: UInt64 = 0
  var step: UInt64 = 0
  /// The number in the batch of the wave's first sample.
  var firstSample = 0
  /// Whether dropout and batch norm do what they do in inference.
  var isFrozen = false
}
