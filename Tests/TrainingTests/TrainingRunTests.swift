// The training loop.

import Augmentation
import NeuralNetwork
import Testing
import Training

/// Softmax regression by gradient descent with momentum in a few lines, to test the loop without the model layer.
private final class SoftmaxTrainer: Trainer {
  var learningRate = 0.1
  private(set) var network: Network
  private var velocity: [Float]
  var rates: [Double] = []

  init() throws {
    network = Network(try Architecture("784-11"), seed: 3)
    velocity = [Float](repeating: 0, count: network.parameters.count)
  }

  func step(_ batch: Batch) -> Double {
    rates.append(learningRate)
    var gradient = [Float](repeating: 0, count: velocity.count)
    var loss = 0.0
    let size = Batch.inputSize
    for row in 0..<batch.count {
      // Every 28th pixel is enough, and fast in a debug build.
      let input = stride(from: 0, to: size, by: 28).map { ($0, batch.inputs[row * size + $0]) }
      var probabilities = (0..<11).map { c in
        input.reduce(network.parameters[11 * size + c]) { $0 + $1.1 * network.parameters[c * size + $1.0] }
      }
      let greatest = probabilities.max() ?? 0
      probabilities = probabilities.map { power($0 - greatest) }
      let sum = probabilities.reduce(0, +)
      loss += Double(1 - probabilities[batch.labels[row]] / sum)
      for c in 0..<11 {
        let error = (probabilities[c] / sum - (c == batch.labels[row] ? 1 : 0)) / Float(batch.count)
        for (k, value) in input { gradient[c * size + k] += error * value }
        gradient[11 * size + c] += error
      }
    }
    var parameters = network.parameters
    for k in velocity.indices {
      velocity[k] = 0.9 * velocity[k] + gradient[k]
      parameters[k] -= Float(learningRate) * velocity[k]
    }
    network.parameters = parameters
    return loss / Double(batch.count)
  }

  /// Nearly the exponential: (1 + x/64)⁶⁴.
  private func power(_ x: Float) -> Float {
    (0..<6).reduce(max(0, 1 + x / 64)) { power, _ in power * power }
  }

  var state: [UInt8] {
    (network.parameters + velocity).map(\.bitPattern).withUnsafeBytes { Array($0) }
  }

  func restore(_ state: [UInt8]) -> Bool {
    guard state.count == 8 * velocity.count else { return false }
    let values = state.withUnsafeBytes { bytes in
      bytes.bindMemory(to: UInt32.self).map { Float(bitPattern: $0) }
    }
    network.parameters = Array(values.prefix(velocity.count))
    velocity = Array(values.dropFirst(velocity.count))
    return true
  }
}

@Suite struct TrainingRunTests {
  private var recipe: Recipe {
    var recipe = Recipe()
    (recipe.batchSize, recipe.epochs, recipe.learningRate, recipe.averageSmoothing) = (8, 4, 0.1, 0.9)
    recipe.distortion.rotation = 10
    recipe.schedule = .oneCycle(rise: 0.3, start: 25, end: 100)
    return recipe
  }

  private func run(
    _ recipe: Recipe, trainer: any Trainer, validate: ((Network) -> ValidationResult)? = nil
  ) -> TrainingRun {
    TrainingRun(
      recipe, maker: BatchMaker(stripes(count: 50), recipe: recipe), trainer: trainer, validate: validate,
      clock: { 0 })
  }

  @Test func resumingAnywhereGivesTheSameBits() throws {
    let whole = run(recipe, trainer: try SoftmaxTrainer())
    #expect(whole.run() == .finished)
    #expect(whole.stepsDone == 28 && whole.history.rows.count == 4)
    for stop in [1, 6, 7, 8, 13, 27, 28] {
      let first = run(recipe, trainer: try SoftmaxTrainer())
      #expect(first.run(until: stop) == .interrupted)
      let second = run(recipe, trainer: try SoftmaxTrainer())
      try second.resume(try Checkpoint(bytes: first.checkpoint.bytes))
      #expect(second.run() == .finished)
      #expect(second.network == whole.network, "stopped after step \(stop)")
      #expect(second.history.rows.map(\.loss) == whole.history.rows.map(\.loss))
    }
  }

  @Test func aCheckpointOfAnotherRecipeIsRefused() throws {
    let first = run(recipe, trainer: try SoftmaxTrainer())
    var other = recipe
    other.seed = 2
    let second = run(other, trainer: try SoftmaxTrainer())
    #expect(throws: CheckpointError.self) { try second.resume(first.checkpoint) }
  }

  @Test func theLearningRateFollowsTheSchedule() throws {
    let trainer = try SoftmaxTrainer()
    _ = run(recipe, trainer: trainer).run()
    #expect(abs(trainer.rates[0] - 0.004) < 1e-9)
    #expect(abs((trainer.rates.max() ?? 0) - 0.1) < 1e-3)
    #expect((trainer.rates.last ?? 1) < 1e-4)
  }

  @Test func theBestWeightsAreKeptAndPatienceEndsTheRun() throws {
    var recipe = recipe
    (recipe.epochs, recipe.patience) = (50, 3)
    let accuracies = [0.5, 0.7, 0.9, 0.8, 0.8, 0.85, 0.95]
    var validated: [Network] = []
    let run = run(recipe, trainer: try SoftmaxTrainer()) { network in
      validated.append(network)
      return ValidationResult(loss: 0, accuracy: accuracies[validated.count - 1])
    }
    #expect(run.run() == .noImprovement)
    #expect(validated.count == 6)
    #expect(run.network == validated[2])
  }

  @Test func aLossBelowTheThresholdEndsTheRun() throws {
    var recipe = recipe
    (recipe.epochs, recipe.stopBelow, recipe.schedule) = (100, 0.8, .constant)
    let run = run(recipe, trainer: try SoftmaxTrainer())
    #expect(run.run() == .lossBelowThreshold)
    #expect((run.history.rows.last?.loss ?? 1) < 0.8)
  }

  @Test(arguments: [TrainingRun.End.finished, .noImprovement, .lossBelowThreshold])
  func aRunThatHasEndedIsNotContinued(end: TrainingRun.End) throws {
    var recipe = recipe
    switch end {
    case .noImprovement: (recipe.epochs, recipe.patience) = (50, 2)
    case .lossBelowThreshold: (recipe.epochs, recipe.stopBelow) = (50, 100)
    default: break
    }
    let validate: (Network) -> ValidationResult = { _ in ValidationResult(loss: 1, accuracy: 0.5) }
    let first = run(recipe, trainer: try SoftmaxTrainer(), validate: validate)
    // The checkpoint is taken before `run` returns, as in a session.
    var checkpoint = Checkpoint()
    #expect(first.run(onEpoch: { checkpoint = $0.checkpoint }) == end)
    let second = run(recipe, trainer: try SoftmaxTrainer(), validate: validate)
    try second.resume(try Checkpoint(bytes: checkpoint.bytes))
    #expect(second.run() == end)
    #expect(second.stepsDone == first.stepsDone && second.network == first.network)
    #expect(second.history == first.history)
  }
}
