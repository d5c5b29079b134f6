// Makes one model of several trained ones, which answer together in every mode.

import Augmentation
import CLibrary
package import Datasets
import Preprocessing
package import Recognition

/// Why trained models give no fused model.
package enum ModelFusionError: Error, CustomStringConvertible {
  /// The data cannot be read.
  case data(DataError)
  /// The parts do not fit together.
  case model(ModelError)
  /// The recipe names no parts.
  case noParts
  /// There is no validation data to choose the weights with.
  case noValidation

  /// One sentence.
  package var description: String {
    switch self {
    case .data(let error): error.description
    case .model(let error): error.description
    case .noParts: "the recipe names no parts"
    case .noValidation:
      "the recipe holds no writer out, so that the parts cannot be weighed: "
        + "add a line such as 'held-out: unipen-chars 30'"
    }
  }
}

/// Makes one model of several trained ones.
package enum ModelFusion {
  /// The fused model: the first part's networks, the others beside them, and for each mode their weights, calibration
  /// and refusal rule, chosen on the validation data of a recipe.
  ///
  /// - Parameters:
  ///   - parts: The trained models; the first one reads digits from pictures.
  ///   - recipe: Names the data and what of it is held out.
  ///   - locator: Finds the data.
  ///   - predict: Computes a network.
  /// - Returns: The fused model.
  /// - Throws: `ModelFusionError` if the data cannot be read or the parts do not fit together.
  package static func model(
    of parts: [Model], recipe: Recipe, from locator: DatasetLocator, predict: ValidationSet.Predictor
  ) throws(ModelFusionError) -> Model {
    guard let first = parts.first else { throw .noParts }
    let data: TrainingData
    do throws(DataError) {
      data = try TrainingData(recipe, classes: .symbols, from: locator)
    } catch {
      throw .data(error)
    }
    guard !data.validationStrokes.isEmpty else { throw .noValidation }
    var model: Model
    do throws(ModelError) {
      model = try Model(
        name: recipe.name, networks: first.networks, classes: first.classes,
        preprocessing: first.preprocessing,
        temperature: first.temperature, refusal: first.refusal,
        companions: parts.dropFirst().map { ModelPart(networks: $0.networks, classes: $0.classes) },
        sizes: SizePrior(of: data.strokes.samples, classes: .symbols), facts: first.facts)
    } catch {
      throw .model(error)
    }
    model.facts["about"] = recipe.about
    model.facts["recipe"] = recipe.text
    model.facts["split"] = data.split
    let normalizer = InputNormalizer(first.preprocessing) ?? .usual
    let symbols = data.validationStrokes + data.validationForeign
    func samples(asPictures: Bool) -> FusionSamples {
      FusionSamples(
        symbols, classes: .symbols, parts: model.parts, asPictures: asPictures, normalizer: normalizer,
        predict: predict)
    }
    let strokes = samples(asPictures: false)
    let scans = FusionSamples(
      data.validation, classes: .symbols, parts: model.parts, predict: predict)
    let pictures = samples(asPictures: true) + scans
    for mode in ReadingMode.allCases {
      // The networks for digits alone know nothing that other modes ask.
      let mayCount = model.parts.map { part in
        mode == .digits || Set(mode.classes.labels).isSubset(of: part.classes.labels)
      }
      let fusion = FusionFitting(model, mode: mode, samples: strokes)
        .fusion(of: mayCount, refusedShare: recipe.refusedShare)
      // Pictures of digits are left to the networks for digits, which know scans best and were calibrated on them.
      model.fusions[mode] = ModeFusion(
        strokes: fusion,
        pictures: mode == .digits
          ? Fusion(
            weights: model.parts.indices.map { $0 == 0 ? 1 : 0 }, temperature: first.temperature,
            refusal: first.refusal)
          : FusionFitting(model, mode: mode, samples: pictures)
            .fusion(of: mayCount, refusedShare: recipe.refusedShare))
    }
    return model
  }
}

extension SizePrior {
  /// Measures how large each character is written.
  fileprivate init(of samples: [LabelledPolylines], classes: Classes) {
    var logarithms: [Int: [Double]] = [:]
    for sample in samples {
      guard let size = sample.relativeSize, size > 0 else { continue }
      logarithms[sample.label, default: []].append(log2(max(Double(size), 1e-3)))
    }
    self.init(means: [:], deviations: [:])
    for (label, values) in logarithms {
      // The quartiles: some writers' scales are wrong.
      let sorted = values.sorted()
      let low = sorted[sorted.count / 4]
      let high = sorted[sorted.count * 3 / 4]
      means[classes.labels[label]] = sorted[sorted.count / 2]
      deviations[classes.labels[label]] = max((high - low) / 1.349, Self.minDeviation)
    }
  }
}
