// The comparison's task: each method chooses its settings on validation pictures, learns, and reads the test set once.

import Basics
import Evaluation

/// The same data and measurements for every method.
package struct MethodComparison: Sendable {
  /// The training pictures.
  package let train: Samples
  /// The test pictures; no setting is chosen by them.
  package let test: Samples
  /// Whether it is the quick comparison, on the first pictures of both sets.
  package let isQuick: Bool

  private static let quickTrainCount = 10_000
  private static let quickTestCount = 2_000
  private static let validationCount = 10_000
  private static let quickValidationCount = 2_500
  /// The share of the pictures for choosing settings that is learnt from; the rest is the validation set.
  private static let validationTrainShare = 0.8

  /// Makes a comparison; the quick one uses only the first pictures of both sets.
  package init(train: Samples, test: Samples, isQuick: Bool) {
    self.isQuick = isQuick
    self.train = isQuick ? train.at(0..<min(train.count, Self.quickTrainCount)) : train
    self.test = isQuick ? test.at(0..<min(test.count, Self.quickTestCount)) : test
  }

  /// The number of training pictures, from the first, that settings are chosen on.
  package var choosingCount: Int {
    min(train.count, isQuick ? Self.quickValidationCount : Self.validationCount)
  }

  /// The number of those that are learnt from while settings are chosen.
  package var choosingTrainCount: Int { Int(clamping: Double(choosingCount) * Self.validationTrainShare) }

  /// Identifies the data: a stored result is used only in a comparison with the same key.
  package var key: String {
    var sum = Fingerprint()
    for samples in [train, test] {
      for label in samples.labels { sum.add(UInt64(label)) }
      for value in samples.pictures.values { sum.add(UInt64(value.bitPattern)) }
    }
    return "1 \(train.count) \(test.count) \(choosingCount) \(String(sum.sum, radix: 16))"
  }

  /// The smaller numbers of training pictures, for the curve of error by amount of data.
  private var amounts: [Int] { [1000, 3000, 10_000, 30_000].filter { $0 < train.count } }
  /// The numbers of passes, for the learning curve.
  private static let passes = [1, 2, 5, 10, 20, 50, 100]

  /// The expected seconds of a method's trials, training and curves; `speed` is that of `matrixProductSpeed`.
  package func expectedSeconds(_ method: ClassicalMethod, speed: Double) -> Double {
    let trials = method.grid.count > 1 ? method.grid.count * choosingTrainCount : 0
    let passes = method.makeStopped == nil ? 0 : Self.passes.reduce(0, +) / (Self.passes.last ?? 1)
    let pictures = train.count * (1 + passes) + amounts.reduce(0, +) + trials
    return method.usualSeconds / speed * Double(pictures) / 60_000
  }

  /// The speed of this machine's matrix product; 1 is 100 billion operations a second and thread.
  package static func matrixProductSpeed(_ context: ExecutionContext) throws(Stopped) -> Double {
    let (rows, columns) = (1120, 512)
    var random = SplitMix64(seed: 1)
    let values = (0..<(rows * columns)).map { (_: Int) -> Float in random.uniform() }
    let matrix = Matrix(rows: rows, columns: columns, values: values)
    let packed = PackedRows(matrix)
    _ = try packed.product(matrix, context.quiet)
    let began = MonotonicClock.seconds
    var rounds = 0
    while MonotonicClock.seconds - began < 0.1 {
      _ = try packed.product(matrix, context.quiet)
      rounds += 1
    }
    let operations = Double(2 * rows * rows * columns * rounds)
    return operations / (MonotonicClock.seconds - began) / 1e11 / Double(context.threads)
  }

  /// Chooses a method's settings, trains it, reads the test pictures, and measures the curves.
  package func measure(
    _ method: ClassicalMethod, _ context: ExecutionContext
  ) throws(Stopped) -> MethodResult {
    PeakMemory.reset()
    let (settings, trials) = try choose(method, context.part(0, 0.3))
    var classifier = method.make(settings)
    let began = MonotonicClock.seconds
    try classifier.fit(train, context.part(0.3, 0.5))
    let trained = MonotonicClock.seconds
    let answers = try classifier.predict(test.pictures, context.part(0.5, 0.6))
    let done = MonotonicClock.seconds
    var result = MethodResult(
      method: method.name, parameters: settings, answers: answers,
      trainSeconds: trained - began, predictSeconds: done - trained, bytes: classifier.bytes)
    result.memory = PeakMemory.peak
    result.trials = trials
    result.pictures = classifier.learntPictures.map(MethodResult.Picture.all) ?? []
    for (index, count) in amounts.enumerated() {
      let error = try error(
        of: method.make(settings), trainedOn: train.at(0..<count),
        context.part(index, of: 4, from: 0.6, to: 0.8))
      result.errorByAmount.append(MethodResult.Point(count: count, error: error))
    }
    let error = 1 - result.measures(test.labels).accuracy
    result.errorByAmount.append(MethodResult.Point(count: train.count, error: error))
    if let makeStopped = method.makeStopped {
      for (index, count) in Self.passes.enumerated() {
        let part = context.part(index, of: Self.passes.count, from: 0.8, to: 1)
        let error = try self.error(of: makeStopped(settings, count), trainedOn: train, part)
        result.errorByPasses.append(MethodResult.Point(count: count, error: error))
      }
    }
    context.report(1)
    return result
  }

  /// The settings that do best on the validation pictures, the first of equals.
  private func choose(
    _ method: ClassicalMethod, _ context: ExecutionContext
  ) throws(Stopped) -> (settings: [ClassicalMethod.Setting], trials: [MethodResult.Trial]) {
    guard method.grid.count > 1 else { return (method.grid[0], []) }
    let training = train.at(0..<choosingTrainCount)
    let validation = train.at(choosingTrainCount..<choosingCount)
    var trials: [MethodResult.Trial] = []
    var best = (accuracy: -1.0, settings: method.grid[0])
    for (index, settings) in method.grid.enumerated() {
      var classifier = method.make(settings)
      try classifier.fit(training, context.part(index, of: method.grid.count))
      let answers = try classifier.predict(validation.pictures, context.quiet)
      let correct = zip(answers, validation.labels).count { $0 == $1 }
      let accuracy = Double(correct) / Double(max(1, validation.count))
      trials.append(MethodResult.Trial(parameters: settings, accuracy: accuracy))
      if accuracy > best.accuracy { best = (accuracy, settings) }
    }
    return (best.settings, trials)
  }

  private func error(
    of classifier: any Classifier, trainedOn samples: Samples, _ context: ExecutionContext
  ) throws(Stopped) -> Double {
    var classifier = classifier
    try classifier.fit(samples, context)
    return test.error(of: try classifier.predict(test.pictures, context.quiet))
  }
}
