// A network's tensors in a safetensors file, each under its own name.

extension Network {
  /// The tensors, for a file.
  ///
  /// - Parameter prefix: The first part of each name, for example `1.` for a network of an ensemble.
  /// - Returns: The tensors, in the order of the architecture.
  public func tensors(prefix: String = "") -> [Safetensors.Tensor] {
    architecture.tensors.map {
      Safetensors.Tensor(name: prefix + $0.name, shape: $0.shape, values: self[$0])
    }
  }

  /// Makes a network from the tensors of a file; tensors with other names are ignored.
  ///
  /// - Parameters:
  ///   - architecture: The network's layers.
  ///   - file: The file.
  ///   - prefix: The first part of each name.
  /// - Throws: `NetworkFileError` for the first tensor that is missing or wrong.
  public init(_ architecture: Architecture, from file: Safetensors, prefix: String = "")
    throws(NetworkFileError)
  {
    var parameters: [Float] = []
    var statistics: [Float] = []
    parameters.reserveCapacity(architecture.parameterCount)
    statistics.reserveCapacity(architecture.statisticCount)
    let found = Dictionary(file.tensors.map { ($0.name, $0) }) { $1 }
    for wanted in architecture.tensors {
      let name = prefix + wanted.name
      func error(_ found: String) -> NetworkFileError {
        NetworkFileError(tensor: name, expected: wanted.shape, found: found)
      }
      guard let tensor = found[name] else { throw error("no such tensor") }
      guard tensor.shape == wanted.shape else { throw error("shape \(tensor.shape)") }
      guard tensor.values.allSatisfy(\.isFinite) else { throw error("values that are no numbers") }
      if wanted.role.isTrained { parameters += tensor.values } else { statistics += tensor.values }
    }
    self.init(architecture, parameters: parameters, statistics: statistics)
  }

  /// A file with this network, and its architecture as the string `architecture`.
  public var safetensors: Safetensors {
    Safetensors(metadata: ["architecture": architecture.text], tensors: tensors())
  }
}

/// Why a file's tensors do not fit an architecture.
public struct NetworkFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The tensor that is missing or wrong.
  public let tensor: String
  /// Its shape in the architecture.
  public let expected: [Int]
  /// What the file holds.
  public let found: String

  /// What was expected, what was found, what to do.
  public var description: String {
    "the file does not fit its architecture: expected '\(tensor)' of shape \(expected) with finite values, "
      + "found \(found); take another copy or train it again"
  }
}
