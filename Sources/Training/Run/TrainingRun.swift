// The training loop: steps, epochs, the learning rate's schedule, weight averaging, early stopping, interruption.

import Augmentation
import Basics
package import NeuralNetwork

/// The training of one network by a recipe.
package final class TrainingRun {
  /// The progress after a step.
  package struct Progress: Sendable {
    /// The epoch, from 1.
    package let epoch: Int
    /// The finished steps of the epoch.
    package let step: Int
    /// The steps in an epoch.
    package let stepsPerEpoch: Int
    /// The mean loss of the epoch so far.
    package let loss: Double
    /// The last validation accuracy.
    package let accuracy: Double?
    /// Training samples per second, since the start or the resumption.
    package let speed: Double
    /// Seconds until the end of the last epoch, without an early stop.
    package let secondsLeft: Double
    /// Seconds that all epochs of the network take at this speed.
    package let secondsOfNetwork: Double

    /// Makes a progress.
    package init(
      epoch: Int, step: Int, stepsPerEpoch: Int, loss: Double, accuracy: Double?, speed: Double,
      secondsLeft: Double, secondsOfNetwork: Double
    ) {
      self.epoch = epoch
      self.step = step
      self.stepsPerEpoch = stepsPerEpoch
      self.loss = loss
      self.accuracy = accuracy
      self.speed = speed
      self.secondsLeft = secondsLeft
      self.secondsOfNetwork = secondsOfNetwork
    }
  }

  /// How a call of `run` ended.
  package enum End: Sendable, Equatable {
    /// All epochs are done, or the trainer has converged.
    case finished
    /// The validation result no longer improved.
    case noImprovement
    /// The loss fell below the recipe's threshold.
    case lossBelowThreshold
    /// The caller interrupted the run; it continues from its checkpoint.
    case interrupted
    /// The loss or a weight is no longer a finite number.
    case diverged
  }

  private let recipe: Recipe
  private let maker: BatchMaker
  private let trainer: any Trainer
  private let validate: ((Network) -> ValidationResult)?
  private let clock: () -> Double
  private var state: TrainingState
  private var average: WeightAverage?
  private var best: Network?

  /// A run before its first step; `validate` is nil without validation data, and `clock` gives seconds.
  package init(
    _ recipe: Recipe, maker: BatchMaker, trainer: any Trainer,
    validate: ((Network) -> ValidationResult)?, clock: @escaping () -> Double
  ) {
    self.recipe = recipe
    self.maker = maker
    self.trainer = trainer
    self.validate = validate
    self.clock = clock
    state = TrainingState(recipe)
    if recipe.averageSmoothing > 0 {
      average = WeightAverage(trainer.network, smoothing: recipe.averageSmoothing)
    }
  }

  /// The epochs so far.
  package var history: History { state.history }

  /// The steps so far.
  package var stepsDone: Int { state.step }

  /// The result: the best weights by validation, else the last ones, averaged where the recipe says so.
  package var network: Network { best ?? current }

  private var current: Network {
    average?.network ?? trainer.network
  }

  /// Trains until the recipe is done or `isInterrupted`, which is called after each step, returns true.
  package func run<Failure: Error>(
    isInterrupted: () -> Bool, onStep: (Progress) -> Void,
    onEpoch: (History.Row, TrainingRun) throws(Failure) -> Void
  ) throws(Failure) -> End {
    if let end = state.end { return end }
    let stepsPerEpoch = maker.batchesPerEpoch
    let batches = BatchPrefetcher(
      maker, distortion: recipe.distortion, from: state.step, epochs: recipe.epochs)
    let began = clock()
    let secondsBefore = state.seconds
    var samples = 0
    while let batch = batches.next() {
      let step = state.step
      trainer.learningRate =
        recipe.learningRate
        * recipe.schedule.factor(
          step: step, stepsPerEpoch: stepsPerEpoch, epochs: recipe.epochs,
          reductions: state.schedulePlateau.plateaus)
      let loss = trainer.step(batch)
      guard loss.isFinite else { return .diverged }
      state.step += 1
      state.lossSum += loss * Double(batch.count)
      state.samples += batch.count
      samples += batch.count
      if average != nil, state.step % WeightAverage.stride == 0 { average?.add(trainer.network) }
      let seconds = clock() - began
      state.seconds = secondsBefore + seconds
      let speed = Double(samples) / max(1e-9, seconds)
      if state.step % stepsPerEpoch == 0 {
        // The weights after the last step of an epoch have no loss yet that would show that they are not finite.
        guard current.isFinite else { return .diverged }
        try finishEpoch(speed: speed, onEpoch: onEpoch)
        if let end = state.end { return end }
      }
      let secondsPerStep = Double(maker.batchSize) / max(1e-9, speed)
      let steps = recipe.epochs * stepsPerEpoch
      onStep(
        Progress(
          epoch: step / stepsPerEpoch + 1, step: step % stepsPerEpoch + 1, stepsPerEpoch: stepsPerEpoch,
          loss: state.samples > 0 ? state.lossSum / Double(state.samples) : loss,
          accuracy: state.history.rows.last?.accuracy, speed: speed,
          secondsLeft: Double(steps - state.step) * secondsPerStep,
          secondsOfNetwork: Double(steps) * secondsPerStep))
      if isInterrupted() { return .interrupted }
    }
    return .finished
  }

  /// Validates, records the epoch, keeps the best weights, and decides whether the run ends.
  private func finishEpoch<Failure: Error>(
    speed: Double, onEpoch: (History.Row, TrainingRun) throws(Failure) -> Void
  ) throws(Failure) {
    let loss = state.lossSum / Double(max(1, state.samples))
    let candidate = current
    let result = validate?(candidate)
    let row = History.Row(
      epoch: state.step / maker.batchesPerEpoch, learningRate: trainer.learningRate, loss: loss,
      validationLoss: result?.loss, accuracy: result?.accuracy, strokeAccuracy: result?.strokeAccuracy,
      speed: speed, seconds: state.seconds)
    state.history.rows.append(row)
    state.lossSum = 0
    state.samples = 0
    // Without validation data the training loss shows when there is no more improvement.
    let cost = result?.cost ?? loss
    if state.schedulePlateau.patience != nil { _ = state.schedulePlateau.isPlateau(after: cost) }
    if result != nil, cost < state.earlyStop.best { best = candidate }
    let isOut = state.earlyStop.isPlateau(after: cost)
    // The end is part of the checkpoint that `onEpoch` may save, so that a resumed run has ended as well.
    if recipe.stopBelow > 0, loss < recipe.stopBelow {
      state.end = .lossBelowThreshold
    } else if isOut {
      state.end = .noImprovement
    } else if trainer.hasConverged {
      state.end = .finished
    }
    try onEpoch(row, self)
  }
}

