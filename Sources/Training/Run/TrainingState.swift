// The state of a run between two steps, without the weights.

import Basics

/// The state of a run between two steps, without the weights.
struct TrainingState: Sendable, Equatable {
  /// The steps since the start.
  var step = 0
  /// The sum of the losses of the present epoch's samples.
  var lossSum = 0.0
  /// The samples of the present epoch so far.
  var samples = 0
  /// The seconds of training, without interruptions.
  var seconds = 0.0
  /// Detects the best weights and the early stop.
  var earlyStop: PlateauDetector
  /// Detects the plateaus of the learning rate's schedule.
  var schedulePlateau: PlateauDetector
  /// The epochs so far.
  var history = History()
  /// Why the run has ended; nil while it continues.
  var end: TrainingRun.End?

  /// The values of `end` by their numbers in a checkpoint.
  private static let ends: [TrainingRun.End?] = [nil, .finished, .noImprovement, .lossBelowThreshold]

  /// More samples than an epoch of any data that fit into memory has.
  private static let mostSamples = 1 << 40

  /// The start of a recipe's run.
  init(_ recipe: Recipe) {
    earlyStop = PlateauDetector(patience: recipe.earlyStopPatience)
    schedulePlateau = PlateauDetector(patience: recipe.schedule.patience)
  }

  /// Everything but the history, as numbers for a checkpoint.
  var numbers: [Double] {
    [Double(step), lossSum, Double(samples), seconds] + earlyStop.numbers + schedulePlateau.numbers
      + [Double(Self.ends.firstIndex(of: end) ?? 0)]
  }

  /// Continues from the numbers of a checkpoint; nil where they are no state of a run of `steps`.
  init?(numbers: [Double], history: History, recipe: Recipe, steps: Int) {
    guard numbers.count == 11, let step = Int(exactly: numbers[0]), let samples = Int(exactly: numbers[2]),
      (0...steps).contains(step), (0...Self.mostSamples).contains(samples), numbers[1].isFinite,
      numbers[3].isFinite, numbers[3] >= 0, history.rows.count <= recipe.epochs,
      let earlyStop = PlateauDetector(patience: recipe.earlyStopPatience, numbers: numbers[4..<7]),
      let plateau = PlateauDetector(patience: recipe.schedule.patience, numbers: numbers[7..<10]),
      let end = Int(exactly: numbers[10]), Self.ends.indices.contains(end)
    else { return nil }
    (self.step, lossSum, self.samples, seconds) = (step, numbers[1], samples, numbers[3])
    (self.earlyStop, schedulePlateau, self.history, self.end) = (earlyStop, plateau, history, Self.ends[end])
  }
}

extension Recipe {
  /// With a patience of 3 the third epoch without improvement is the last.
  fileprivate var earlyStopPatience: Int? { patience > 0 ? patience - 1 : nil }
}

extension Schedule {
  fileprivate var patience: Int? {
    if case .plateau(_, let patience, _) = self { patience } else { nil }
  }
}
