/// RMSProp (Hinton's lecture 6e, 2012): each step divided by the root of the recent mean square of its gradient.
///
///     g ← gradient + weightDecay · p
///     s ← smoothing · s + (1 − smoothing) · g²
///     v ← momentum · v + g / (√s + epsilon)
///     p ← p − learningRate · v
public struct RMSProp: Optimizer, Hashable {
  /// The size of a step.
  public var learningRate: Double
  /// The share of the old mean square that each step keeps.
  public var smoothing: Double
  /// Added to each denominator, so that no division is by 0.
  public var epsilon: Double
  /// The share of the last direction that each step keeps, from 0 to below 1.
  public var momentum: Double
  /// The share of each parameter that is added to its gradient (L2).
  public var weightDecay: Double

  /// Makes the optimizer; the defaults are PyTorch's.
  ///
  /// - Parameters:
  ///   - learningRate: The size of a step.
  ///   - smoothing: The share of the old mean square that each step keeps.
  ///   - epsilon: Added to each denominator.
  ///   - momentum: The share of the last direction that each step keeps.
  ///   - weightDecay: The share of each parameter that is added to its gradient.
  public init(
    learningRate: Double = 0.01, smoothing: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0,
    weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.smoothing = smoothing
    self.epsilon = epsilon
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  /// The mean square, and the direction where there is momentum.
  public var slotCount: Int { momentum == 0 ? 1 : 2 }

  /// Changes the parameters of a range by one step.
  public func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafeMutablePointer<Float>, slotStride: Int, range: Range<Int>, step: Int
  ) {
    let rate = Float(learningRate)
    let retained = Float(smoothing)
    let share = Float(1 - smoothing)
    let epsilon = Float(epsilon)
    let momentum = Float(momentum)
    let decay = Float(weightDecay)
    for i in range {
      let gradient = gradients[i] + decay * parameters[i]
      let square = retained * slots[i] + share * gradient * gradient
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
