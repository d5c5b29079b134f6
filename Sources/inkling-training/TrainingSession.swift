// One session of `inkling train`: progress on the terminal, checkpoints on the disk, the model at the end.

import Basics
import CommandSupport
import Datasets
import Formats
import NeuralNetwork
import Recognition
import Reports
import Training

/// One session of training.
struct TrainingSession {
  private let preparation: TrainingPlan
  private let files: TrainingFiles
  private let threads: Int
  private let predict: ValidationSet.Predict
  private var trained = TrainedNetworks()
  private var training: TrainingRun
  /// Whether there is a checkpoint of this training.
  private var isKept = false
  /// When a checkpoint is due after an epoch: after each quick one of L-BFGS it would take a quarter of the time.
  private var pace = Self.pace
  private static let pace = CheckpointThrottle(share: 0.05)

  /// Reads the data and makes everything ready.
  init(_ recipe: Recipe, place: DatasetLocator, files: TrainingFiles, threads: Int) throws(Failure) {
    self.files = files
    self.threads = threads
    do throws(TrainingPlanError) {
      preparation = try TrainingPlan(recipe, from: place)
    } catch {
      throw Failure(error)
    }
    predict = TrainerFactory.predict(threads: threads)
    training = preparation.run(
      ofNetwork: 0, threads: threads, predict: predict, clock: { ProgressLine.seconds })
  }

  /// The training of the network that comes after those that are done.
  private func nextTraining() -> TrainingRun {
    preparation.run(
      ofNetwork: trained.networks.count, threads: threads, predict: predict, clock: { ProgressLine.seconds })
  }

  /// Goes on from the checkpoint.
  mutating func resume() throws(Failure) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try File.read(files.checkpoint)
    } catch {
      throw .noInput("\(error); without --resume the training starts anew")
    }
    do throws(CheckpointError) {
      let checkpoint = try Checkpoint(bytes: bytes)
      try preparation.expectSignature(of: checkpoint)
      trained = try TrainedNetworks(in: checkpoint, like: training.network)
      if !trained.networks.isEmpty { training = nextTraining() }
      try training.resume(checkpoint)
      isKept = true
    } catch {
      throw .badData("'\(files.checkpoint)': \(error)")
    }
  }

  /// Trains until the recipe is done, or Ctrl-C.
  mutating func run() throws(Failure) {
    Interruption.watch()
    let recipe = preparation.recipe
    printError(
      "\(recipe.name): \(preparation.parameterCount) parameters, learning from \(preparation.material); "
        + preparation.split)
    while true {
      try runNetwork()
      trained.append(training.network, training.history)
      if trained.networks.count >= recipe.networks { break }
      training = nextTraining()
      pace = Self.pace
    }
    try finish()
  }

  /// Trains the network at hand.
  private mutating func runNetwork() throws(Failure) {
    let recipe = preparation.recipe
    var line = ProgressLine()
    let end: TrainingRun.End
    let number = trained.networks.count + 1
    let which = recipe.networks > 1 ? "network \(number) of \(recipe.networks), " : ""
    do {
      end = try training.run(
        onStep: { progress in
          line.show(
            Self.line(
              TrainingWords(progress, epochs: recipe.epochs, network: number, of: recipe.networks)))
          return Interruption.isRequested ? .rest : .goOn
        },
        onEpoch: { row, training in
          line.settle(which + Self.text(row, of: recipe))
          if pace.isDue(at: ProgressLine.seconds) { try save(training) }
        })
    } catch let failure as Failure {
      line.clear()
      throw failure
    } catch {
      throw .couldNot("\(error)")
    }
    line.clear()
    switch end {
    case .resting:
      try save(training)
      throw .couldNot(
        "stopped in epoch \(training.history.rows.count + 1) after step \(training.stepsDone), saved in '\(files.checkpoint)'; "
          + "go on with the same command and --resume")
    case .diverged:
      let kept = isKept ? "; the last checkpoint is '\(files.checkpoint)'" : ""
      throw .couldNot("the loss is no longer a number; lower --learning-rate\(kept)")
    case .finished: break
    case .outOfPatience: printError("validation has not become better for \(recipe.patience) epochs: done")
    case .belowThreshold: printError("the loss is below \(recipe.stopBelow): done")
    }
  }

  private mutating func save(_ training: TrainingRun) throws(Failure) {
    let began = ProgressLine.seconds
    var checkpoint = training.checkpoint
    trained.save(in: &checkpoint)
    preparation.sign(&checkpoint)
    do throws(FileError) {
      try File.write(checkpoint.bytes, to: files.checkpoint, replacing: true)
      isKept = true
      pace.wasDone(from: began, to: ProgressLine.seconds)
    } catch {
      throw unwritten(error)
    }
  }

  /// Why a file could not be written, and what the checkpoint before, if there is one, is good for.
  private func unwritten(_ error: FileError) -> Failure {
    guard isKept else { return Failure(error) }
    let first = error.cause == .full ? "after making room, " : ""
    return .couldNot(
      "\(error); the checkpoint before, '\(files.checkpoint)', is still whole: "
        + "\(first)go on from there with --resume")
  }

  private func finish() throws(Failure) {
    let model: Model
    do throws(TrainingPlanError) {
      model = try preparation.model(trained, predict: predict)
    } catch {
      throw Failure(error)
    }
    let title = "\(model.name): \(preparation.recipe.about)"
    var outputs = [
      (files.model, model.bytes), (files.history, Array(trained.history.csv.utf8)),
      (files.curves, Array(Curves.svg(of: trained.history, title: title).utf8)),
    ]
    // One that is there says the same, and more in its comments.
    if Path.kind(of: files.recipe) == nil {
      outputs.append((files.recipe, Array(preparation.recipe.text.utf8)))
    }
    for (path, bytes) in outputs {
      do throws(FileError) {
        try File.write(bytes, to: path, replacing: true)
      } catch {
        throw unwritten(error)
      }
    }
    var words = "wrote \(files.model)"
    if let accuracy = model.facts["validation_accuracy"].flatMap({ Double($0) }) {
      words += ", validation accuracy \(percent(accuracy))"
    }
    if let accuracy = model.facts["stroke_validation_accuracy"].flatMap({ Double($0) }) {
      words += ", on strokes \(percent(accuracy))"
    }
    print(words)
  }

  /// The words that fit into the terminal's line, after a bar where there is room for one.
  private static func line(_ words: TrainingWords) -> String {
    let bar = ProgressLine.bar(words.share) + " "
    let text = words.fitting(ProgressLine.columns - 1)
    return bar.count + text.count < ProgressLine.columns ? bar + text : text
  }

  private static func text(_ row: History.Row, of recipe: Recipe) -> String {
    var text = "epoch \(row.epoch)/\(recipe.epochs): loss \(rounded(row.loss, 5))"
    if let accuracy = row.accuracy { text += ", validation \(percent(accuracy))" }
    if let accuracy = row.strokeAccuracy { text += ", strokes \(percent(accuracy))" }
    return text + ", \(Int(clamping: row.speed)) samples/s, \(time(row.seconds))"
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(clamping: min(max(0, seconds), 1e9))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}

extension Failure {
  /// Why a recipe cannot be run, with its exit code.
  init(_ error: TrainingPlanError) {
    switch error {
    case .recipe(let text): self = .badData(text)
    case .data(let error): self.init(error)
    case .model(let error): self = .couldNot(error.description)
    case .results(let error): self = .couldNot(error.description)
    }
  }
}
