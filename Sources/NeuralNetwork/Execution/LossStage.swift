// The loss of a wave's samples, and the gradient by the logits from which the backward pass starts.

import Kernels

/// The loss of a network in training.
final class LossStage {
  /// The targets of a batch's samples.
  enum Targets {
    case labels([Int])
    /// A row of probabilities for each sample.
    case rows([Float])
    /// No target: the gradient of one output's logit, for a view that explains.
    case output(Int)
  }

  private let loss: Loss
  private let boundary: LayerBoundary
  private let state: WaveState
  private let count: Int
  // A value for each sample. It is not an array, because several threads write to it at once.
  private let losses: AlignedBuffer<Double>
  /// Set before each batch.
  var targets = Targets.output(0)
  var scale: Float = 1

  init(_ loss: Loss, at boundary: LayerBoundary, samples: Int, _ state: WaveState) {
    self.loss = loss
    self.boundary = boundary
    self.state = state
    count = boundary.value.shape.count
    losses = AlignedBuffer(count: samples)
  }

  func add(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      for sample in group.samples { losses.pointer[sample] = evaluate(sample, group) }
    }
  }

  private func evaluate(_ sample: Int, _ group: SampleGroup) -> Double {
    guard let gradient = boundary.gradient?.at(sample, group) else { return 0 }
    let logits = UnsafePointer(boundary.value.at(sample, group))
    let number = state.firstSample + sample
    switch targets {
    case .labels(let labels):
      return loss.evaluate(
        logits: logits, count: count, label: labels[number], gradient: gradient, scale: scale)
    case .rows(let rows):
      return rows.withUnsafeBufferPointer { rows in
        guard let first = rows.baseAddress else { return 0 }
        return loss.evaluate(
          logits: logits, count: count, targets: first + number * count, gradient: gradient, scale: scale)
      }
    case .output(let output):
      for i in 0..<count { gradient[i] = i == output ? scale : 0 }
      return Double(logits[output])
    }
  }

  /// The losses of the first samples, added in their order.
  func total(_ samples: Int) -> Double { losses.array.prefix(samples).reduce(0, +) }
}