extension TrainingRun {
  /// The state from which the run continues.
  package var checkpoint: Checkpoint {
    var checkpoint = Checkpoint()
    checkpoint[text: "recipe"] = recipe.text
    checkpoint[doubles: "place"] = state.numbers
    checkpoint[text: "history"] = state.history.csv
    checkpoint.parts["engine"] = trainer.state
    if let average {
      checkpoint.save([average.network], as: "average")
      checkpoint[doubles: "average.count"] = [Double(average.count)]
    }
    if let best { checkpoint.save([best], as: "best") }
    return checkpoint
  }

  /// Continues from a checkpoint of the same recipe.
  package func resume(_ checkpoint: Checkpoint) throws(CheckpointError) {
    guard checkpoint[text: "recipe"] == recipe.text else { throw .anotherRecipe }
    guard let trainerState = checkpoint.parts["engine"], trainer.restore(trainerState),
      let numbers = checkpoint[doubles: "place"], let csv = checkpoint[text: "history"],
      let history = History(csv: csv),
      let state = TrainingState(
        numbers: numbers, history: history, recipe: recipe, steps: recipe.epochs * maker.batchesPerEpoch)
    else {
      throw CheckpointError("the checkpoint lacks what this recipe's run needs")
    }
    let network = trainer.network
    var saved: [String: Network] = [:]
    for name in ["average", "best"] where checkpoint.parts["\(name).parameters"] != nil {
      guard let networks = checkpoint.networks(name, like: network), networks.count == 1 else {
        throw CheckpointError("the checkpoint's \(name) weights are no network of this recipe")
      }
      saved[name] = networks[0]
    }
    self.state = state
    if let network = saved["average"], let count = checkpoint[doubles: "average.count"]?.first, count >= 0 {
      average = WeightAverage(
        network, smoothing: recipe.averageSmoothing, count: min(Int(clamping: count), state.step))
    }
    best = saved["best"] ?? best
  }
}
