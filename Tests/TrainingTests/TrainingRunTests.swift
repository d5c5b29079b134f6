import Augmentation
import NeuralNetwork
import Testing
import Training

/// A few lines of learning, so that the loop is tested without the real engine's speed: softmax regression
/// by gradient descent with momentum.
private final class SmallEngine: Trainer {
  var learningRate = 0.1
  private(set) var network: Network
  private var speed: [Float]
  var rates: [Double] = []

  init() throws {
    network = Network(try Architecture("784-11"), seed: 3)
    speed = [Float](repeating: 0, count: network.parameters.count)
  }

  func step(_ batch: Batch) -> Double {
    rates.append(learningRate)
    var gradient = [Float](repeating: 0, count: speed.count)
    var loss = 0.0
    for row in 0..<batch.count {
      // Only every 28th pixel, for a debug build's sake.
      let input = stride(from: 0, to: 784, by: 28).map { ($0, batch.inputs[row * 784 + $0]) }
      var sums = (0..<11).map { c in
        input.reduce(network.parameters[8624 + c]) { $0 + $1.1 * network.parameters[c * 784 + $1.0] }
      }
      let top = sums.max() ?? 0
      sums = sums.map { power($0 - top) }
      let whole = sums.reduce(0, +)
      loss += Double(1 - sums[batch.labels[row]] / whole)
      for c in 0..<11 {
        let error = (sums[c] / whole - (c == batch.labels[row] ? 1 : 0)) / Float(batch.count)
        for (k, value) in input { gradient[c * 784 + k] += error * value }
        gradient[8624 + c] += error
      }
    }
    var parameters = network.parameters
    for k in speed.indices {
      speed[k] = 0.9 * speed[k] + gradient[k]
      parameters[k] -= Float(learningRate) * speed[k]
    }
    network.parameters = parameters
    return loss / Double(batch.count)
  }

  /// Nearly the exponential: (1 + x/64)⁶⁴.
  private func power(_ x: Float) -> Float {
    (0..<6).reduce(max(0, 1 + x / 64)) { power, _ in power * power }
  }

  var state: [UInt8] {
    (network.parameters + speed).map(\.bitPattern).withUnsafeBytes { Array($0) }
  }

  func restore(_ state: [UInt8]) -> Bool {
    guard state.count == 8 * speed.count else { return false }
    let values = state.withUnsafeBytes { bytes in
      bytes.bindMemory(to: UInt32.self).map { Float(bitPattern: $0) }
    }
    network.parameters = Array(values.prefix(speed.count))
    speed = Array(values.dropFirst(speed.count))
    return true
  }
}

@Suite struct TrainingRunTests {
  private var recipe: Recipe {
    var recipe = Recipe()
    (recipe.batch, recipe.epochs, recipe.learningRate, recipe.average) = (8, 4, 0.1, 0.9)
    recipe.distortion.rotation = 10
    recipe.schedule = .oneCycle(rise: 0.3, start: 25, end: 100)
    return recipe
  }

  private func run(
    _ recipe: Recipe, engine: any Trainer, judge: ((Network) -> Verdict)? = nil
  ) -> TrainingRun {
    var material = TrainingData()
    for k in 0..<50 {
      material.pictures.pixels += (0..<784).map { UInt8(truncatingIfNeeded: ($0 / 28 + k) % 10 * 25) }
      material.pictures.labels.append(UInt8(k % 10))
    }
    let maker = BatchMaker(material, recipe: recipe) { _, _, _ in }
    return TrainingRun(recipe, maker: maker, engine: engine, judge: judge, clock: { 0 })
  }

