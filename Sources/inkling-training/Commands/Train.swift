// `inkling train`: trains a model by a recipe.

import Basics
import CommandSupport
import Datasets
import Evaluation
import Formats
import Recognition
import Reports
import Training

extension Command {
  static let train = Command(
    "train", position: 70, summary: "Train a model by a recipe", operands: "RECIPE", operandCount: 1...1,
    options: [
      .value("data", "DIR", "the folder with the data sets (default: $INKLING_DATA)"),
      .value("to", "FILE", "the model's file (default: NAME.safetensors here)"),
      .value("threads", "N", "the number of threads (default: 2); the result does not depend on it"),
      .flag("resume", "continue from the checkpoint of a training that was stopped"),
    ] + RecipeField.all.map { .value($0.name, $0.value, $0.help) },
    discussion: """
      RECIPE is a file, or the name of a shipped recipe: \
      \(ShippedFiles.names(ending: "recipe").joined(separator: ", ")). Each of its fields is an option too.
      The recipe, a history (.csv) and curves (.svg) are written beside the model. Nothing is trained if another
      recipe is there already. A checkpoint (.checkpoint) is saved after each epoch, or less often where epochs
      are quick. Ctrl-C, the end of the terminal and a closed pipe save one and end the training; --resume
      continues from it with the same result. It is removed when the model is written.
      Exit codes: 0 success, 1 failure, 64 wrong arguments, 65 damaged data, 66 missing data, 130 Ctrl-C.
      """
  ) { arguments throws(Failure) in
    let (recipe, path) = try recipe(arguments.operands[0], arguments)
    let files = TrainingFiles(model: arguments.text("to") ?? recipe.name + ".safetensors")
    let locator = DatasetLocator(of: arguments)
    let model =
      recipe.parts.isEmpty
      ? try train(recipe, files, from: locator, arguments, resumes: arguments.has("resume"))
      : try trainParts(of: recipe, at: path, files, from: locator, arguments)
    var summary = "wrote \(files.model)"
    for (fact, name) in [
      ("validation_accuracy", "validation accuracy"), ("stroke_validation_accuracy", "on strokes"),
    ] {
      guard let accuracy = model.facts[fact].flatMap({ Double($0) }) else { continue }
      summary += ", \(name) \(NumberText.percent(accuracy)) %"
    }
    printLine(summary)
  }

  /// Trains the networks of a recipe.
  private static func train(
    _ recipe: Recipe, _ files: TrainingFiles, from locator: DatasetLocator, _ arguments: Arguments,
    resumes: Bool
  ) throws(Failure) -> Model {
    let threads = try arguments.integer("threads", in: 1...64) ?? 2
    return try ProgressLine.showing { (line) throws(TrainingSessionError) in
      try files.verify(for: recipe)
      var session = try TrainingSession(
        recipe, from: locator, files: files, threads: threads, clock: { MonotonicClock.seconds })
      if resumes { try session.resume() }
      Interruption.watch()
      printError(
        "\(recipe.name): \(session.plan.parameterCount) parameters, learning from \(session.plan.dataSummary); "
          + session.plan.split)
      return try session.train(
        isInterrupted: { Interruption.isRequested },
        report: { network, progress in show(progress, ofNetwork: network, recipe, in: &line) },
        drawCurves: { TrainingCurves.svg(of: $0, title: $1) })
    }
  }

  /// Trains the models of a recipe's parts, each in a folder beside the model, and fuses them.
  ///
  /// A part whose model is there already, trained by the same recipe, is not trained again.
  private static func trainParts(
    of recipe: Recipe, at path: String, _ files: TrainingFiles, from locator: DatasetLocator,
    _ arguments: Arguments
  ) throws(Failure) -> Model {
    var parts: [Model] = []
    for name in recipe.parts {
      let file = Path.join(Path.folder(of: path), name + ".recipe")
      let (part, _) = try self.recipe(file, arguments, without: ["name", "about", "parts"])
      let own = files.part(name)
      if let known = try? Model(named: own.model),
        let text = known.facts["recipe"], (try? Recipe(text: text)) == part
      {
        printError("\(name): trained already, '\(own.model)'")
        parts.append(known)
        continue
      }
      try makeFolder(Path.folder(of: own.model))
      let resumes = arguments.has("resume") && Path.kind(of: own.checkpoint) != nil
      parts.append(try train(part, own, from: locator, arguments, resumes: resumes))
    }
    printError("\(recipe.name): weighing \(recipe.parts.joined(separator: ", "))")
    let threads = try arguments.integer("threads", in: 1...64) ?? 2
    let predict = ValidationSet.predictor(threads: threads)
    var model: Model
    do throws(ModelFusionError) {
      model = try ModelFusion.model(of: parts, recipe: recipe, from: locator, predict: predict)
    } catch {
      throw .couldNot("\(error)")
    }
    if let writers = recipe.heldOut[marginSet] {
      printError("\(recipe.name): choosing the margins of verdicts on exercises")
      do throws(EvaluationError) {
        try model.chooseMargins(marginSet, writers: writers, from: locator, threads: threads)
      } catch {
        throw .couldNot("\(error)")
      }
    }
    try writeFile(model.bytes, to: files.model, replacing: true)
    return model
  }

