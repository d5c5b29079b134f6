// The model layer's training and inference, as a run asks for them.

package import NeuralNetwork

/// The model layer as a run uses it.
package enum TrainerFactory {
  /// The engine of a recipe's rule.
  package static func engine(
    for recipe: Recipe, _ network: Network, batchSize: Int, threads: Int
  ) -> any Trainer {
    let loss = Loss(network.architecture.output, labelSmoothing: recipe.smoothing)
    guard let rule = recipe.rule else {
      return LBFGSTrainer(recipe, network, loss: loss, threads: threads)
    }
    return GradientTrainer(
      Training(
        network, optimizer: rule, loss: loss, batchSize: batchSize, threads: threads, seed: recipe.seed))
  }

  /// Answers inputs with a network's probabilities, on several threads.
  package static func predict(threads: Int) -> ValidationSet.Predict {
    { network, inputs, _ in Inference(network, threads: threads).probabilities(inputs) }
  }
}

extension Recipe {
  /// The optimizer with this recipe's settings, PyTorch's where it says "usual"; nil for L-BFGS.
  var rule: (any Optimizer)? {
    switch optimizer {
    case .gradientDescent:
      return SGD(learningRate: learningRate, momentum: momentum ?? 0, weightDecay: decay)
    case .adam:
      return Adam(
        learningRate: learningRate, beta1: momentum ?? 0.9, beta2: memory ?? 0.999, epsilon: epsilon ?? 1e-8,
        weightDecay: decay)
    case .adamW:
      return AdamW(
        learningRate: learningRate, beta1: momentum ?? 0.9, beta2: memory ?? 0.999, epsilon: epsilon ?? 1e-8,
        weightDecay: decay)
    case .rmsprop:
      return RMSProp(
        learningRate: learningRate, decay: memory ?? 0.99, epsilon: epsilon ?? 1e-8, momentum: momentum ?? 0,
        weightDecay: decay)
    case .adadelta:
      return Adadelta(
        learningRate: learningRate, decay: memory ?? 0.9, epsilon: epsilon ?? 1e-6, weightDecay: decay)
    case .lbfgs:
      return nil
    }
  }
}

/// Steps of an optimizer.
private final class GradientTrainer: Trainer {
  private let training: Training

  init(_ training: Training) { self.training = training }

  var learningRate: Double {
    get { training.learningRate }
    set { training.learningRate = newValue }
  }
  var network: Network { training.network }
  var state: [UInt8] { training.state }
  func step(_ batch: Batch) -> Double { training.step(inputs: batch.inputs, labels: batch.labels) }
  func restore(_ state: [UInt8]) -> Bool { training.restore(state) }
}

/// Iterations of L-BFGS over all samples at once.
private final class LBFGSTrainer: Trainer {
  /// It finds its own steps.
  var learningRate = 1.0
  private(set) var isDone = false
  private let training: Training
  private let decay: Double
  /// The places of the weights that are pulled towards zero; constants are not.
  private let decayed: [Range<Int>]
  private var descent: LBFGS
  private var template: Network

  /// Samples that go through the network together; the sums do not depend on it to more than rounding.
  private static let wave = 512

  init(_ recipe: Recipe, _ network: Network, loss: Loss, threads: Int) {
    decay = recipe.decay
    decayed = network.architecture.tensors.filter { $0.role == .weight }.map(\.range)
    descent = LBFGS(start: network.parameters.map(Double.init))
    template = network
    training = Training(
      network, optimizer: SGD(learningRate: 0), loss: loss, batchSize: Self.wave, threads: threads,
      seed: recipe.seed)
  }

  var network: Network {
    var network = template
    network.parameters = descent.point.map(Float.init)
    return network
  }

  var state: [UInt8] { descent.bytes }

  func restore(_ state: [UInt8]) -> Bool {
    guard let descent = LBFGS(bytes: state), descent.point.count == template.parameters.count else {
      return false
    }
    self.descent = descent
    return true
  }

  func step(_ batch: Batch) -> Double {
    let pull = decay / Double(batch.count)
    let outcome = descent.iterate { (point: [Double], gradient: inout [Double]) -> Double in
      template.parameters = point.map(Float.init)
      training.network = template
      let (loss, slope) = training.gradient(inputs: batch.inputs, labels: batch.labels)
      for k in slope.indices { gradient[k] = Double(slope[k]) }
      var square = 0.0
      for range in decayed {
        for k in range {
          square += point[k] * point[k]
          gradient[k] += pull * point[k]
        }
      }
      return loss + pull / 2 * square
    }
    if outcome != .progressed { isDone = true }
    return descent.value
  }
}