  @Test func resumingAnywhereGivesTheSameBits() throws {
    let whole = run(recipe, engine: try SmallEngine())
    #expect(whole.run(onStep: { _ in .goOn }, onEpoch: { _, _ in }) == .finished)
    #expect(whole.stepsDone == 28 && whole.history.rows.count == 4)
    for stop in [1, 6, 7, 8, 13, 27, 28] {
      let first = run(recipe, engine: try SmallEngine())
      var steps = 0
      let end = first.run(
        onStep: { _ in
          steps += 1
          return steps == stop ? .rest : .goOn
        }, onEpoch: { _, _ in })
      #expect(end == .resting)
      let second = run(recipe, engine: try SmallEngine())
      try second.resume(try Checkpoint(bytes: first.checkpoint.bytes))
      #expect(second.run(onStep: { _ in .goOn }, onEpoch: { _, _ in }) == .finished)
      #expect(second.network == whole.network, "stopped after step \(stop)")
      #expect(second.history.rows.map(\.loss) == whole.history.rows.map(\.loss))
    }
  }

  @Test func anotherRecipesCheckpointIsRefused() throws {
    let first = run(recipe, engine: try SmallEngine())
    var other = recipe
    other.seed = 2
    let second = run(other, engine: try SmallEngine())
    #expect(throws: CheckpointError.self) { try second.resume(first.checkpoint) }
  }

  @Test func theLearningRateFollowsTheSchedule() throws {
    let engine = try SmallEngine()
    _ = run(recipe, engine: engine).run(onStep: { _ in .goOn }, onEpoch: { _, _ in })
    #expect(abs(engine.rates[0] - 0.004) < 1e-9)
    #expect(abs((engine.rates.max() ?? 0) - 0.1) < 1e-3)
    #expect((engine.rates.last ?? 1) < 1e-4)
  }

  @Test func theBestWeightsAreKeptAndPatienceEnds() throws {
    var recipe = recipe
    (recipe.epochs, recipe.patience) = (50, 3)
    let accuracies = [0.5, 0.7, 0.9, 0.8, 0.8, 0.85, 0.95]
    var judged: [Network] = []
    let run = run(recipe, engine: try SmallEngine()) { network in
      judged.append(network)
      return Verdict(loss: 0, accuracy: accuracies[judged.count - 1])
    }
    #expect(run.run(onStep: { _ in .goOn }, onEpoch: { _, _ in }) == .outOfPatience)
    #expect(judged.count == 6)
    #expect(run.network == judged[2])
  }

  @Test func aLossBelowTheThresholdEnds() throws {
    var recipe = recipe
    (recipe.epochs, recipe.stopBelow, recipe.schedule) = (100, 0.8, .constant)
    let run = run(recipe, engine: try SmallEngine())
    #expect(run.run(onStep: { _ in .goOn }, onEpoch: { _, _ in }) == .belowThreshold)
    #expect((run.history.rows.last?.loss ?? 1) < 0.8)
  }

  @Test(arguments: [TrainingRun.End.finished, .outOfPatience, .belowThreshold])
  func whatHasEndedIsNotTrainedOn(end: TrainingRun.End) throws {
    var recipe = recipe
    switch end {
    case .outOfPatience: (recipe.epochs, recipe.patience) = (50, 2)
    case .belowThreshold: (recipe.epochs, recipe.stopBelow) = (50, 100)
    default: break
    }
    let judge: (Network) -> Verdict = { _ in Verdict(loss: 1, accuracy: 0.5) }
    let first = run(recipe, engine: try SmallEngine(), judge: judge)
    // What is kept after each epoch is all that a run has that comes after.
    var kept = Checkpoint()
    #expect(first.run(onStep: { _ in .goOn }, onEpoch: { _, run in kept = run.checkpoint }) == end)
    let second = run(recipe, engine: try SmallEngine(), judge: judge)
    try second.resume(try Checkpoint(bytes: kept.bytes))
    #expect(second.run(onStep: { _ in .goOn }, onEpoch: { _, _ in }) == end)
    #expect(second.stepsDone == first.stepsDone && second.network == first.network)
    #expect(second.history == first.history)
  }
}
