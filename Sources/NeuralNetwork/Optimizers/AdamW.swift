/// AdamW (Loshchilov and Hutter 2019): Adam, with the weight decay subtracted from the parameters.
///
/// In the gradients the weight decay would be divided by Adam's root.
///
///     p ← p − learningRate · weightDecay · p, then Adam's step
public struct AdamW: Optimizer, Hashable {
  /// Adam without weight decay.
  private var adam: Adam
  /// The share of each parameter, times the learning rate, that each step subtracts.
  public var weightDecay: Double

  /// The size of a step.
  public var learningRate: Double {
    get { adam.learningRate }
    set { adam.learningRate = newValue }
  }

  /// Makes the optimizer; the defaults are PyTorch's.
  ///
  /// - Parameters:
  ///   - learningRate: The size of a step.
  ///   - beta1: The share of the old mean that each step keeps.
  ///   - beta2: The share of the old mean square that each step keeps.
  ///   - epsilon: Added to each denominator.
  ///   - weightDecay: The share of each parameter, times the learning rate, that each step subtracts.
  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0.01
  ) {
    adam = Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    self.weightDecay = weightDecay
  }

  /// The mean and the mean square.
  public var slotCount: Int { adam.slotCount }

  /// Changes the parameters of a range by one step.
  public func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafeMutablePointer<Float>, slotStride: Int, range: Range<Int>, step: Int
  ) {
    let factor = Float(1 - learningRate * weightDecay)
    for i in range { parameters[i] *= factor }
    adam.update(
      parameters, gradients: gradients, slots: slots, slotStride: slotStride, range: range, step: step)
  }
}
