// The end of the way: how wrong the sums are, and the gradient that the way back starts from.

import Kernels

/// The loss of a network in training.
final class LossStage {
  /// What a wave's samples should have given.
  enum Targets {
    case labels(UnsafePointer<Int>)
    /// A row of probabilities for each sample.
    case rows(UnsafePointer<Float>)
    /// Nothing: the gradient of one output's sum, for looking at what it answers to.
    case output(Int)
  }

  private let loss: Loss
  private let junction: LayerBoundary
  private let count: Int
  /// A place for each sample, not an array's: several threads write to it at once.
  private let losses: UnsafeMutableBufferPointer<Double>
  /// Set before each wave.
  var targets = Targets.output(0)
  var scale: Float = 1

  init(_ loss: Loss, at junction: LayerBoundary, samples: Int) {
    self.loss = loss
    self.junction = junction
    count = junction.value.shape.count
    losses = .allocate(capacity: samples)
    losses.initialize(repeating: 0)
  }

  deinit { losses.deallocate() }

  func add(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      for sample in group.first..<group.first + group.count { losses[sample] = evaluate(sample, group) }
    }
  }

  private func evaluate(_ sample: Int, _ group: Group) -> Double {
    guard let gradient = junction.gradient?.at(sample, group) else { return 0 }
    let sums = UnsafePointer(junction.value.at(sample, group))
    switch targets {
    case .labels(let labels):
      return loss.evaluate(
        sums: sums, count: count, label: labels[sample], gradient: gradient, scale: scale)
    case .rows(let rows):
      return loss.evaluate(
        sums: sums, count: count, targets: rows + sample * count, gradient: gradient, scale: scale)
    case .output(let output):
      for i in 0..<count { gradient[i] = i == output ? scale : 0 }
      return Double(sums[output])
    }
  }

  /// The losses of the first samples, added up in their order.
  func total(_ samples: Int) -> Double { losses[..<samples].reduce(0, +) }
}
