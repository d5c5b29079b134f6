import Basics

/// How the weights start.
public enum Initializer: Sendable, Hashable, CustomStringConvertible {
  /// Weights and biases evenly from -r to r; r = 1 is the classic of early textbooks.
  case uniform(Double)
  /// Weights evenly within ±√(6 / (inputs + outputs)), biases 0 (Glorot and Bengio 2010): for sigmoid and tanh.
  case xavier
  /// Weights normal with variance 2 / inputs, biases 0 (He and others 2015): for ReLU.
  case he

  /// Reads `uniform:0.15`, `xavier` or `he`, or gives nil.
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

  /// The first values of a tensor; batch norm starts as the identity whatever the method.
  func values(of tensor: TensorPlace, isNorm: Bool, using random: inout Xoshiro256) -> [Float] {
    switch tensor.role {
    case .runningMean: return [Float](repeating: 0, count: tensor.count)
    case .runningVariance: return [Float](repeating: 1, count: tensor.count)
    case .weight where isNorm: return [Float](repeating: 1, count: tensor.count)
    case .bias where isNorm: return [Float](repeating: 0, count: tensor.count)
    case .weight, .bias: break
    }
    if case .uniform(let radius) = self {
      return (0..<tensor.count).map { _ in Float(random.uniform(in: -radius..<radius)) }
    }
    if tensor.role == .bias { return [Float](repeating: 0, count: tensor.count) }
    // A convolution's window counts for its inputs, and for its outputs as in PyTorch.
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
