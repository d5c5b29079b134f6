// Makes a network's stages, and what stands between them, from its architecture.

import Kernels

/// The stages of a network in training, and the plans in which they run.
final class TrainingGraph {
  let store: ParameterStore
  /// The network's input.
  let input: ActivationBuffer
  let inputGradient: ActivationBuffer?
  /// What stands before each layer, and at the end behind the last; the same twice where a layer works in place.
  private(set) var junctions: [LayerBoundary] = []
  private(set) var norms: [NormStage] = []
  let loss: LossStage
  let draws = DropoutStage.Draws()
  private(set) var forward = Plan()
  private(set) var whole = Plan()
  /// Samples that a wave may have.
  let capacity: Int
  let groupSize: Int
  private(set) var turn = Plan()
  /// Floats that a thread's scratch must have.
  private(set) var scratchCount = Scratch.count

  /// Values of a group that should fit a core's second-level cache, 1 MiB on the machines that this was tuned on.
  private static let cacheBytes = 1 << 20
  /// Values and gradients of a wave: within the third-level cache of a small machine.
  private static let waveBytes = 24 << 20

  static func isNormalized(_ architecture: Architecture) -> Bool { architecture.layers.contains(.batchNorm) }

  init(
    _ architecture: Architecture, loss: Loss, batchSize: Int, parts: Int, threads: Int,
    wantsInputGradient: Bool
  ) {
    let layers = architecture.layers
    let shapes = architecture.shapes
    store = ParameterStore(architecture, parts: parts)
    let bytes = shapes.reduce(0) { $0 + $1.count } * 4
    groupSize = min(16, max(2, Self.cacheBytes / (2 * bytes)))
    capacity =
      Self.isNormalized(architecture)
      ? batchSize : min(batchSize, max(32, min(512, Self.waveBytes / bytes / 32 * 32)))

    let sketch = BufferPlanner(
      layers: layers, shapes: shapes, wantsInputGradient: wantsInputGradient)
    var junctions: [LayerBoundary] = []
    for index in shapes.indices {
      if let same = sketch.sameAs(index) {
        junctions.append(junctions[same])
        continue
      }
      let borrowed = index == 0 && sketch.borrowsInput
      let value =
        borrowed
        ? ActivationBuffer(borrowed: shapes[0])
        : ActivationBuffer(shapes[index], border: sketch.valueBorder(index), samples: capacity)
      var gradient: ActivationBuffer?
      if index > 0 || wantsInputGradient {
        let isLocal = sketch.gradientIsLocal(index)
        gradient = ActivationBuffer(
          shapes[index], border: sketch.gradientBorder(index),
          samples: isLocal ? threads * groupSize : capacity, isLocal: isLocal, groupSize: groupSize)
      }
      junctions.append(LayerBoundary(value: value, gradient: gradient, slope: sketch.slope(index)))
    }
    self.junctions = junctions
    input = junctions[0].value
    inputGradient = junctions[0].gradient
    self.loss = LossStage(loss, at: junctions[layers.count], samples: capacity)

    var backward: [(inout Plan) -> Void] = []
    for (index, layer) in layers.enumerated() where !sketch.isFused(index) {
      let from = junctions[index]
      let to = junctions[index + 1]
      let place = store.layout.places[index]
      switch layer {
      case .convolution(let convolution):
        let stage = ConvolutionStage(
          convolution, from: from, to: to, place: place, store: store, groupSize: groupSize, threads: threads)
        scratchCount = max(scratchCount, stage.scratchCount)
        stage.addForward(to: &forward)
        stage.addTurn(to: &turn)
        backward.append(stage.addBackward)
      case .dense(let dense):
        let stage = DenseStage(dense, from: from, to: to, place: place, store: store, samples: capacity)
        stage.addForward(to: &forward)
        stage.addTurn(to: &turn)
        backward.append(stage.addBackward)
      case .maxPool(let pool), .averagePool(let pool):
        let takesLargest = if case .maxPool = layer { true } else { false }
        let stage = PoolStage(pool, takesLargest: takesLargest, from: from, to: to)
        stage.addForward(to: &forward)
        backward.append(stage.addBackward)
      case .globalAveragePool:
        let stage = PoolStage(nil, takesLargest: false, from: from, to: to)
        stage.addForward(to: &forward)
        backward.append(stage.addBackward)
      case .batchNorm:
        let stage = NormStage(from: from, to: to, place: place, store: store, samples: capacity)
        stage.addForward(to: &forward)
        norms.append(stage)
        backward.append(stage.addBackward)
      case .dropout(let probability):
        let stage = DropoutStage(probability, layer: index, from: from, to: to, draws: draws)
        stage.addForward(to: &forward)
        backward.append(stage.addBackward)
      case .activation(let activation):
        let stage = ActivationStage(activation, from: from, to: to)
        stage.addForward(to: &forward)
        backward.append(stage.addBackward)
      }
    }
    whole = forward
    self.loss.add(to: &whole)
    for add in backward.reversed() { add(&whole) }
  }
}
