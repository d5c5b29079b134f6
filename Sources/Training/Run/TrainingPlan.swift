// From a recipe and data to a run that may begin, and from its network to a model that may be used.

package import Datasets
package import NeuralNetwork
import Preprocessing
package import Recognition

/// Why a recipe cannot be run.
package enum TrainingPlanError: Error, Sendable, CustomStringConvertible {
  /// The recipe contradicts itself or asks for what is not there.
  case recipe(String)
  /// The data.
  case data(DataError)
  /// What was trained makes no model.
  case model(ModelError)
  /// What was trained gives results that are not finite numbers.
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

/// A recipe with its data in memory, ready to run.
package struct TrainingPlan: Sendable {
  /// The recipe.
  package let recipe: Recipe
  /// What the network's outputs stand for.
  package let classes: Classes
  private let architecture: Architecture
  private let fitting: InputNormalizer
  private let data: TrainingData
  /// What judges.
  package let watch: ValidationSet
  /// How the validation data was chosen.
  package let split: String
  /// Training pictures and strokes, for the card.
  package let material: String
  /// What tells its data from other data.
  let fingerprint: String

  /// The numbers in each of its networks.
  package var parameterCount: Int { architecture.parameterCount }

  /// Reads the data and lays everything out.
  package init(_ recipe: Recipe, from place: DatasetLocator) throws(TrainingPlanError) {
    self.recipe = recipe
    classes = recipe.backgroundShare > 0 ? .digitsOrNone : .digits
    guard !recipe.architecture.isEmpty else {
      throw .recipe("the recipe has no architecture: add a line such as 'architecture: 28x28-16C5-P2-128-10'")
    }
    do throws(ArchitectureError) {
      architecture = try Architecture(recipe.architecture)
    } catch {
      throw .recipe("'architecture': \(error)")
    }
    guard architecture.input.count == Batch.inputSize else {
      throw .recipe(
        "'architecture': expected an input of \(Batch.inputSize) values, found \(architecture.input); "
          + "begin it with 28x28 or 784")
    }
    guard architecture.outputs == classes.outputs else {
      throw .recipe(
        "'architecture': expected \(classes.outputs) outputs (ten digits\(classes.hasBackground ? " and 'no digit'" : "")), "
          + "found \(architecture.outputs)")
    }
    guard let fitting = InputNormalizer(recipe.preprocessing) else {
      throw .recipe(
        "'preprocessing': expected words such as 'pen 2.2' or 'deskew', found '\(recipe.preprocessing)'")
    }
    self.fitting = fitting
    if let contradiction = recipe.contradiction { throw .recipe(contradiction) }
    do throws(DataError) { data = try TrainingData(recipe, from: place) } catch { throw .data(error) }
    watch = ValidationSet(data, fitting: fitting)
    split = data.split
    fingerprint = data.fingerprint
    var words = ["\(data.pictures.count) pictures"]
    let strokes = data.strokes.reduce(0) { $0 + $1.count }
    if strokes > 0 { words.append("\(strokes) drawn digits") }
    if recipe.backgroundShare > 0 {
      words.append(
        "\(data.foreignStrokes.count + data.foreignPictures.count) symbols that are no digit, and made ones")
    }
    material = words.joined(separator: ", ")
    guard maker(ofNetwork: 0).digitsPerEpoch > 0 else {
      throw .recipe(
        "an epoch has no digit to learn from (\(material)): name more data, or raise 'stroke-share'")
    }
  }

  /// The batches that one of the recipe's networks learns from.
  package func maker(ofNetwork index: Int) -> BatchMaker {
    let fitting = fitting
    return BatchMaker(data, recipe: recipe.forNetwork(index), background: classes.labels.count) {
      trail, random, target in
      fitting.drawVaried(trail, random: &random, into: target)
    }
  }

  /// The training of one of the recipe's networks, before its first step.
  package func run(
    ofNetwork index: Int, threads: Int, predict: @escaping ValidationSet.Predict,
    clock: @escaping () -> Double
  ) -> TrainingRun {
    let recipe = recipe.forNetwork(index)
    let maker = maker(ofNetwork: index)
    let network = Network(architecture, seed: recipe.seed, initializer: recipe.start)
    let engine = TrainerFactory.engine(for: recipe, network, batchSize: maker.batchSize, threads: threads)
    let watch = watch
    let judge: ((Network) -> Verdict)? =
      watch.isEmpty ? nil : { watch.verdict(on: [$0], predict: predict) }
    return TrainingRun(recipe, maker: maker, engine: engine, judge: judge, clock: clock)
  }

  /// The model that trained networks make: calibrated, with its rule of refusal and what its card says.
  ///
  /// Nothing in it depends on the clock: the same recipe gives the same bytes.
  package func model(
    _ trained: TrainedNetworks, predict: (_ network: Network, _ inputs: [Float], _ count: Int) -> [Float]
  ) throws(TrainingPlanError) -> Model {
    var facts = [
      "about": recipe.about, "recipe": recipe.text, "learnt_from": material, "split": split,
      "epochs": "\(trained.history.rows.last?.epoch ?? 0)",
    ]
    if !watch.isEmpty {
      let verdict = watch.verdict(on: trained.networks, predict: predict)
      facts["validation_accuracy"] = "\(verdict.accuracy)"
      facts["stroke_validation_accuracy"] = verdict.strokeAccuracy.map { "\($0)" }
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
      try watch.calibrate(&model, refused: recipe.refused, predict: predict)
    } catch {
      throw .results(error)
    }
    return model
  }
}

extension Recipe {
  /// What in the recipe would be silently left out, as a sentence; nil where everything in it counts.
  package var contradiction: String? {
    if pictures.isEmpty, strokes.isEmpty {
      return "the recipe names no data to learn from: add a line such as 'pictures: mnist'"
    }
    if !strokes.isEmpty, strokeShare == 0 {
      return "'stroke-share' is 0, so nothing would be learnt from \(strokes.joined(separator: ", ")): "
        + "give it a share such as 0.12, or name no strokes"
    }
    if !foreign.isEmpty, backgroundShare == 0 {
      return "'background-share' is 0, so nothing would be learnt from \(foreign.joined(separator: ", ")): "
        + "give it a share such as 0.12, or leave 'foreign' empty"
    }
    if optimizer == .lbfgs, batch != 0 {
      return "L-BFGS learns from all samples at once: "
        + "say 'batch: 0' instead of \(batch), or choose another optimizer"
    }
    return nil
  }
}
