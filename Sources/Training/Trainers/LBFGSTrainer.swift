// Training by L-BFGS over all samples at once.

import NeuralNetwork

/// Trains by iterations of L-BFGS over all samples at once.
final class LBFGSTrainer: Trainer {
  /// Unused: the line search of L-BFGS chooses the length of each step.
  var learningRate = 1.0
  private(set) var hasConverged = false
  private let training: Training
  private let weightDecay: Double
  /// The weights to which weight decay applies; it does not apply to biases.
  private let decayedRanges: [Range<Int>]
  private var minimizer: LBFGS
  private var template: Network

  /// The samples that go through the network together; the results depend on it only by rounding.
  private static let chunkSize = 512

  init(_ recipe: Recipe, _ network: Network, loss: Loss, threads: Int) {
    weightDecay = recipe.weightDecay
    decayedRanges = network.architecture.tensors.filter { $0.role == .weight }.map(\.range)
    minimizer = LBFGS(start: network.parameters.map(Double.init))
    template = network
    training = Training(
      network, optimizer: SGD(learningRate: 0), loss: loss, batchSize: Self.chunkSize, threads: threads,
      seed: recipe.seed)
  }

  var network: Network {
    var network = template
    network.parameters = minimizer.point.map(Float.init)
    return network
  }

  var state: [UInt8] { minimizer.bytes }

  func restore(_ state: [UInt8]) -> Bool {
    guard let minimizer = LBFGS(bytes: state), minimizer.point.count == template.parameters.count else {
      return false
    }
    self.minimizer = minimizer
    return true
  }

  func step(_ batch: Batch) -> Double {
    let decay = weightDecay / Double(batch.count)
    let outcome = minimizer.iterate { (point: [Double], gradient: inout [Double]) -> Double in
      template.parameters = point.map(Float.init)
      training.network = template
      let result = training.gradient(inputs: batch.inputs, labels: batch.labels)
      for k in result.gradient.indices { gradient[k] = Double(result.gradient[k]) }
      var squaredNorm = 0.0
      for range in decayedRanges {
        for k in range {
          squaredNorm += point[k] * point[k]
          gradient[k] += decay * point[k]
        }
      }
      return result.loss + decay / 2 * squaredNorm
    }
    if outcome != .progressed { hasConverged = true }
    return minimizer.value
  }
}
