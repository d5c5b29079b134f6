// Reading and writing of models as safetensors files.

public import NeuralNetwork

/// An error: a file is not a model.
public enum ModelFileError: Error, Sendable, CustomStringConvertible {
  /// The file is not a valid safetensors file.
  case safetensors(SafetensorsError)
  /// The metadata do not describe a model.
  case model(ModelError)
  /// The tensors do not fit the architecture.
  case network(NetworkFileError)

  /// What was expected, what was found, and what to do.
  public var description: String {
    switch self {
    case .safetensors(let error): error.description
    case .model(let error): error.description
    case .network(let error): error.description
    }
  }
}

extension Model {
  /// The model as a safetensors file.
  public var bytes: [UInt8] {
    let tensors = networks.enumerated().flatMap { index, network in
      network.tensors(prefix: Self.key("", index, of: networks.count))
    }
    return Safetensors(metadata: metadata, tensors: tensors).bytes
  }

  /// Reads a model from a safetensors file.
  ///
  /// - Parameter bytes: the file's bytes.
  /// - Throws: `ModelFileError` if the file is damaged or not a model.
  public init(bytes: [UInt8]) throws(ModelFileError) {
    let file: Safetensors
    do throws(SafetensorsError) { file = try Safetensors(bytes: bytes) } catch { throw .safetensors(error) }
    let architectures: [Architecture]
    do throws(ModelError) {
      architectures = try Self.architectures(in: file.metadata)
    } catch {
      throw .model(error)
    }
    var networks: [Network] = []
    for (index, architecture) in architectures.enumerated() {
      do throws(NetworkFileError) {
        networks.append(
          try Network(architecture, from: file, prefix: Self.key("", index, of: architectures.count)))
      } catch {
        throw .network(error)
      }
    }
    do throws(ModelError) {
      try self.init(networks: networks, metadata: file.metadata)
    } catch {
      throw .model(error)
    }
  }
}
