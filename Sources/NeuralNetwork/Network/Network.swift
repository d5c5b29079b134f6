import Basics

/// A network as a value: its architecture and all its weights.
///
/// `Training` changes a copy of it, `Inference` computes its outputs, and files store it.
public struct Network: Sendable, Hashable {
  /// Its layers.
  public let architecture: Architecture
  /// The trained values, one tensor after the other in the order of `architecture.tensors`.
  public var parameters: [Float] {
    didSet { precondition(parameters.count == architecture.parameterCount) }
  }
  /// Batch norm's running means and variances, in the same order.
  public var statistics: [Float] {
    didSet { precondition(statistics.count == architecture.statisticCount) }
  }

  /// Makes an untrained network: the same for the same seed, on every machine.
  ///
  /// - Parameters:
  ///   - architecture: Its layers.
  ///   - seed: The seed of the random values.
  ///   - initializer: How the values are distributed.
  public init(_ architecture: Architecture, seed: UInt64 = 0, initializer: Initializer = .he) {
    self.architecture = architecture
    var parameters: [Float] = []
    var statistics: [Float] = []
    parameters.reserveCapacity(architecture.parameterCount)
    for (index, tensor) in architecture.tensors.enumerated() {
      // Each tensor has its own random stream, so that it does not depend on the sizes of the others.
      var random = Xoshiro256(seed: seed, stream: UInt64(index))
      let layer = architecture.definitions[tensor.layer]
      let values = initializer.values(
        of: tensor, isIdentity: layer.traits.startsAsIdentity, using: &random)
      if tensor.role.isTrained { parameters += values } else { statistics += values }
    }
    self.parameters = parameters
    self.statistics = statistics
  }

  /// Makes a network from all its values.
  ///
  /// - Parameters:
  ///   - architecture: Its layers.
  ///   - parameters: The trained values, `architecture.parameterCount` of them.
  ///   - statistics: The running means and variances, `architecture.statisticCount` of them.
  public init(_ architecture: Architecture, parameters: [Float], statistics: [Float]) {
    precondition(parameters.count == architecture.parameterCount)
    precondition(statistics.count == architecture.statisticCount)
    self.architecture = architecture
    self.parameters = parameters
    self.statistics = statistics
  }

  /// Whether all of its values are finite numbers.
  public var isFinite: Bool { parameters.allSatisfy(\.isFinite) && statistics.allSatisfy(\.isFinite) }

  /// The values of a tensor, in PyTorch's layout, or nil where no tensor has this name.
  ///
  /// - Parameter name: The name, for example `conv1.weight`.
  public subscript(name: String) -> [Float]? {
    guard let tensor = architecture.tensors.first(where: { $0.name == name }) else { return nil }
    return self[tensor]
  }

  /// The values of a tensor, in PyTorch's layout.
  ///
  /// - Parameter tensor: A tensor of this architecture.
  public subscript(tensor: NamedTensor) -> [Float] {
    get { Array(tensor.role.isTrained ? parameters[tensor.range] : statistics[tensor.range]) }
    set {
      precondition(newValue.count == tensor.count)
      if tensor.role.isTrained {
        parameters.replaceSubrange(tensor.range, with: newValue)
      } else {
        statistics.replaceSubrange(tensor.range, with: newValue)
      }
    }
  }
}
