// A model that a command is given: a file, the name of a shipped one, or a folder with two text matrices.

import Formats
import NeuralNetwork
import Recognition

extension Model {
  /// The model that a word of the command line means.
  static func read(_ word: String) throws(Failure) -> Model {
    if Path.kind(of: word) == .folder { return try readMatrices(in: word) }
    guard let path = ShippedFiles.path(word, ending: "safetensors") else {
      let names = ShippedFiles.names(ending: "safetensors")
      let known = names.isEmpty ? "none is shipped here" : "shipped are \(names.joined(separator: ", "))"
      throw .noInput("no model '\(word)': give a .safetensors file or a shipped model's name (\(known))")
    }
    let bytes: [UInt8]
    do throws(FileError) { bytes = try File.read(path) } catch { throw Failure(error) }
    do throws(ModelFileError) { return try Model(bytes: bytes) } catch {
      throw .badData("'\(path)': \(error)")
    }
  }

  /// The network of Theta1.txt and Theta2.txt.
  private static func readMatrices(in folder: String) throws(Failure) -> Model {
    var texts: [[UInt8]] = []
    for name in ["Theta1.txt", "Theta2.txt"] {
      do throws(FileError) { texts.append(try File.read(Path.join(folder, name))) } catch {
        throw Failure(error)
      }
    }
    let network: Network
    do throws(ThetaError) {
      network = try ThetaText.network(theta1: texts[0], theta2: texts[1])
    } catch {
      throw .badData("'\(folder)': \(error)")
    }
    let classes = network.architecture.outputs == 10 ? Classes.digits : Classes(labels: network.outputNames)
    do throws(ModelError) {
      return try Model(name: Path.name(of: folder), networks: [network], classes: classes)
    } catch {
      throw .badData("'\(folder)': \(error)")
    }
  }
}

extension Network {
  /// Numbers for the outputs, where nobody says what they stand for.
  fileprivate var outputNames: [String] { (0..<architecture.outputs).map(String.init) }
}
