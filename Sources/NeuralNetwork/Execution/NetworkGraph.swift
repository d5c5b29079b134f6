// Makes a network's stages and the buffers between them from its layers, for training and for inference.

import Basics
import Kernels

/// The stages of a network, the buffers between them, and the plans in which they run.
final class NetworkGraph {
  let configuration: GraphConfiguration
  /// What is before each layer, and behind the last; the same twice where a layer works in place.
  let boundaries: [LayerBoundary]
  /// Running means and variances of all batch norms.
  let statistics: [FloatBuffer]
  /// From the input to the logits.
  private(set) var forward = Plan()
  /// What must be done once after each change of the weights.
  private(set) var preparation = Plan()
  private let stages: [any Stage]
  private let scratch: [FloatBuffer]

  /// Makes the graph; `preparedWeights` are by layer, for inference.
  init(
    _ layers: [any LayerDefinition], shapes: [Shape], store: ParameterStore,
    configuration: GraphConfiguration,
    preparedWeights: [FloatBuffer?] = []
  ) {
    self.configuration = configuration
    let planner = BufferPlanner(
      layers: layers, shapes: shapes, needsInputGradient: configuration.needsInputGradient)
    var boundaries: [LayerBoundary] = []
    for index in shapes.indices {
      let same = planner.sameAs(index).map { boundaries[$0] }
      boundaries.append(same ?? Self.boundary(index, shapes[index], planner, configuration))
    }
    self.boundaries = boundaries
    stages = layers.indices.filter { !planner.isFused($0) }.map { index in
      let ranges = store.layout.ranges[index]
      return layers[index].makeStage(
        StageContext(
          index: index, input: boundaries[index], output: boundaries[index + 1],
          weights: store.tensor(ranges[.weight] ?? 0..<0), bias: ranges[.bias].map(store.tensor),
          configuration: configuration,
          preparedWeights: preparedWeights.isEmpty ? nil : preparedWeights[index]))
    }
    statistics = stages.flatMap(\.statistics)
    let scratchCount = stages.reduce(Scratch.count) { max($0, $1.scratchCount) }
    scratch = (0..<configuration.threads).map { _ in FloatBuffer(count: scratchCount) }
    for stage in stages {
      stage.addForward(to: &forward)
      if configuration.state != nil { stage.addPreparation(to: &preparation) }
    }
  }

  private static func boundary(
    _ index: Int, _ shape: Shape, _ planner: BufferPlanner, _ configuration: GraphConfiguration
  ) -> LayerBoundary {
    func buffer(_ border: Border, isLocal: Bool) -> ActivationBuffer {
      ActivationBuffer(
        shape, border: border,
        samples: isLocal ? configuration.threads * configuration.groupSize : configuration.capacity,
        isLocal: isLocal, groupSize: configuration.groupSize)
    }
    let value =
      index == 0 && planner.borrowsInput
      ? ActivationBuffer(borrowed: shape)
      : buffer(
        planner.valueBorder(index), isLocal: !configuration.keepsValues && planner.valueIsLocal(index))
    let hasGradient = configuration.state != nil && (index > 0 || configuration.needsInputGradient)
    return LayerBoundary(
      value: value,
      gradient: hasGradient
        ? buffer(planner.gradientBorder(index), isLocal: planner.gradientIsLocal(index)) : nil,
      slope: planner.slope(index))
  }

  /// The forward pass, the loss, and the backward pass.
  func trainingPlan(_ loss: LossStage) -> Plan {
    var plan = forward
    loss.add(to: &plan)
    for stage in stages.reversed() { stage.addBackward(to: &plan) }
    return plan
  }

  /// Copies samples to the first layer's input, or lets it read them where they are.
  func setInput(_ inputs: UnsafePointer<Float>, samples: Int) {
    let buffer = boundaries[0].value
    if buffer.isBorrowed { return buffer.point(at: inputs) }
    for sample in 0..<samples {
      buffer.copyLines(
        from: inputs + sample * buffer.shape.count, stride: buffer.lineLength, to: buffer.at(sample))
    }
  }

  /// Runs a plan on a pool, or on the calling thread alone.
  func run(_ plan: Plan, on pool: ThreadPool?, samples: Int, parts: Int = 1) {
    plan.run(
      on: pool, samples: samples, parts: parts, groupSize: configuration.groupSize, scratch: scratch)
  }
}

extension GraphConfiguration {
  /// A group's values and gradients fit a core's second-level cache, 1 MiB on the machines that this was tuned on.
  private static let cacheBytes = 1 << 20
  /// A wave's values and gradients fit the third-level cache of a small machine.
  private static let waveBytes = 24 << 20
  /// Samples of a wave in inference: two full register tiles of rows for a dense layer.
  static let inferenceCapacity = 28

  /// Bytes of one sample's values.
  private static func bytes(_ shapes: [Shape]) -> Int { shapes.reduce(0) { $0 + $1.count } * 4 }

  /// For training with batches of at most `batchSize` samples.
  static func training(
    _ architecture: Architecture, batchSize: Int, threads: Int, needsInputGradient: Bool
  ) -> Self {
    let bytes = bytes(architecture.shapes)
    return Self(
      capacity: architecture.needsWholeBatch
        ? batchSize : min(batchSize, max(32, min(512, waveBytes / bytes / 32 * 32))),
      groupSize: min(16, max(2, cacheBytes / (2 * bytes))), threads: threads, state: WaveState(),
      needsInputGradient: needsInputGradient, keepsValues: true)
  }

  /// For inference; where values are kept, a wave is one sample.
  static func inference(_ shapes: [Shape], keepsValues: Bool) -> Self {
    Self(
      capacity: keepsValues ? 1 : inferenceCapacity,
      groupSize: min(inferenceCapacity, max(2, cacheBytes / bytes(shapes))), threads: 1, state: nil,
      needsInputGradient: false, keepsValues: keepsValues)
  }
}

extension Architecture {
  /// Whether training needs the whole batch in one wave.
  var needsWholeBatch: Bool { definitions.contains(where: \.traits.needsWholeBatch) }
}
