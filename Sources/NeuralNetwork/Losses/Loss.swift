private import CLibrary

/// The loss of a network's output: the cross-entropy, and its gradient.
///
/// Softmax: −Σ t·ln p over the outputs. Sigmoid: −Σ t·ln p + (1 − t)·ln(1 − p). For both the gradient by the logits
/// is p − t, where the targets of a softmax sum to 1. A batch's loss is the mean over its samples.
///
/// Label smoothing by ε subtracts the share ε of the target and spreads it over the outputs: t(1 − ε) + ε/n for
/// softmax, as in PyTorch, and t(1 − ε) + ε/2 for sigmoids.
public struct Loss: Sendable, Hashable {
  /// What the logits become.
  public let output: Architecture.Output
  /// The ε of label smoothing, 0 for none.
  public var labelSmoothing: Double

  /// Makes the loss of an output.
  ///
  /// - Parameters:
  ///   - output: What the logits become.
  ///   - labelSmoothing: The ε of label smoothing, 0 for none.
  public init(_ output: Architecture.Output, labelSmoothing: Double = 0) {
    self.output = output
    self.labelSmoothing = labelSmoothing
  }

  /// Computes the loss of one sample with a label.
  ///
  /// - Parameters:
  ///   - logits: The logits.
  ///   - count: How many outputs there are.
  ///   - label: The index of the right output.
  ///   - gradient: Memory for the gradient by the logits.
  ///   - scale: The gradient is multiplied by this.
  /// - Returns: The loss.
  public func evaluate(
    logits: UnsafePointer<Float>, count: Int, label: Int, gradient: UnsafeMutablePointer<Float>, scale: Float
  ) -> Double {
    evaluate(logits: logits, count: count, gradient: gradient, scale: scale) { $0 == label ? 1 : 0 }
  }

  /// Computes the loss of one sample with a target for each output.
  ///
  /// - Parameters:
  ///   - logits: The logits.
  ///   - count: How many outputs there are.
  ///   - targets: The probability that each output should have.
  ///   - gradient: Memory for the gradient by the logits.
  ///   - scale: The gradient is multiplied by this.
  /// - Returns: The loss.
  public func evaluate(
    logits: UnsafePointer<Float>, count: Int, targets: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>, scale: Float
  ) -> Double {
    evaluate(logits: logits, count: count, gradient: gradient, scale: scale) { targets[$0] }
  }

  @inline(__always)
  private func evaluate(
    logits: UnsafePointer<Float>, count: Int, gradient: UnsafeMutablePointer<Float>, scale: Float,
    target: (Int) -> Float
  ) -> Double {
    let factor = Float(1 - labelSmoothing)
    let spread = Float(labelSmoothing) / Float(output == .softmax ? count : 2)
    var loss = 0.0
    switch output {
    case .softmax:
      let logarithm = output.probabilities(logits: logits, count: count, into: gradient)
      var whole: Float = 0
      for i in 0..<count { whole += factor * target(i) + spread }
      for i in 0..<count {
        let wanted = factor * target(i) + spread
        loss -= Double(wanted) * (Double(logits[i]) - logarithm)
        gradient[i] = scale * (whole * gradient[i] - wanted)
      }
    case .sigmoid:
      _ = output.probabilities(logits: logits, count: count, into: gradient)
      for i in 0..<count {
        let wanted = factor * target(i) + spread
        let sum = Double(logits[i])
        // ln(1 + eˢ) − t·s, written so that no power overflows.
        loss += max(sum, 0) + log1p(exp(-abs(sum))) - Double(wanted) * sum
        gradient[i] = scale * (gradient[i] - wanted)
      }
    }
    return loss
  }
}

extension Architecture.Output {
  /// Turns logits into probabilities.
  ///
  /// - Parameters:
  ///   - logits: The logits.
  ///   - count: How many outputs there are.
  ///   - probabilities: Memory for the probabilities; it may be that of the logits.
  /// - Returns: The logarithm of softmax's denominator, ln Σ exp(logit), or 0 for sigmoids.
  @discardableResult
  public func probabilities(
    logits: UnsafePointer<Float>, count: Int, into probabilities: UnsafeMutablePointer<Float>
  ) -> Double {
    switch self {
    case .sigmoid:
      for i in 0..<count { probabilities[i] = 1 / (1 + exp(-logits[i])) }
      return 0
    case .softmax:
      var largest = -Float.infinity
      for i in 0..<count { largest = max(largest, logits[i]) }
      var total: Float = 0
      for i in 0..<count {
        let power = exp(logits[i] - largest)
        probabilities[i] = power
        total += power
      }
      let share = 1 / total
      for i in 0..<count { probabilities[i] *= share }
      return Double(largest) + log(Double(total))
    }
  }
}
