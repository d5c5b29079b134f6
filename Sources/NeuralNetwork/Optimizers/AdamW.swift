/// AdamW (Loshchilov and Hutter 2019): Adam, with the weight decay taken from the parameters themselves instead
/// of mixed into the gradients, where Adam would divide it away.
///
///     p ← p − learningRate · weightDecay · p, then Adam's step
public struct AdamW: Optimizer, Hashable {
  /// The step itself.
  private var adam: Adam
  /// The share of each parameter, times the learning rate, that is taken away at each step.
  public var weightDecay: Double

  /// The size of a step.
  public var learningRate: Double {
    get { adam.learningRate }
    set { adam.learningRate = newValue }
  }

  /// With PyTorch's defaults.
  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0.01
  ) {
    adam = Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    self.weightDecay = weightDecay
  }

  /// The mean and the mean square.
  public var slotCount: Int { adam.slotCount }

  /// Changes the parameters of a range.
  public func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafeMutablePointer<Float>, slotStride: Int, range: Range<Int>, step: Int
  ) {
    let keep = Float(1 - learningRate * weightDecay)
    for i in range { parameters[i] *= keep }
    adam.update(
      parameters, gradients: gradients, slots: slots, slotStride: slotStride, range: range, step: step)
  }
}