  /// The set whose held-out writers write the exercises with which margins are chosen.
  private static let marginSet = "unipen-chars"

  /// Shows the progress of a training on standard error.
  private static func show(
    _ progress: TrainingSession.Progress, ofNetwork network: Int, _ recipe: Recipe,
    in line: inout ProgressLine
  ) {
    switch progress {
    case .step(let step):
      line.show(
        progressText(
          TrainingProgressText(step, epochs: recipe.epochs, network: network, of: recipe.networks)))
    case .epoch(let row):
      let prefix = recipe.networks > 1 ? "network \(network) of \(recipe.networks), " : ""
      line.settle(prefix + text(row, of: recipe))
    case .end(let end):
      line.clear()
      if end == .noImprovement {
        printError("validation has not become better for \(recipe.patience) epochs: done")
      } else if end == .lossBelowThreshold {
        printError("the loss is below \(recipe.stopBelow): done")
      }
    }
  }

  /// The text that fits into the terminal's line, after a bar where there is space for one.
  private static func progressText(_ words: TrainingProgressText) -> String {
    let bar = ProgressLine.bar(words.share) + " "
    let text = words.fitting(ProgressLine.columns - 1)
    return bar.count + text.count < ProgressLine.columns ? bar + text : text
  }

  private static func text(_ row: History.Row, of recipe: Recipe) -> String {
    var text = "epoch \(row.epoch)/\(recipe.epochs): loss \(NumberText.fixed(row.loss, 5))"
    if let accuracy = row.accuracy { text += ", validation \(NumberText.percent(accuracy)) %" }
    if let accuracy = row.strokeAccuracy { text += ", strokes \(NumberText.percent(accuracy)) %" }
    return text + ", \(Int(clamping: row.speed)) samples/s, \(time(row.seconds))"
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(clamping: min(max(0, seconds), 1e9))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }

  /// The recipe that a word names, with the changes of the options, and its file.
  private static func recipe(
    _ name: String, _ arguments: Arguments, without fields: Set<String> = []
  ) throws(Failure) -> (recipe: Recipe, path: String) {
    guard let path = ShippedFiles.path(name, ending: "recipe") else {
      let names = ShippedFiles.names(ending: "recipe").joined(separator: ", ")
      throw .noInput("there is no recipe '\(name)'; name a file, or one of the shipped recipes: \(names)")
    }
    let bytes = try readFile(path, limit: 1 << 20)
    var recipe: Recipe
    do throws(RecipeError) {
      recipe = try Recipe(text: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw .badData("'\(path)', \(error)")
    }
    for field in RecipeField.all where !fields.contains(field.name) {
      guard let text = arguments.text(field.name) else { continue }
      do throws(RecipeError) {
        try recipe.set(field.name, to: text)
      } catch {
        throw .usage(error.description)
      }
    }
    return (recipe, path)
  }
}

extension TrainingSessionError: CommandError {
  var failure: Failure {
    let code: Failure.Code =
      switch self {
      case .recipeAsModel: .usage
      case .checkpoint, .plan(.recipe): .badData
      case .noCheckpoint: .noInput
      case .plan(.data(let error)): error.failure.code
      case .file(let error, nil): Failure(error).code
      case .interrupted: Interruption.exitCode ?? .couldNot
      case .otherRecipe, .plan, .file, .diverged: .couldNot
      }
    return Failure(code, description)
  }
}
