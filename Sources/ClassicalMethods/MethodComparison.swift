// The comparison itself: each method chooses its settings on validation pictures, learns, and reads the test set once.

import Basics
import Evaluation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The same task for every method.
package struct MethodComparison: Sendable {
  /// What is learnt from.
  package let train: Samples
  /// What is read at the end; no setting is ever chosen by it.
  package let test: Samples
  /// Whether it is the short one.
  package let isQuick: Bool

  /// So many of the first training pictures serve to choose settings: this share is learnt from, the rest judges.
  package static let choosingCount = 10_000
  private static let choosingShare = 0.8

  /// In the short study, the first so many training pictures, and the first so many test pictures.
  package static let quickTrain = 10_000
  /// See `quickTrain`.
  package static let quickTest = 2_000
  /// In the short study settings are chosen on so many of the training pictures.
  package static let quickChoosingCount = 2_500

  /// Takes the data; the short study takes the first of them.
  package init(train: Samples, test: Samples, isQuick: Bool) {
    self.isQuick = isQuick
    self.train = isQuick ? train.at(0..<min(train.count, Self.quickTrain)) : train
    self.test = isQuick ? test.at(0..<min(test.count, Self.quickTest)) : test
  }

  /// How many of the first training pictures serve to choose settings.
  package var choosing: Int { min(train.count, isQuick ? Self.quickChoosingCount : Self.choosingCount) }

  /// How many of those are learnt from while choosing.
  package var choosingTrain: Int { Int(clamping: Double(choosing) * Self.choosingShare) }

  /// What a kept finding must have been made with to count for this study.
  package var mark: String {
    var sum = Fingerprint()
    for samples in [train, test] {
      for label in samples.labels { sum.add(UInt64(label)) }
      for value in samples.pictures.values { sum.add(UInt64(value.bitPattern)) }
    }
    return "1 \(train.count) \(test.count) \(choosing) \(String(sum.sum, radix: 16))"
  }

  /// Trains with fewer pictures, for the curve of error against their number.
  private var amounts: [Int] { [1000, 3000, 10_000, 30_000].filter { $0 < train.count } }
  /// Stops after so many passes, for the curve of learning.
  private static let passes = [1, 2, 5, 10, 20, 50, 100]

  /// Seconds that a method will probably take: all of its trials, its training, and the curves.
  package func expectedSeconds(_ contender: Contender, speed: Double) -> Double {
    let trials = contender.grid.count > 1 ? contender.grid.count * choosingTrain : 0
    let passes = contender.passes == nil ? 0 : Self.passes.reduce(0, +) / (Self.passes.last ?? 1)
    let pictures = train.count * (1 + passes) + amounts.reduce(0, +) + trials
    return contender.usualSeconds / speed * Double(pictures) / 60_000
  }

  /// How fast this machine multiplies matrices, 100 billion operations a second and thread being 1.
  package static func speed(_ effort: ExecutionContext) throws(Stopped) -> Double {
    var random = SplitMix64(seed: 1)
    let matrix = Matrix(
      rows: 1120, columns: 512, values: (0..<(1120 * 512)).map { _ in random.uniform() })
    let packed = RowProducts(matrix)
    _ = try packed.product(matrix, ExecutionContext(threads: effort.threads))
    let began = seconds()
    var rounds = 0
    while seconds() - began < 0.1 {
      _ = try packed.product(matrix, ExecutionContext(threads: effort.threads))
      rounds += 1
    }
    return Double(2 * 1120 * 1120 * 512 * rounds) / (seconds() - began) / 1e11 / Double(effort.threads)
  }

  /// Everything about one method.
  package func find(_ contender: Contender, _ effort: ExecutionContext) throws(Stopped) -> MethodResult {
    PeakMemory.forgetPeak()
    let (settings, trials) = try choose(contender, effort.part(0, 0.3))
    var method = contender.make(settings)
    let began = Self.seconds()
    try method.fit(train, effort.part(0.3, 0.5))
    let learnt = Self.seconds()
    let answers = try method.predict(test.pictures, effort.part(0.5, 0.6))
    let done = Self.seconds()
    var finding = MethodResult(
      method: contender.name, parameters: Self.parameters(settings), answers: answers,
      trainSeconds: learnt - began, predictSeconds: done - learnt, bytes: method.bytes)
    finding.memory = PeakMemory.peak
    finding.trials = trials
    finding.pictures = method.learntPictures.map(MethodResult.Picture.all) ?? []
    for (place, count) in amounts.enumerated() {
      let part = effort.part(0.6 + 0.2 * Double(place) / 4, 0.6 + 0.2 * Double(place + 1) / 4)
      finding.amounts.append(
        MethodResult.Point(
          count: count, error: try error(contender.make(settings), train.at(0..<count), part)))
    }
    let whole = 1 - finding.measures(test.labels).accuracy
    finding.amounts.append(MethodResult.Point(count: train.count, error: whole))
    if let stopped = contender.passes {
      for (place, count) in Self.passes.enumerated() {
        let part = effort.part(0.8 + 0.2 * Double(place) / 7, 0.8 + 0.2 * Double(place + 1) / 7)
        finding.passes.append(
          MethodResult.Point(count: count, error: try error(stopped(settings, count), train, part)))
      }
    }
    effort.report(1)
    return finding
  }

  /// The settings that do best on validation pictures, the first of equals.
  private func choose(_ contender: Contender, _ effort: ExecutionContext) throws(Stopped) -> (
    [Contender.Setting], [MethodResult.Trial]
  ) {
    guard contender.grid.count > 1 else { return (contender.grid[0], []) }
    let learnt = train.at(0..<choosingTrain)
    let judges = train.at(choosingTrain..<choosing)
    var trials: [MethodResult.Trial] = []
    var best = (accuracy: -1.0, settings: contender.grid[0])
    for (place, settings) in contender.grid.enumerated() {
      let total = Double(contender.grid.count)
      var method = contender.make(settings)
      try method.fit(learnt, effort.part(Double(place) / total, Double(place + 1) / total))
      let answers = try method.predict(judges.pictures, effort.quiet)
      let right = zip(answers, judges.labels).count { $0 == $1 }
      let accuracy = Double(right) / Double(max(1, judges.count))
      trials.append(MethodResult.Trial(parameters: Self.parameters(settings), accuracy: accuracy))
      if accuracy > best.accuracy { best = (accuracy, settings) }
    }
    return (best.settings, trials)
  }

  private func error(_ method: any Classifier, _ samples: Samples, _ effort: ExecutionContext) throws(Stopped)
    -> Double
  {
    var method = method
    try method.fit(samples, effort)
    let answers = try method.predict(test.pictures, effort.quiet)
    return Double(zip(answers, test.labels).count { $0 != $1 }) / Double(max(1, test.count))
  }

  private static func parameters(_ settings: [Contender.Setting]) -> [MethodResult.Parameter] {
    settings.map { setting in
      let whole = Int(exactly: setting.value).map(String.init)
      return MethodResult.Parameter(name: setting.name, value: whole ?? "\(setting.value)")
    }
  }

  /// Seconds of a clock that never jumps.
  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
