/// Stochastic gradient descent: straight down the slope, with or without momentum.
///
///     g ← gradient + weightDecay · p
///     v ← momentum · v + g
///     p ← p − learningRate · v        (Nesterov: g + momentum · v in place of v)
public struct SGD: Optimizer, Hashable {
  /// The size of a step.
  public var learningRate: Double
  /// How much of the last direction is kept, from 0 to below 1.
  public var momentum: Double
  /// Whether the slope is taken where the momentum will lead.
  public var isNesterov: Bool
  /// The share of each parameter that is added to its gradient (L2).
  public var weightDecay: Double

  /// Plain descent, or with momentum.
  public init(
    learningRate: Double = 0.001, momentum: Double = 0, isNesterov: Bool = false, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.isNesterov = isNesterov
    self.weightDecay = weightDecay
  }

  /// Momentum alone needs memory.
  public var slotCount: Int { momentum == 0 ? 0 : 1 }

  /// Changes the parameters of a range.
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
