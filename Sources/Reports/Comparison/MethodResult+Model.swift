// The result of a model that was trained before.

import Basics
import ClassicalMethods
import Evaluation
import Formats
import Ink
import NeuralNetwork
import Preprocessing
import Recognition
import Training

extension MethodResult {
  /// Reads the test pictures with the model of a file.
  ///
  /// Its training time and learning curve come from the history beside the file, if there is one.
  init(modelFile path: String, name: String, test: Samples, threads: Int) throws(ComparisonError) {
    let file = try LoadedModel(path)
    let model = file.model
    guard model.inputShape.count == test.pictures.columns, model.classes.labels.count == 10 else {
      throw .unsuitableModel(path: path)
    }
    let recognizer: Recognizer
    do throws(ModelError) { recognizer = try Recognizer(model, threads: threads) } catch {
      throw .modelFile(path: path, .model(error))
    }
    let inputs = Self.inputs(test)
    PeakMemory.reset()
    let began = MonotonicClock.seconds
    let answers: [UInt8]
    do throws(ModelResultError) {
      answers = try recognizer.answers(to: inputs).map { UInt8(recognizer.classes.labels[$0.best]) ?? 0 }
    } catch {
      throw .modelResult(error)
    }
    let seconds = MonotonicClock.seconds - began
    let parameterCount = model.parts.flatMap(\.networks).reduce(0) { $0 + $1.parameters.count }
    let epochs = TrainingFiles(model: path).epochs?.rows ?? []
    self.init(
      method: name,
      parameters: [
        Parameter(name: "architecture", value: ModelCard.architecture(of: model)),
        Parameter(name: "weights", value: "\(parameterCount)"),
      ], answers: answers, trainSeconds: epochs.last?.seconds, predictSeconds: seconds, bytes: file.size)
    memory = PeakMemory.peak
    // Networks that answer together were trained one after the other; the curve is the first one's.
    errorByPasses = epochs.prefix(epochs.count / max(1, model.networks.count)).compactMap { row in
      row.accuracy.map { Point(count: row.epoch, error: 1 - $0) }
    }
    pictures = model.networks.first.map(Self.firstLayer) ?? []
  }

  private static func inputs(_ test: Samples) -> [SymbolInput] {
    let columns = test.pictures.columns
    return (0..<test.count).map { row in
      var picture = Coverage(width: InputNormalizer.side, height: InputNormalizer.side)
      picture.levels = test.pictures.values[(row * columns)..<((row + 1) * columns)].map {
        UInt8(clamping: ($0 * 255).rounded())
      }
      return SymbolInput(picture: picture)
    }
  }

  /// The first layer's weights, a picture for each filter or unit, at most a hundred.
  private static func firstLayer(_ network: Network) -> [Picture] {
    guard let tensor = network.architecture.tensors.first(where: { $0.role == .weight }),
      let filters = tensor.shape.first, filters > 0
    else { return [] }
    let weights = Matrix(rows: filters, columns: tensor.count / filters, values: network[tensor])
    return Array(Picture.all(weights).prefix(100))
  }
}

/// A model with the size of its file.
struct LoadedModel {
  let model: Model
  let size: Int

  init(_ path: String) throws(ComparisonError) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try File.read(path) } catch { throw .file(error) }
    do throws(ModelFileError) { model = try Model(bytes: bytes) } catch {
      throw .modelFile(path: path, error)
    }
    size = bytes.count
  }
}
