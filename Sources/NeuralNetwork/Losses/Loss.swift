#if canImport(Glibc)
private import Glibc
#elseif canImport(Musl)
private import Musl
#endif

/// How wrong an answer is: the cross-entropy that belongs to the network's output, and its gradient.
///
/// Softmax: −Σ t·ln p over the outputs. Sigmoid: −Σ t·ln p + (1 − t)·ln(1 − p). For both the gradient by the
/// sums is p − t, as long as the targets of a softmax sum to 1. A batch's loss is the mean over its samples.
///
/// Label smoothing by ε takes ε of the target away and spreads it over the outputs: t(1 − ε) + ε/n for softmax,
/// as in PyTorch, and t(1 − ε) + ε/2 for sigmoids.
public struct Loss: Sendable, Hashable {
  /// What the sums become.
  public let output: Architecture.Output
  /// The ε of label smoothing, 0 for none.
  public var labelSmoothing: Double

  /// The loss that belongs to an output.
  public init(_ output: Architecture.Output, labelSmoothing: Double = 0) {
    self.output = output
    self.labelSmoothing = labelSmoothing
  }

  /// The loss of one sample whose class is known, and its gradient by the sums times `scale`.
  public func evaluate(
    sums: UnsafePointer<Float>, count: Int, label: Int, gradient: UnsafeMutablePointer<Float>, scale: Float
  ) -> Double {
    evaluate(sums: sums, count: count, gradient: gradient, scale: scale) { $0 == label ? 1 : 0 }
  }

  /// The loss of one sample with a target for each output, and its gradient by the sums times `scale`.
  public func evaluate(
    sums: UnsafePointer<Float>, count: Int, targets: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>, scale: Float
  ) -> Double {
    evaluate(sums: sums, count: count, gradient: gradient, scale: scale) { targets[$0] }
  }

  @inline(__always)
  private func evaluate(
    sums: UnsafePointer<Float>, count: Int, gradient: UnsafeMutablePointer<Float>, scale: Float,
    target: (Int) -> Float
  ) -> Double {
    let keep = Float(1 - labelSmoothing)
    let spread = Float(labelSmoothing) / Float(output == .softmax ? count : 2)
    var loss = 0.0
    switch output {
    case .softmax:
      let logarithm = output.probabilities(sums: sums, count: count, into: gradient)
      var whole: Float = 0
      for i in 0..<count { whole += keep * target(i) + spread }
      for i in 0..<count {
        let wanted = keep * target(i) + spread
        loss -= Double(wanted) * (Double(sums[i]) - logarithm)
        gradient[i] = scale * (whole * gradient[i] - wanted)
      }
    case .sigmoid:
      _ = output.probabilities(sums: sums, count: count, into: gradient)
      for i in 0..<count {
        let wanted = keep * target(i) + spread
        let sum = Double(sums[i])
        // ln(1 + eˢ) − t·s, written so that no power overflows.
        loss += max(sum, 0) + log1p(exp(-abs(sum))) - Double(wanted) * sum
        gradient[i] = scale * (gradient[i] - wanted)
      }
    }
    return loss
  }
}

extension Architecture.Output {
  /// Turns sums into probabilities; gives the logarithm of softmax's denominator, ln Σ exp(sum).
  ///
  /// Both may be the same memory.
  @discardableResult
  public func probabilities(
    sums: UnsafePointer<Float>, count: Int, into probabilities: UnsafeMutablePointer<Float>
  ) -> Double {
    switch self {
    case .sigmoid:
      for i in 0..<count { probabilities[i] = 1 / (1 + exp(-sums[i])) }
      return 0
    case .softmax:
      var largest = -Float.infinity
      for i in 0..<count { largest = max(largest, sums[i]) }
      var total: Float = 0
      for i in 0..<count {
        let power = exp(sums[i] - largest)
        probabilities[i] = power
        total += power
      }
      let share = 1 / total
      for i in 0..<count { probabilities[i] *= share }
      return Double(largest) + log(Double(total))
    }
  }
}
