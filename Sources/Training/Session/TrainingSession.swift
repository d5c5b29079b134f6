// A training session: trains all networks of a recipe, saves checkpoints, and writes the model and its files.

import Basics
import CLibrary
package import Datasets
import Formats
import NeuralNetwork
package import Recognition

/// A training session.
///
/// It prints nothing and reads no clock: progress is reported as values, interruption and time are asked for.
package struct TrainingSession {
  /// What a session reports while it trains.
  package enum Progress {
    /// A step was made.
    case step(TrainingRun.Progress)
    /// An epoch was finished.
    case epoch(History.Row)
    /// The training of a network has ended.
    case end(TrainingRun.End)
  }

  /// The recipe with its data.
  package let plan: TrainingPlan
  private let files: TrainingFiles
  private let threads: Int
  private let clock: () -> Double
  private let predict: ValidationSet.Predictor
  private var trained = TrainedNetworks()
  private var run: TrainingRun
  private var hasCheckpoint = false
  /// A checkpoint after each epoch of L-BFGS, which are short, would take a quarter of the time.
  private var throttle = Self.initialThrottle
  private static let initialThrottle = CheckpointThrottle(share: 0.05)

  /// The number of the network that is being trained, from 1.
  package var network: Int { trained.networks.count + 1 }

  /// Reads the data of a recipe; `clock` gives seconds.
  package init(
    _ recipe: Recipe, from locator: DatasetLocator, files: TrainingFiles, threads: Int,
    clock: @escaping () -> Double
  ) throws(TrainingSessionError) {
    self.files = files
    self.threads = threads
    self.clock = clock
    do throws(TrainingPlanError) {
      plan = try TrainingPlan(recipe, from: locator)
    } catch {
      throw .plan(error)
    }
    predict = ValidationSet.predictor(threads: threads)
    run = plan.run(ofNetwork: 0, threads: threads, predict: predict, clock: clock)
  }

  /// Continues from the checkpoint of an interrupted session.
  package mutating func resume() throws(TrainingSessionError) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try File.read(files.checkpoint) } catch { throw .noCheckpoint(error) }
    do throws(CheckpointError) {
      let checkpoint = try Checkpoint(bytes: bytes)
      try plan.verifySignature(of: checkpoint)
      trained = try TrainedNetworks(in: checkpoint, like: run.network, most: plan.recipe.networks - 1)
      if !trained.networks.isEmpty { beginNetwork() }
      try run.resume(checkpoint)
      hasCheckpoint = true
    } catch {
      throw .checkpoint(path: files.checkpoint, error)
    }
  }

  /// Trains until the recipe is done or `isInterrupted`, which is called after each step, returns true.
  ///
  /// Writes the model, its history, the picture of the history that `drawCurves` makes as SVG for a title, and its
  /// recipe, unless that is there already.
  package mutating func train(
    isInterrupted: () -> Bool, report: (_ network: Int, Progress) -> Void,
    drawCurves: (_ history: History, _ title: String) -> String
  ) throws(TrainingSessionError) -> Model {
    while true {
      try trainNetwork(isInterrupted: isInterrupted, report: report)
      trained.append(run.network, run.history)
      if trained.networks.count >= plan.recipe.networks { break }
      beginNetwork()
    }
    let model: Model
    do throws(TrainingPlanError) {
      model = try plan.model(trained, predict: predict)
    } catch {
      throw .plan(error)
    }
    try write(model.bytes, to: files.model)
    try write(Array(trained.history.csv.utf8), to: files.history)
    let title = "\(model.name): \(plan.recipe.about)"
    try write(Array(drawCurves(trained.history, title).utf8), to: files.curves)
    // An existing recipe is the same one and may have comments.
    if Path.kind(of: files.recipe) == nil { try write(Array(plan.recipe.text.utf8), to: files.recipe) }
    removeCheckpoint()
    return model
  }

  /// Removes the checkpoint of a training that has its model; where that fails, the next training replaces it.
  private func removeCheckpoint() {
    if Path.kind(of: files.checkpoint) == .file { unlink(files.checkpoint.nameBytes) }
  }

  /// Begins the training of the network after the finished ones.
  private mutating func beginNetwork() {
    run = plan.run(ofNetwork: trained.networks.count, threads: threads, predict: predict, clock: clock)
    throttle = Self.initialThrottle
  }

  private mutating func trainNetwork(
    isInterrupted: () -> Bool, report: (_ network: Int, Progress) -> Void
  ) throws(TrainingSessionError) {
    let network = network
    let end = try run.run(
      isInterrupted: isInterrupted, onStep: { report(network, .step($0)) },
      onEpoch: { (row, run) throws(TrainingSessionError) in
        report(network, .epoch(row))
        if throttle.isDue(at: clock()) { try saveCheckpoint(of: run) }
      })
    report(network, .end(end))
    if end == .interrupted {
      try saveCheckpoint(of: run)
      throw .interrupted(
        epoch: run.history.rows.count + 1, step: run.stepsDone, checkpoint: files.checkpoint)
    }
    if end == .diverged { throw .diverged(checkpoint: hasCheckpoint ? files.checkpoint : nil) }
  }

  private mutating func saveCheckpoint(of run: TrainingRun) throws(TrainingSessionError) {
    let began = clock()
    var checkpoint = run.checkpoint
    trained.save(in: &checkpoint)
    plan.sign(&checkpoint)
    try write(checkpoint.bytes, to: files.checkpoint)
    hasCheckpoint = true
    throttle.record(from: began, to: clock())
  }

  private func write(_ bytes: [UInt8], to path: String) throws(TrainingSessionError) {
    do throws(FileError) {
      try File.write(bytes, to: path, replacing: true)
    } catch {
      throw .file(error, checkpoint: hasCheckpoint ? files.checkpoint : nil)
    }
  }
}
