/// Adadelta (Zeiler 2012): steps as large as the recent steps were, over as large as the recent gradients were.
///
///     g ← gradient + weightDecay · p
///     s ← decay · s + (1 − decay) · g²
///     d ← √(a + epsilon) / √(s + epsilon) · g
///     a ← decay · a + (1 − decay) · d²
///     p ← p − learningRate · d
public struct Adadelta: Optimizer, Hashable {
  /// The factor of each step.
  public var learningRate: Double
  /// How slowly the mean squares forget.
  public var decay: Double
  /// Keeps the division away from 0, and the first steps too.
  public var epsilon: Double
  /// The share of each parameter that is added to its gradient (L2).
  public var weightDecay: Double

  /// With PyTorch's defaults.
  public init(
    learningRate: Double = 1, decay: Double = 0.9, epsilon: Double = 1e-6, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.decay = decay
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// The mean squares of the gradients and of the steps.
  public var slotCount: Int { 2 }

  /// Changes the parameters of a range.
  public func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafeMutablePointer<Float>, slotStride: Int, range: Range<Int>, step: Int
  ) {
    let rate = Float(learningRate)
    let keep = Float(decay)
    let take = Float(1 - decay)
    let epsilon = Float(epsilon)
    let shrink = Float(weightDecay)
    let steps = slots + slotStride
    for i in range {
      let gradient = gradients[i] + shrink * parameters[i]
      let square = keep * slots[i] + take * gradient * gradient
      slots[i] = square
      let step = (steps[i] + epsilon).squareRoot() / (square + epsilon).squareRoot() * gradient
      steps[i] = keep * steps[i] + take * step * step
      parameters[i] -= rate * step
    }
  }
}
