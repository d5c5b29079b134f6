// A model as the bytes of one safetensors file, and back.

public import NeuralNetwork

/// Why bytes are no model.
public enum ModelFileError: Error, Sendable, CustomStringConvertible {
  /// They are no sound safetensors file.
  case safetensors(SafetensorsError)
  /// The words beside the tensors make no model.
  case model(ModelError)
  /// The tensors are not those of the architecture.
  case network(NetworkFileError)

  /// What was expected, what was found, what to do.
  public var description: String {
    switch self {
    case .safetensors(let error): error.description
    case .model(let error): error.description
    case .network(let error): error.description
    }
  }
}

extension Model {
  /// The file.
  public var bytes: [UInt8] {
    let tensors = networks.enumerated().flatMap { index, network in
      network.tensors(prefix: Self.key("", index, of: networks.count))
    }
    return Safetensors(metadata: metadata, tensors: tensors).bytes
  }

  /// Reads a file.
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
