private import CLibrary

/// Adam (Kingma and Ba 2015): the recent mean of the gradient over the root of its recent mean square, both
/// corrected for their start at 0.
///
///     g ← gradient + weightDecay · p
///     m ← m + (1 − beta1) · (g − m)
///     v ← beta2 · v + (1 − beta2) · g²
///     p ← p − learningRate · m̂ / (√v̂ + epsilon),   m̂ = m / (1 − beta1ᵗ),   v̂ = v / (1 − beta2ᵗ)
public struct Adam: Optimizer, Hashable {
  /// The size of a step.
  public var learningRate: Double
  /// The share of the old mean that each step keeps.
  public var beta1: Double
  /// The share of the old mean square that each step keeps.
  public var beta2: Double
  /// Added to each denominator, so that no division is by 0.
  public var epsilon: Double
  /// The share of each parameter that is added to its gradient (L2).
  public var weightDecay: Double

  /// Makes the optimizer; the defaults are PyTorch's.
  ///
  /// - Parameters:
  ///   - learningRate: The size of a step.
  ///   - beta1: The share of the old mean that each step keeps.
  ///   - beta2: The share of the old mean square that each step keeps.
  ///   - epsilon: Added to each denominator.
  ///   - weightDecay: The share of each parameter that is added to its gradient.
  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// The mean and the mean square.
  public var slotCount: Int { 2 }

  /// Changes the parameters of a range by one step.
  public func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafeMutablePointer<Float>, slotStride: Int, range: Range<Int>, step: Int
  ) {
    let rate = Float(learningRate / (1 - pow(beta1, Double(step))))
    let root = Float(1 / (1 - pow(beta2, Double(step))).squareRoot())
    let share1 = Float(1 - beta1)
    let retained2 = Float(beta2)
    let share2 = Float(1 - beta2)
    let epsilon = Float(epsilon)
    let decay = Float(weightDecay)
    let squares = slots + slotStride
    for i in range {
      let gradient = gradients[i] + decay * parameters[i]
      let mean = slots[i] + share1 * (gradient - slots[i])
      let square = retained2 * squares[i] + share2 * gradient * gradient
      slots[i] = mean
      squares[i] = square
      parameters[i] -= rate * mean / (square.squareRoot() * root + epsilon)
    }
  }
}
