// The validation data of a fused model: symbols of all characters, as strokes and as pictures.

import Augmentation
import Basics
import Ink
import NeuralNetwork
import Preprocessing
import Recognition

/// Validation symbols with the probabilities that each part of a model gives them.
struct FusionSamples {
  /// The label of each symbol; nil for a symbol of no class.
  private(set) var labels: [String?] = []
  /// The size of each symbol, where it is known.
  private(set) var sizes: [Double?] = []
  /// For each part a row of probabilities for each symbol; nil for a part that cannot read these symbols.
  private(set) var rows: [[[Double]]?]

  /// Asks all parts for symbols drawn with strokes.
  ///
  /// - Parameters:
  ///   - symbols: The symbols.
  ///   - classes: The classes of their labels.
  ///   - parts: The parts of the model.
  ///   - asPictures: Whether the symbols are given as pictures alone.
  ///   - normalizer: How ink becomes a picture.
  ///   - predict: Computes a network.
  init(
    _ symbols: [LabelledPolylines], classes: Classes, parts: [ModelPart], asPictures: Bool,
    normalizer: InputNormalizer, predict: ValidationSet.Predictor
  ) {
    labels = symbols.map { $0.label < classes.labels.count ? classes.labels[$0.label] : nil }
    sizes = symbols.map { $0.relativeSize.map(Double.init) }
    rows = parts.map { part in
      if asPictures, part.input == .trajectory { return nil }
      let format: InputFormat = part.input == .trajectory ? .trajectory : .picture(normalizer)
      let batch = ValidationSet.batch(symbols, format)
      return part.networks.meanProbabilities(batch, predict)
    }
  }

  /// Asks the parts that read pictures.
  init(
    _ pictures: PictureSet, classes: Classes, parts: [ModelPart], predict: ValidationSet.Predictor
  ) {
    labels = pictures.labels.map { classes.labels[Int($0)] }
    sizes = labels.map { _ in nil }
    rows = parts.map { part in
      part.input == .trajectory ? nil : part.networks.meanProbabilities(pictures.batch, predict)
    }
  }

  /// The symbols of two sets, asked of the same parts.
  static func + (a: FusionSamples, b: FusionSamples) -> FusionSamples {
    var result = a
    result.labels += b.labels
    result.sizes += b.sizes
    result.rows = zip(a.rows, b.rows).map { first, second in
      if let first, let second { first + second } else { nil }
    }
    return result
  }
}
