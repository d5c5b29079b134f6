import Basics

/// A network as a value: its architecture and all its weights.
///
/// `Training` changes a copy of it, `Inference` answers with it, and the files hold it.
public struct Network: Sendable, Hashable {
  /// What it is made of.
  public let architecture: Architecture
  /// What training changes, one tensor after the other as `architecture.tensors` says.
  public var parameters: [Float] {
    didSet { precondition(parameters.count == architecture.parameterCount) }
  }
  /// Batch norm's running means and variances, likewise.
  public var statistics: [Float] {
    didSet { precondition(statistics.count == architecture.statisticCount) }
  }

  /// A network that has learnt nothing: the same for the same seed, on every machine.
  public init(_ architecture: Architecture, seed: UInt64 = 0, initializer: Initializer = .he) {
    self.architecture = architecture
    var parameters: [Float] = []
    var statistics: [Float] = []
    parameters.reserveCapacity(architecture.parameterCount)
    for (index, tensor) in architecture.tensors.enumerated() {
      // A stream of its own for each tensor, so that none depends on the sizes of those before it.
      var random = Xoshiro256(seed: seed, stream: UInt64(index))
      let isNorm = architecture.layers[tensor.layer] == .batchNorm
      let values = initializer.values(of: tensor, isNorm: isNorm, using: &random)
      if tensor.role.isTrained { parameters += values } else { statistics += values }
    }
    self.parameters = parameters
    self.statistics = statistics
  }

  /// A network with all its values; they must be as many as the architecture says.
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
  public subscript(name: String) -> [Float]? {
    guard let place = architecture.tensors.first(where: { $0.name == name }) else { return nil }
    return self[place]
  }

  /// The values of a tensor, in PyTorch's layout.
  public subscript(place: TensorPlace) -> [Float] {
    get { Array(place.role.isTrained ? parameters[place.range] : statistics[place.range]) }
    set {
      precondition(newValue.count == place.count)
      if place.role.isTrained {
        parameters.replaceSubrange(place.range, with: newValue)
      } else {
        statistics.replaceSubrange(place.range, with: newValue)
      }
    }
  }
}
