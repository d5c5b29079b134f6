// A network's tensors in a safetensors file, each under its own name.

extension Network {
  /// The tensors, for a file; `prefix` tells the networks of an ensemble apart, for example `1.`.
  public func tensors(prefix: String = "") -> [Safetensors.Tensor] {
    architecture.tensors.map {
      Safetensors.Tensor(name: prefix + $0.name, shape: $0.shape, values: self[$0])
    }
  }

  /// A network of an architecture with the tensors of a file; those under other names are left alone.
  public init(_ architecture: Architecture, from file: Safetensors, prefix: String = "")
    throws(NetworkFileError)
  {
    var parameters: [Float] = []
    var statistics: [Float] = []
    var found: [String: Safetensors.Tensor] = [:]
    for tensor in file.tensors { found[tensor.name] = tensor }
    for place in architecture.tensors {
      let name = prefix + place.name
      guard let tensor = found[name] else {
        throw NetworkFileError(tensor: name, expected: place.shape, found: "no such tensor")
      }
      guard tensor.shape == place.shape else {
        throw NetworkFileError(tensor: name, expected: place.shape, found: "shape \(tensor.shape)")
      }
      guard tensor.values.allSatisfy({ $0.isFinite }) else {
        throw NetworkFileError(tensor: name, expected: place.shape, found: "values that are no numbers")
      }
      if place.role.isTrained { parameters += tensor.values } else { statistics += tensor.values }
    }
    self.init(architecture, parameters: parameters, statistics: statistics)
  }

  /// A file of this network alone, with its architecture as the string `architecture`.
  public var safetensors: Safetensors {
    Safetensors(metadata: ["architecture": architecture.text], tensors: tensors())
  }
}

/// Why a file's tensors are not those of an architecture.
public struct NetworkFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The tensor that is missing or wrong.
  public let tensor: String
  /// Its shape by the architecture.
  public let expected: [Int]
  /// What the file holds.
  public let found: String

  /// What was expected, what was found, what to do.
  public var description: String {
    "the file does not fit its architecture: expected '\(tensor)' of shape \(expected) with finite values, "
      + "found \(found); take another copy or train it again"
  }
}
