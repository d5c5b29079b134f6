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
  /// The most bytes of a model's file that are read.
  ///
  /// The largest network that is allowed has 128 MiB of weights.
  public static let mostFileBytes = 1 << 28

  /// The model as a safetensors file.
  public var bytes: [UInt8] {
    var tensors = Self.tensors(of: networks, prefix: "")
    for (index, part) in companions.enumerated() {
      tensors += Self.tensors(of: part.networks, prefix: Self.companionPrefix(index))
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
    let networks = try Self.networks(in: file, prefix: "")
    var companions: [ModelPart] = []
    for index in 0..<Self.companionCount(in: file.metadata) {
      let prefix = Self.companionPrefix(index)
      let own = try Self.networks(in: file, prefix: prefix)
      do throws(ModelError) {
        let classes = try Self.classes(
          in: file.metadata, prefix: prefix, outputs: own.first?.architecture.outputs ?? 0)
        companions.append(ModelPart(networks: own, classes: classes))
      } catch {
        throw .model(error)
      }
    }
    do throws(ModelError) {
      try self.init(networks: networks, companions: companions, metadata: file.metadata)
    } catch {
      throw .model(error)
    }
  }

  private static func tensors(of networks: [Network], prefix: String) -> [Safetensors.Tensor] {
    networks.enumerated().flatMap { index, network in
      network.tensors(prefix: prefix + key("", index, of: networks.count))
    }
  }

  private static func networks(
    in file: Safetensors, prefix: String
  ) throws(ModelFileError) -> [Network] {
    let architectures: [Architecture]
    do throws(ModelError) {
      architectures = try Self.architectures(in: file.metadata, prefix: prefix)
    } catch {
      throw .model(error)
    }
    var networks: [Network] = []
    for (index, architecture) in architectures.enumerated() {
      do throws(NetworkFileError) {
        networks.append(
          try Network(
            architecture, from: file, prefix: prefix + Self.key("", index, of: architectures.count)))
      } catch {
        throw .network(error)
      }
    }
    return networks
  }
}
