// Models by the word that names them on the command line: a file, a shipped model, or a folder with two matrices.

import Basics
import Formats
import NeuralNetwork
package import Recognition

extension Model {
  /// The name of the model that reads where none is named.
  package static let flagship = "inkling"

  /// Loads the model that a word names.
  package init(named word: String) throws(Failure) {
    guard let path = ShippedFiles.path(word, ending: "safetensors") else {
      if Path.kind(of: word) == .folder {
        try self.init(matricesIn: word)
        return
      }
      throw ShippedFiles.missing("model", word, ending: "safetensors")
    }
    let bytes = try readFile(path, limit: Self.mostFileBytes)
    do throws(ModelFileError) { try self.init(bytes: bytes) } catch { throw .badData("'\(path)': \(error)") }
  }

  /// Loads the network of a folder's Theta1.txt and Theta2.txt.
  private init(matricesIn folder: String) throws(Failure) {
    let theta1 = try readFile(Path.join(folder, "Theta1.txt"), limit: Self.mostFileBytes)
    let theta2 = try readFile(Path.join(folder, "Theta2.txt"), limit: Self.mostFileBytes)
    let network: Network
    do throws(ThetaError) { network = try ThetaText.network(theta1: theta1, theta2: theta2) } catch {
      throw .badData("'\(folder)': \(error)")
    }
    let outputs = network.architecture.outputs
    let classes = outputs == 10 ? Classes.digits : Classes(labels: (0..<outputs).map(String.init))
    do throws(ModelError) {
      try self.init(name: Path.name(of: folder), networks: [network], classes: classes)
    } catch {
      throw .badData("'\(folder)': \(error)")
    }
  }
}

extension Recognizer {
  /// Makes a recognizer with the model that a word names, the flagship where there is none.
  package init(
    named word: String?, mode: ReadingMode = .digits, language: LanguageModel? = nil, threads: Int = 1
  ) throws(Failure) {
    let word = word ?? Model.flagship
    let model = try Model(named: word)
    do throws(ModelError) { try self.init(model, mode: mode, language: language, threads: threads) } catch {
      throw .badData("'\(word)': \(error)")
    }
  }
}

extension LanguageModel {
  /// Loads the shipped languages; without any, the model has none.
  package static func shipped() throws(Failure) -> LanguageModel {
    try LanguageModel(named: ShippedFiles.names(ending: CharacterNGrams.ending))
  }

  /// Loads languages, each a file or the name of a shipped one.
  package init(named words: [String]) throws(Failure) {
    var languages: [CharacterNGrams] = []
    for word in words {
      guard let path = ShippedFiles.path(word, ending: CharacterNGrams.ending) else {
        throw ShippedFiles.missing("language", word, ending: CharacterNGrams.ending)
      }
      let bytes = try readFile(path)
      do throws(FormatError) { languages.append(try CharacterNGrams(bytes: bytes)) } catch {
        throw .badData("'\(path)': \(error)")
      }
    }
    self.init(languages)
  }
}

extension Arguments {
  /// The languages of the options `--language` and `--no-language`: those that are named, or the shipped ones.
  package func language() throws(Failure) -> LanguageModel? {
    let named = texts("language")
    if has("no-language") {
      if !named.isEmpty { throw .usage("--language and --no-language do not go together") }
      return nil
    }
    return try named.isEmpty ? .shipped() : LanguageModel(named: named)
  }

  /// The value of the option `--mode`.
  package func mode() throws(Failure) -> ReadingMode { try choice("mode", of: ReadingMode.self) ?? .digits }
}

extension Command.Option {
  /// `--language`, for commands that read text.
  package static let language = Command.Option.value(
    "language", "NAME|FILE", "a language that helps to read text (default: all shipped ones)", repeats: true)

  /// `--no-language`, for commands that read text.
  package static let noLanguage = Command.Option.flag(
    "no-language", "read text as it is written: for codes and names")

  /// `--mode`, for commands that read.
  package static let mode = Command.Option.value(
    "mode", ReadingMode.allCases.map(\.rawValue).joined(separator: "|"), "what is read (default: digits)")
}
