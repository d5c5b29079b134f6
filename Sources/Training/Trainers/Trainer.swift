// What a training run needs of an algorithm that changes weights.

package import NeuralNetwork

/// Changes a network's weights, batch by batch.
package protocol Trainer: AnyObject {
  /// The learning rate of the next step.
  var learningRate: Double { get set }
  /// The network with its present weights.
  var network: Network { get }
  /// The state from which training continues to the same bits.
  var state: [UInt8] { get }
  /// Whether further steps would change nothing.
  var hasConverged: Bool { get }
  /// Trains on a batch; returns its mean loss before the step.
  func step(_ batch: Batch) -> Double
  /// Continues from a state; false where it is no state of this trainer.
  func restore(_ state: [UInt8]) -> Bool
}

extension Trainer {
  /// Most algorithms never know.
  package var hasConverged: Bool { false }
}

extension Recipe {
  /// The trainer of this recipe's optimizer.
  package func makeTrainer(for network: Network, batchSize: Int, threads: Int) -> any Trainer {
    let loss = Loss(network.architecture.output, labelSmoothing: labelSmoothing)
    guard let optimizer = gradientOptimizer else {
      return LBFGSTrainer(self, network, loss: loss, threads: threads)
    }
    return Training(
      network, optimizer: optimizer, loss: loss, batchSize: batchSize, threads: threads, seed: seed)
  }
}
