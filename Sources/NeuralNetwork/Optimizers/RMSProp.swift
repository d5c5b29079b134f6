/// RMSProp (Hinton's lecture 6e, 2012): each step divided by the root of the recent mean square of its gradient.
///
///     g ← gradient + weightDecay · p
///     s ← decay · s + (1 − decay) · g²
///     v ← momentum · v + g / (√s + epsilon)
///     p ← p − learningRate · v
public struct RMSProp: Optimizer, Hashable {
  /// The size of a step.
  public var learningRate: Double
  /// How slowly the mean square forgets.
  public var decay: Double
  /// Keeps the division away from 0.
  public var epsilon: Double
  /// How much of the last direction is kept, from 0 to below 1.
  public var momentum: Double
  /// The share of each parameter that is added to its gradient (L2).
  public var weightDecay: Double

  /// With PyTorch's defaults.
  public init(
    learningRate: Double = 0.01, decay: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0,
    weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.decay = decay
    self.epsilon = epsilon
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  /// The mean square, and the direction where there is momentum.
  public var slotCount: Int { momentum == 0 ? 1 : 2 }

  /// Changes the parameters of a range.
  public func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafeMutablePointer<Float>, slotStride: Int, range: Range<Int>, step: Int
  ) {
    let rate = Float(learningRate)
    let keep = Float(decay)
    let take = Float(1 - decay)
    let epsilon = Float(epsilon)
    let momentum = Float(momentum)
    let shrink = Float(weightDecay)
    for i in range {
      let gradient = gradients[i] + shrink * parameters[i]
      let square = keep * slots[i] + take * gradient * gradient
      slots[i] = square
      var direction = gradient / (square.squareRoot() + epsilon)
      if momentum != 0 {
        direction += momentum * slots[slotStride + i]
        slots[slotStride + i] = direction
      }
      parameters[i] -= rate * direction
    }
  }
}
