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
  private let format: InputFormat
  private let data: TrainingData

  /// The number of parameters of each network.
  package var parameterCount: Int { architecture.parameterCount }

  /// Checks the recipe and reads its data.
  package init(_ recipe: Recipe, from locator: DatasetLocator) throws(TrainingPlanError) {
    self.recipe = recipe
    classes = recipe.outputClasses
    architecture = try recipe.parsedArchitecture(for: classes)
    guard let normalizer = InputNormalizer(recipe.preprocessing) else {
      throw .recipe(
        "'preprocessing': expected words such as 'pen 2.2' or 'deskew', found '\(recipe.preprocessing)'")
    }
    guard let format = InputFormat(architecture.input, normalizer: normalizer) else {
      throw .recipe(
        "'architecture': expected an input of 28x28 for pictures, or of "
          + "1x\(Trajectory.points)x\(Trajectory.channels) for the path of the pen, found \(architecture.input)"
      )
    }
    self.format = format
    if let contradiction = recipe.contradiction { throw .recipe(contradiction) }
    do throws(DataError) {
      data = try TrainingData(recipe, classes: classes, from: locator)
    } catch {
      throw .data(error)
    }
    validationSet = ValidationSet(data, classes: classes, format: format)
    fingerprint = data.fingerprint
    dataSummary = data.summary(withForeign: recipe.backgroundShare > 0)
    guard batchMaker(ofNetwork: 0).knownPerEpoch > 0 else {
      throw .recipe(
        "an epoch has no symbol to learn from (\(dataSummary)): name more data, or raise 'stroke-share'")
    }
  }

  /// The batches of one network of the ensemble.
  package func batchMaker(ofNetwork index: Int) -> BatchMaker {
    BatchMaker(data, recipe: recipe.recipe(ofNetwork: index), classes: classes, format: format)
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
    guard parsed.outputs == classes.outputs else {
      let names =
        self.classes == .digits
        ? "ten digits\(classes.hasBackground ? " and 'no digit'" : "")"
        : "\(classes.labels.count) characters and 'no symbol'"
      throw .recipe(
        "'architecture': expected \(classes.outputs) outputs (\(names)), found \(parsed.outputs)")
    }
    return parsed
  }
}

extension TrainingData {
  /// The counts of the training data in words.
  fileprivate func summary(withForeign: Bool) -> String {
    var parts = ["\(pictures.count) pictures"]
    if strokes.count > 0 { parts.append("\(strokes.count) drawn symbols") }
    if withForeign {
      parts.append(
        "\(foreignStrokes.count + foreignPictures.count) symbols of no class, and made ones")
    }
    return parts.joined(separator: ", ")
  }
}
