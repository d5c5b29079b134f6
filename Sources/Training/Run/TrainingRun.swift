// The training loop: steps, epochs, the learning rate's way, averaging, early stopping, and rest at any step.

import Augmentation
import Basics
package import NeuralNetwork

/// A recipe at work.
package final class TrainingRun {
  /// How far it is, for a progress bar.
  package struct Progress: Sendable {
    /// The epoch, from 1.
    package let epoch: Int
    /// Steps of the epoch that are done.
    package let step: Int
    /// Steps to an epoch.
    package let stepsPerEpoch: Int
    /// The mean loss of the epoch so far.
    package let loss: Double
    /// The last validation accuracy.
    package let accuracy: Double?
    /// Training samples a second, in this session.
    package let speed: Double
    /// Seconds until the last epoch ends, should no early stop come.
    package let secondsLeft: Double
    /// Seconds that all epochs take at this speed.
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

  /// What the caller wants after a step.
  package enum Wish: Sendable {
    case goOn
    case rest
  }

  /// How a session ended.
  package enum End: Sendable, Equatable {
    /// The recipe is done.
    case finished
    /// Validation no longer became better.
    case outOfPatience
    /// The loss fell below the recipe's threshold.
    case belowThreshold
    /// The caller wished to rest; the checkpoint goes on from here.
    case resting
    /// The loss is no number any more.
    case diverged
  }

  private let recipe: Recipe
  private let maker: BatchMaker
  private let engine: any Trainer
  private let judge: ((Network) -> Verdict)?
  private let clock: () -> Double
  private var place = TrainingState()
  private var average: WeightAverage?
  private var best: Network?

  /// A run from the start; `judge` is nil where no validation data is kept out.
  package init(
    _ recipe: Recipe, maker: BatchMaker, engine: any Trainer, judge: ((Network) -> Verdict)?,
    clock: @escaping () -> Double
  ) {
    self.recipe = recipe
    self.maker = maker
    self.engine = engine
    self.judge = judge
    self.clock = clock
    place = TrainingState(recipe)
    if recipe.average > 0 { average = WeightAverage(engine.network, keep: recipe.average) }
  }

  /// The epochs so far.
  package var history: History { place.history }

  /// What came out: the best weights where validation chose, else the last, averaged where the recipe says so.
  package var network: Network { best ?? current }

  private var current: Network {
    let network = engine.network
    return average?.network(like: network) ?? network
  }

  /// Trains until the recipe is done, or the caller wishes to rest.
  package func run(
    onStep: (Progress) -> Wish, onEpoch: (History.Row, TrainingRun) throws -> Void
  ) rethrows -> End {
    if let end = place.end { return end }
    let perEpoch = maker.batchesPerEpoch
    let ahead = batches(from: place.step)
    let sessionStart = clock() - place.seconds
    var sessionSamples = 0
    let began = clock()
    while let batch = ahead.next() {
      let step = place.step
      engine.learningRate =
        recipe.learningRate
        * recipe.schedule.factor(
          step: step, stepsPerEpoch: perEpoch, epochs: recipe.epochs, reductions: place.plateau.reductions)
      let loss = engine.step(batch)
      guard loss.isFinite else { return .diverged }
      place.step += 1
      place.lossSum += loss * Double(batch.count)
      place.samples += batch.count
      sessionSamples += batch.count
      if average != nil, place.step % WeightAverage.stride == 0 { average?.add(engine.network) }
      place.seconds = clock() - sessionStart
      let speed = Double(sessionSamples) / max(1e-9, clock() - began)
      if place.step % perEpoch == 0 {
        // The last step of an epoch can have made weights that no later loss tells of.
        guard current.isFinite else { return .diverged }
        if let end = try finishEpoch(speed: speed, onEpoch: onEpoch) { return end }
      }
      let secondsPerStep = Double(maker.batchSize) / max(1e-9, speed)
      let steps = recipe.epochs * perEpoch
      let progress = Progress(
        epoch: step / perEpoch + 1, step: step % perEpoch + 1, stepsPerEpoch: perEpoch,
        loss: place.samples > 0 ? place.lossSum / Double(place.samples) : loss,
        accuracy: place.history.rows.last?.accuracy, speed: speed,
        secondsLeft: Double(steps - place.step) * secondsPerStep,
        secondsOfNetwork: Double(steps) * secondsPerStep)
      if onStep(progress) == .rest { return .resting }
    }
    return .finished
  }

  /// Judges, remembers, and decides whether to go on.
  private func finishEpoch(
    speed: Double, onEpoch: (History.Row, TrainingRun) throws -> Void
  ) rethrows -> End? {
    let loss = place.lossSum / Double(max(1, place.samples))
    let candidate = current
    let verdict = judge?(candidate)
    let row = History.Row(
      epoch: place.step / maker.batchesPerEpoch, learningRate: engine.learningRate, loss: loss,
      validationLoss: verdict?.loss, accuracy: verdict?.accuracy, strokeAccuracy: verdict?.strokeAccuracy,
      speed: speed, seconds: place.seconds)
    place.history.rows.append(row)
    place.lossSum = 0
    place.samples = 0
    // Without validation the training loss tells when progress has stopped.
    let cost = verdict?.cost ?? loss
    if case .plateau = recipe.schedule { _ = place.plateau.runsOut(after: cost) }
    if verdict != nil, cost < place.patience.best { best = candidate }
    let isOut = place.patience.runsOut(after: cost)
    // Known before the checkpoint is kept, so that resuming it does not go on.
    if recipe.stopBelow > 0, loss < recipe.stopBelow {
      place.end = .belowThreshold
    } else if recipe.patience > 0, isOut {
      place.end = .outOfPatience
    } else if engine.isDone {
      place.end = .finished
    }
    try onEpoch(row, self)
    return place.end
  }

  /// The batches of the rest of the run, made ahead.
  private func batches(from first: Int) -> BatchPrefetcher {
    let maker = maker
    let perEpoch = maker.batchesPerEpoch
    let bench = BatchSource(maker: maker, distortion: recipe.distortion)
    return BatchPrefetcher(first..<(recipe.epochs * perEpoch)) { index in bench.batch(index) }
  }

  /// What one thread needs for making batches: the order of the epoch at hand, and room to distort in.
  private final class BatchSource: @unchecked Sendable {
    private let maker: BatchMaker
    private let distorter: Distorter
    private var epoch = -1
    private var order: [Int32] = []
    private var fixed: Batch?

    init(maker: BatchMaker, distortion: Distortion) {
      self.maker = maker
      distorter = Distorter(distortion)
    }

    func batch(_ index: Int) -> Batch {
      if let fixed { return fixed }
      let epoch = index / maker.batchesPerEpoch
      if epoch != self.epoch {
        self.epoch = epoch
        order = maker.order(ofEpoch: epoch)
      }
      let batch = maker.batch(index % maker.batchesPerEpoch, ofEpoch: epoch, order: order, with: distorter)
      if maker.isFixed { fixed = batch }
      return batch
    }
  }
}

extension TrainingRun {
  /// The run at rest.
  package var checkpoint: Checkpoint {
    var checkpoint = Checkpoint()
    checkpoint[text: "recipe"] = recipe.text
    checkpoint[doubles: "place"] = place.numbers
    checkpoint[text: "history"] = place.history.csv
    checkpoint.pieces["engine"] = engine.state
    if let average {
      checkpoint[floats: "average.parameters"] = average.parameters
      checkpoint[floats: "average.statistics"] = average.statistics
      checkpoint[doubles: "average.count"] = [Double(average.count)]
    }
    if let best {
      checkpoint[floats: "best.parameters"] = best.parameters
      checkpoint[floats: "best.statistics"] = best.statistics
    }
    return checkpoint
  }

  /// Goes on from a checkpoint of the same recipe.
  package func resume(_ checkpoint: Checkpoint) throws(CheckpointError) {
    guard checkpoint[text: "recipe"] == recipe.text else { throw .anotherRecipe }
    guard let engineState = checkpoint.pieces["engine"], engine.restore(engineState),
      let numbers = checkpoint[doubles: "place"], let csv = checkpoint[text: "history"],
      let history = History(csv: csv),
      let place = TrainingState(
        numbers: numbers, history: history, patience: recipe.patience, schedule: recipe.schedule)
    else {
      throw CheckpointError(
        description:
          "the checkpoint lacks what this recipe's run needs; start the training anew without --resume")
    }
    self.place = place
    let network = engine.network
    if let parameters = checkpoint[floats: "average.parameters"],
      let statistics = checkpoint[floats: "average.statistics"],
      let count = checkpoint[doubles: "average.count"]?.first, parameters.count == network.parameters.count,
      statistics.count == network.statistics.count
    {
      average = WeightAverage(
        keep: recipe.average, parameters: parameters, statistics: statistics, count: Int(clamping: count))
    }
    if let parameters = checkpoint[floats: "best.parameters"], parameters.count == network.parameters.count,
      let statistics = checkpoint[floats: "best.statistics"], statistics.count == network.statistics.count
    {
      var best = network
      best.parameters = parameters
      best.statistics = statistics
      self.best = best
    }
  }

  /// Steps done.
  package var stepsDone: Int { place.step }
}
