/// A rule that turns gradients into steps, each parameter for itself.
///
/// An optimizer is a value without memory. What it keeps of a parameter between steps is in arrays beside the
/// parameters, its slots, all of the same length and 0 before the first step. So the parameters may be divided among
/// threads in any way, and the result is the same to the bit.
///
/// All optimizers compute the same steps as PyTorch's, with the same defaults.
public protocol Optimizer: Sendable {
  /// The size of a step; schedules change it.
  var learningRate: Double { get set }

  /// The number of values that are kept for each parameter.
  var slotCount: Int { get }

  /// Changes the parameters of a range by one step.
  ///
  /// - Parameters:
  ///   - parameters: All parameters.
  ///   - gradients: The gradient of each parameter.
  ///   - slots: What is kept of parameter `i`: `slots[i]`, `slots[slotStride + i]`, …
  ///   - slotStride: The distance between the slots of one parameter.
  ///   - range: The parameters to change.
  ///   - step: The number of the step, from 1.
  func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafeMutablePointer<Float>, slotStride: Int, range: Range<Int>, step: Int)
}
