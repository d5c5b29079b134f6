// Where a run stands between two steps, apart from its weights.

import Basics

/// The numbers that a run carries from step to step.
struct TrainingState: Sendable, Equatable {
  /// Steps done since the start.
  var step = 0
  /// The sum of the epoch's losses so far, and over how many samples.
  var lossSum = 0.0
  var samples = 0
  /// Seconds of training so far, rests left out.
  var seconds = 0.0
  /// Watches validation for the best weights and for early stopping.
  var patience = Plateau(patience: Int.max - 1)
  /// Watches validation for the plateau schedule.
  var plateau = Plateau(patience: 0)
  /// The epochs so far.
  var history = History()
  /// Why the run has ended, where no further step is wanted.
  var end: TrainingRun.End?

  /// The ends that resuming finds again, by their numbers in a checkpoint.
  private static let ends: [TrainingRun.End?] = [nil, .finished, .outOfPatience, .belowThreshold]

  /// The start.
  init() {}

  /// The start of a recipe's run.
  init(_ recipe: Recipe) {
    patience = Self.watch(recipe.patience)
    plateau = Self.watch(recipe.schedule)
  }

  /// Everything but the history, as numbers for a checkpoint.
  var numbers: [Double] {
    let end = Double(Self.ends.firstIndex(of: end) ?? 0)
    return [Double(step), lossSum, Double(samples), seconds] + Self.numbers(patience) + Self.numbers(plateau)
      + [end]
  }

  /// Goes on where numbers say; nil where they are too few.
  init?(numbers: [Double], history: History, patience: Int, schedule: Schedule) {
    guard numbers.count == 11, let step = Int(exactly: numbers[0]), let samples = Int(exactly: numbers[2]),
      let patience = Self.plateau(numbers[4..<7], like: Self.watch(patience)),
      let plateau = Self.plateau(numbers[7..<10], like: Self.watch(schedule)),
      let end = Int(exactly: numbers[10]), step >= 0, Self.ends.indices.contains(end)
    else { return nil }
    (self.step, lossSum, self.samples, seconds) = (step, numbers[1], samples, numbers[3])
    (self.patience, self.plateau, self.history, self.end) = (patience, plateau, history, Self.ends[end])
  }

  private static func watch(_ patience: Int) -> Plateau {
    // A patience of 3 ends with the third epoch that is no better.
    Plateau(patience: patience > 0 ? patience - 1 : Int.max - 1)
  }

  private static func watch(_ schedule: Schedule) -> Plateau {
    if case .plateau(_, let patience, _) = schedule { return Plateau(patience: patience) }
    return Plateau(patience: Int.max - 1)
  }

  private static func numbers(_ plateau: Plateau) -> [Double] {
    [plateau.best, Double(plateau.waited), Double(plateau.reductions)]
  }

  private static func plateau(_ numbers: ArraySlice<Double>, like other: Plateau) -> Plateau? {
    let numbers = Array(numbers)
    guard let waited = Int(exactly: numbers[1]), let reductions = Int(exactly: numbers[2]) else { return nil }
    return Plateau(patience: other.patience, best: numbers[0], waited: waited, reductions: reductions)
  }
}
