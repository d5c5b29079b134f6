// Training by a gradient optimizer of the model layer.

package import NeuralNetwork

extension Training: Trainer {
  /// Makes one step on a batch.
  package func step(_ batch: Batch) -> Double { step(inputs: batch.inputs, labels: batch.labels) }
}

extension Recipe {
  /// The gradient optimizer with this recipe's settings, whose usual values are PyTorch's; nil for L-BFGS.
  var gradientOptimizer: (any Optimizer)? {
    let momentum = momentum ?? 0
    let epsilon = epsilon ?? (optimizer == .adadelta ? 1e-6 : 1e-8)
    let (beta1, beta2) = (self.momentum ?? 0.9, squaredGradientSmoothing ?? 0.999)
    switch optimizer {
    case .gradientDescent:
      return SGD(learningRate: learningRate, momentum: momentum, weightDecay: weightDecay)
    case .adam:
      return Adam(
        learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
    case .adamW:
      return AdamW(
        learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
    case .rmsprop:
      return RMSProp(
        learningRate: learningRate, smoothing: squaredGradientSmoothing ?? 0.99, epsilon: epsilon,
        momentum: momentum, weightDecay: weightDecay)
    case .adadelta:
      return Adadelta(
        learningRate: learningRate, smoothing: squaredGradientSmoothing ?? 0.9, epsilon: epsilon,
        weightDecay: weightDecay)
    case .lbfgs:
      return nil
    }
  }
}
