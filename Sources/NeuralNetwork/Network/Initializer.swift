import Basics

/// The first values of the weights.
public enum Initializer: Sendable, Hashable, CustomStringConvertible {
  /// Weights and biases uniform from -r to r; early textbooks use r = 1.
  case uniform(Double)
  /// Weights uniform within ±√(6 / (inputs + outputs)), biases 0 (Glorot and Bengio 2010): for sigmoid and tanh.
  case xavier
  /// Weights normal with variance 2 / inputs, biases 0 (He and others 2015): for ReLU.
  case he

  /// Reads `uniform:0.15`, `xavier` or `he`, or gives nil.
  ///
  /// - Parameter text: The text.
  public init?(_ text: String) {
    switch text {
    case "xavier": self = .xavier
    case "he": self = .he
    default:
      let prefix = "uniform:"
      guard text.hasPrefix(prefix), let radius = Double(text.dropFirst(prefix.count)), radius >= 0,
        radius.isFinite
      else { return nil }
      self = .uniform(radius)
    }
  }

  /// The text that `init(_:)` reads.
  public var description: String {
    switch self {
    case .uniform(let radius): "uniform:\(radius)"
    case .xavier: "xavier"
    case .he: "he"
    }
  }

  /// The first values of a tensor; the tensors of a layer that starts as the identity do not depend on the method.
  func values(of tensor: NamedTensor, isIdentity: Bool, using random: inout Xoshiro256) -> [Float] {
    if isIdentity || !tensor.role.isTrained {
      let isScale = tensor.role == .weight || tensor.role == .runningVariance
      return [Float](repeating: isScale ? 1 : 0, count: tensor.count)
    }
    if case .uniform(let radius) = self {
      return (0..<tensor.count).map { _ in Float(random.uniform(in: -radius..<radius)) }
    }
    if tensor.role == .bias { return [Float](repeating: 0, count: tensor.count) }
    // As in PyTorch, the pixels of a convolution's window count for its inputs and for its outputs.
    let window = tensor.shape.dropFirst(2).reduce(1, *)
    let inputs = Double(tensor.shape[1] * window)
    let outputs = Double(tensor.shape[0] * window)
    switch self {
    case .xavier:
      let radius = (6 / (inputs + outputs)).squareRoot()
      return (0..<tensor.count).map { _ in Float(random.uniform(in: -radius..<radius)) }
    case .he, .uniform:
      let deviation = (2 / inputs).squareRoot()
      return (0..<tensor.count).map { _ in Float(random.normal() * deviation) }
    }
  }
}
