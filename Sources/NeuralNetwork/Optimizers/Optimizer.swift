/// A rule that turns gradients into steps, each parameter for itself.
///
/// A rule is a value without memory: what it must remember of a parameter lies in a few arrays beside the
/// parameters, its slots, all of the same length and zero before the first step. So the parameters may be split
/// over threads in any way, and the result is the same to the bit.
///
/// All rules do what PyTorch's do, with the same defaults.
public protocol Optimizer: Sendable {
  /// The size of a step; schedules change it.
  var learningRate: Double { get set }

  /// How many values are remembered for each parameter.
  var slotCount: Int { get }

  /// Changes `parameters[range]` by `gradients[range]`.
  ///
  /// The memory of parameter `i` is `slots[i]`, `slots[slotStride + i]`, … `step` counts from 1.
  func update(
    _ parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: UnsafeMutablePointer<Float>, slotStride: Int, range: Range<Int>, step: Int)
}

/// What an optimizer remembers between steps.
public struct OptimizerState: Sendable, Hashable {
  /// How many steps were made.
  public var step: Int
  /// The slots, one after the other.
  public var slots: [Float]

  /// The state before the first step.
  public init(for optimizer: any Optimizer, parameterCount: Int) {
    step = 0
    slots = [Float](repeating: 0, count: optimizer.slotCount * parameterCount)
  }

  /// Makes one step over all parameters, on the calling thread.
  public mutating func update(_ parameters: inout [Float], gradients: [Float], by optimizer: any Optimizer) {
    precondition(gradients.count == parameters.count)
    precondition(slots.count == optimizer.slotCount * parameters.count)
    step += 1
    let count = parameters.count
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradients.withUnsafeBufferPointer { gradients in
        slots.withUnsafeMutableBufferPointer { slots in
          guard let p = parameters.baseAddress, let g = gradients.baseAddress else { return }
          // A rule without slots never touches this pointer.
          let s = slots.baseAddress ?? p
          optimizer.update(p, gradients: g, slots: s, slotStride: count, range: 0..<count, step: step)
        }
      }
    }
  }
}
