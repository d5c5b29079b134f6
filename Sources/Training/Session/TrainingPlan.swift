// From a recipe and its data to the runs that train its networks, and from the networks to a model.

package import Datasets
package import NeuralNetwork
import Preprocessing
package import Recognition

/// Why a recipe gives no model.
package enum TrainingPlanError: Error, Sendable, CustomStringConvertible {
  /// The recipe is contradictory, or one of its values is not supported.
  case recipe(String)
  /// The data cannot be read.
  case data(DataError)
  /// The trained networks are no valid model.
  case model(ModelError)
  /// The trained networks give results that are not finite numbers.
  case results(ModelResultError)

  /// One sentence.
  package var description: String {
    switch self {
    case .recipe(let text): text
    case .data(let error): error.description
    case .model(let error): error.description
    case .results(let error): error.description
    }
  }
}

/// A recipe with its data in memory.
package struct TrainingPlan: Sendable {
  /// The recipe.
  package let recipe: Recipe
  /// The classes of the network's outputs.
  package let classes: Classes
  /// The validation data.
  package let validationSet: ValidationSet
  /// How the validation data was chosen, for the model card.
  package var split: String { data.split }
  /// The training data in words, for the model card.
  package let dataSummary: String
  /// A hash of the data.
  let fingerprint: String
  private let architecture: Architecture
  private let normalizer: InputNormalizer
  private let data: TrainingData

  /// The number of parameters of each network.
  package var parameterCount: Int { architecture.parameterCount }

  /// Checks the recipe and reads its data.
  package init(_ recipe: Recipe, from locator: DatasetLocator) throws(TrainingPlanError) {
    self.recipe = recipe
    classes = recipe.backgroundShare > 0 ? .digitsOrNone : .digits
    architecture = try recipe.parsedArchitecture(for: classes)
    guard let normalizer = InputNormalizer(recipe.preprocessing) else {
      throw .recipe(
        "'preprocessing': expected words such as 'pen 2.2' or 'deskew', found '\(recipe.preprocessing)'")
    }
    self.normalizer = normalizer
    if let contradiction = recipe.contradiction { throw .recipe(contradiction) }
    do throws(DataError) { data = try TrainingData(recipe, from: locator) } catch { throw .data(error) }
    validationSet = ValidationSet(data, normalizer: normalizer)
    fingerprint = data.fingerprint
    dataSummary = data.summary(withNonDigits: recipe.backgroundShare > 0)
    guard batchMaker(ofNetwork: 0).digitsPerEpoch > 0 else {
      throw .recipe(
        "an epoch has no digit to learn from (\(dataSummary)): name more data, or raise 'stroke-share'")
    }
  }

  /// The batches of one network of the ensemble.
  package func batchMaker(ofNetwork index: Int) -> BatchMaker {
    let normalizer = normalizer
    return BatchMaker(data, recipe: recipe.recipe(ofNetwork: index), background: classes.labels.count) {
      normalizer.draw($0, withRandomPen: &$1, into: $2)
    }
  }

  /// The training of one network of the ensemble, before its first step.
  package func run(
    ofNetwork index: Int, threads: Int, predict: @escaping ValidationSet.Predictor,
    clock: @escaping () -> Double
  ) -> TrainingRun {
    let recipe = recipe.recipe(ofNetwork: index)
    let maker = batchMaker(ofNetwork: index)
    let network = Network(architecture, seed: recipe.seed, initializer: recipe.initializer)
    let trainer = recipe.makeTrainer(for: network, batchSize: maker.batchSize, threads: threads)
    let validationSet = validationSet
    let validate: ((Network) -> ValidationResult)? =
      validationSet.isEmpty ? nil : { validationSet.evaluate([$0], predict: predict) }
    return TrainingRun(recipe, maker: maker, trainer: trainer, validate: validate, clock: clock)
  }

  /// The calibrated model of trained networks with its rule of refusal and its model card.
  ///
  /// It does not depend on the clock: the same recipe gives the same bytes.
  package func model(
    _ trained: TrainedNetworks, predict: (_ network: Network, _ inputs: [Float]) -> [Float]
  ) throws(TrainingPlanError) -> Model {
    var facts = [
      "about": recipe.about, "recipe": recipe.text, "learnt_from": dataSummary, "split": split,
      "epochs": "\(trained.history.rows.last?.epoch ?? 0)",
    ]
    if !validationSet.isEmpty {
      let result = validationSet.evaluate(trained.networks, predict: predict)
      facts["validation_accuracy"] = "\(result.accuracy)"
      facts["stroke_validation_accuracy"] = result.strokeAccuracy.map { "\($0)" }
    }
    var model: Model
    do throws(ModelError) {
      model = try Model(
        name: recipe.name, networks: trained.networks, classes: classes, preprocessing: recipe.preprocessing,
        facts: facts.filter { !$0.value.isEmpty })
    } catch {
      throw .model(error)
    }
    do throws(ModelResultError) {
      try validationSet.calibrate(&model, refusedShare: recipe.refusedShare, predict: predict)
    } catch {
      throw .results(error)
    }
    return model
  }
}

extension Recipe {
  /// The architecture, whose input must be a picture and whose outputs must be the classes.
  fileprivate func parsedArchitecture(for classes: Classes) throws(TrainingPlanError) -> Architecture {
    guard !architecture.isEmpty else {
      throw .recipe("the recipe has no architecture: add a line such as 'architecture: 28x28-16C5-P2-128-10'")
    }
    let parsed: Architecture
    do throws(ArchitectureError) {
      parsed = try Architecture(architecture)
    } catch {
      throw .recipe("'architecture': \(error)")
    }
    guard parsed.input.count == Batch.inputSize else {
      throw .recipe(
        "'architecture': expected an input of \(Batch.inputSize) values, found \(parsed.input); "
          + "begin it with 28x28 or 784")
    }
    guard parsed.outputs == classes.outputs else {
      let names = "ten digits\(classes.hasBackground ? " and 'no digit'" : "")"
      throw .recipe(
        "'architecture': expected \(classes.outputs) outputs (\(names)), found \(parsed.outputs)")
    }
    return parsed
  }
}

extension TrainingData {
  /// The counts of the training data in words.
  fileprivate func summary(withNonDigits: Bool) -> String {
    var parts = ["\(pictures.count) pictures"]
    let digits = strokes.reduce(0) { $0 + $1.count }
    if digits > 0 { parts.append("\(digits) drawn digits") }
    if withNonDigits {
      parts.append(
        "\(nonDigitStrokes.count + nonDigitPictures.count) symbols that are no digit, and made ones")
    }
    return parts.joined(separator: ", ")
  }
}
