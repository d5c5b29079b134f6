// What one call of inference works in: memory for values between layers, and the steps as a plan. Calls that come at
// the same time have a room each.

import Kernels

/// Memory and plan for some samples at a time.
final class InferenceContext: @unchecked Sendable {
  /// Samples in one go: two full register tiles of rows for a dense layer.
  static let capacity = 28

  private let input: ActivationBuffer
  private let output: ActivationBuffer
  private let scratch: FloatBuffer
  private let groupSize: Int
  private var plan = Plan()
  private let junctions: [LayerBoundary]

  init(_ network: InferenceNetwork, keepsAll: Bool = false) {
    let layers = network.steps.map(\.layer)
    let shapes = network.shapes
    let sketch = BufferPlanner(layers: layers, shapes: shapes)
    let bytes = shapes.reduce(0) { $0 + $1.count } * 4
    groupSize = min(Self.capacity, max(2, (1 << 20) / bytes))
    var junctions: [LayerBoundary] = []
    for index in shapes.indices {
      if let same = sketch.sameAs(index) {
        junctions.append(junctions[same])
        continue
      }
      let isLocal = sketch.valueIsLocal(index) && !keepsAll
      let value =
        index == 0 && sketch.borrowsInput
        ? ActivationBuffer(borrowed: shapes[0])
        : ActivationBuffer(
          shapes[index], border: sketch.valueBorder(index),
          samples: keepsAll ? 1 : isLocal ? groupSize : Self.capacity, isLocal: isLocal, groupSize: groupSize)
      junctions.append(LayerBoundary(value: value, gradient: nil, slope: sketch.slope(index)))
    }
    self.junctions = junctions
    input = junctions[0].value
    output = junctions[junctions.count - 1].value
    var scratchCount = Scratch.count
    for (index, step) in network.steps.enumerated() where !sketch.isFused(index) {
      let from = junctions[index]
      let to = junctions[index + 1]
      let place = network.store.layout.places[index]
      switch step.layer {
      case .convolution(let convolution):
        let stage = ConvolutionStage(
          convolution, from: from, to: to, place: place, store: network.store, groupSize: groupSize,
          tiles: network.tiles[index])
        stage.addForward(to: &plan)
        scratchCount = max(scratchCount, stage.scratchCount)
      case .dense(let dense):
        DenseStage(dense, from: from, to: to, place: place, store: network.store, samples: Self.capacity)
          .addForward(to: &plan)
      case .maxPool(let pool):
        PoolStage(pool, takesLargest: true, from: from, to: to).addForward(to: &plan)
      case .averagePool(let pool):
        PoolStage(pool, takesLargest: false, from: from, to: to).addForward(to: &plan)
      case .globalAveragePool:
        PoolStage(nil, takesLargest: false, from: from, to: to).addForward(to: &plan)
      case .activation(let activation):
        ActivationStage(activation, from: from, to: to).addForward(to: &plan)
      case .batchNorm:
        guard let line = step.line else { continue }
        Self.addLine(line.scale, line.shift, from: from, to: to, plan: &plan)
      case .dropout: continue
      }
    }
    scratch = FloatBuffer(scratchCount)
  }

  /// A batch norm that found no weights before it.
  private static func addLine(
    _ scale: FloatBuffer, _ shift: FloatBuffer, from: LayerBoundary, to: LayerBoundary, plan: inout Plan
  ) {
    plan.eachGroup { group in
      for sample in group.first..<group.first + group.count {
        kernels.scaleChannels(
          from.value.at(sample, group), stride: from.value.lineStride, scale: scale.floats,
          shift: shift.floats, slope: to.slope ?? 1, into: to.value.at(sample, group),
          resultStride: to.value.lineStride, extent: to.value.extent)
      }
    }
  }

  /// Runs at most `capacity` samples; the sums are where the result points, until the next run.
  func run(_ inputs: UnsafePointer<Float>, _ count: Int) -> UnsafePointer<Float> {
    if input.isBorrowed {
      input.point(at: inputs)
    } else {
      for sample in 0..<count {
        copyLines(
          from: inputs + sample * input.shape.count, stride: input.lineLength, to: input.at(sample),
          stride: input.lineStride, lines: input.shape.height, length: input.lineLength)
      }
    }
    plan.run(samples: count, groupSize: groupSize, scratch: scratch.floats)
    return UnsafePointer(output.at(0))
  }

  /// What stood behind a step after the last run of one sample, without its border.
  func values(behind step: Int) -> [Float] {
    let field = junctions[step + 1].value
    return (0..<field.shape.height).flatMap { line in
      UnsafeBufferPointer(start: field.at(0) + line * field.lineStride, count: field.lineLength)
    }
  }
}
