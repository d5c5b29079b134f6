/// Adadelta (Zeiler 2012): each gradient times the root of the recent mean square of the steps, over that of the
/// gradients.
///
///     g ← gradient + weightDecay · p
///     s ← smoothing · s + (1 − smoothing) · g²
///     d ← √(a + epsilon) / √(s + epsilon) · g
///     a ← smoothing · a + (1 − smoothing) · d²
///     p ← p − learningRate · d
public struct Adadelta: Optimizer, Hashable {
  /// The factor of each step.
  public var learningRate: Double
  /// The share of the old mean squares that each step keeps.
  public var smoothing: Double
  /// Added before each root, so that no division is by 0 and the first steps are not 0.
  public var epsilon: Double
  /// The share of each parameter that is added to its gradient (L2).
  public var weightDecay: Double

  /// Makes the optimizer; the defaults are PyTorch's.
  ///
  /// - Parameters:
  ///   - learningRate: The factor of each step.
  ///   - smoothing: The share of the old mean squares that each step keeps.
  ///   - epsilon: Added before each root.
  ///   - weightDecay: The share of each parameter that is added to its gradient.
  public init(
    learningRate: Double = 1, smoothing: Double = 0.9, epsilon: Double = 1e-6, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.smoothing = smoothing
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// The mean squares of the gradients and of the steps.
  public var slotCount: Int { 2 }

  /// Changes the parameters of a range by one step.
  public func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafeMutablePointer<Float>, slotStride: Int, range: Range<Int>, step: Int
  ) {
    let rate = Float(learningRate)
    let retained = Float(smoothing)
    let share = Float(1 - smoothing)
    let epsilon = Float(epsilon)
    let decay = Float(weightDecay)
    let steps = slots + slotStride
    for i in range {
      let gradient = gradients[i] + decay * parameters[i]
      let square = retained * slots[i] + share * gradient * gradient
      slots[i] = square
      let step = (steps[i] + epsilon).squareRoot() / (square + epsilon).squareRoot() * gradient
      steps[i] = retained * steps[i] + share * step * step
      parameters[i] -= rate * step
    }
  }
}
