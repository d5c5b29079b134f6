/// Stochastic gradient descent, with or without momentum.
///
///     g ← gradient + weightDecay · p
///     v ← momentum · v + g
///     p ← p − learningRate · v        (Nesterov: g + momentum · v in place of v)
public struct SGD: Optimizer, Hashable {
  /// The size of a step.
  public var learningRate: Double
  /// The share of the last direction that each step keeps, from 0 to below 1.
  public var momentum: Double
  /// Whether the gradient is corrected by the momentum that follows (Nesterov).
  public var isNesterov: Bool
  /// The share of each parameter that is added to its gradient (L2).
  public var weightDecay: Double

  /// Makes the optimizer.
  ///
  /// - Parameters:
  ///   - learningRate: The size of a step.
  ///   - momentum: The share of the last direction that each step keeps.
  ///   - isNesterov: Whether the gradient is corrected by the momentum that follows.
  ///   - weightDecay: The share of each parameter that is added to its gradient.
  public init(
    learningRate: Double = 0.001, momentum: Double = 0, isNesterov: Bool = false, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.isNesterov = isNesterov
    self.weightDecay = weightDecay
  }

  /// The last direction, where there is momentum.
  public var slotCount: Int { momentum == 0 ? 0 : 1 }

  /// Changes the parameters of a range by one step.
  public func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafeMutablePointer<Float>, slotStride: Int, range: Range<Int>, step: Int
  ) {
    let rate = Float(learningRate)
    let momentum = Float(momentum)
    let decay = Float(weightDecay)
    if momentum == 0 {
      for i in range { parameters[i] -= rate * (gradients[i] + decay * parameters[i]) }
      return
    }
    let ahead: Float = isNesterov ? momentum : 1
    let direct: Float = isNesterov ? 1 : 0
    for i in range {
      let gradient = gradients[i] + decay * parameters[i]
      let velocity = momentum * slots[i] + gradient
      slots[i] = velocity
      parameters[i] -= rate * (direct * gradient + ahead * velocity)
    }
  }
}
