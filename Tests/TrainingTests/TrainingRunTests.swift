// The training loop with the trainers of the model layer.

import Augmentation
import Foundation
import NeuralNetwork
import Testing
import Training

@Suite struct TrainingRunTests {
  private static let data = stripes(count: 40)

  /// Four epochs of five steps.
  private var recipe: Recipe {
    var recipe = Recipe()
    (recipe.architecture, recipe.batchSize, recipe.epochs) = ("784-10", 9, 4)
    (recipe.optimizer, recipe.learningRate, recipe.averageSmoothing) = (.gradientDescent, 0.1, 0.9)
    recipe.distortion.rotation = 10
    return recipe
  }

  private func run(
    _ recipe: Recipe, threads: Int = 1, validate: ((Network) -> ValidationResult)? = nil
  ) throws -> TrainingRun {
    let network = Network(
      try Architecture(recipe.architecture), seed: recipe.seed, initializer: recipe.initializer)
    let maker = BatchMaker(Self.data, recipe: recipe)
    let trainer = recipe.makeTrainer(for: network, batchSize: maker.batchSize, threads: threads)
    return TrainingRun(recipe, maker: maker, trainer: trainer, validate: validate, clock: { 0 })
  }

  @Test(arguments: Recipe.OptimizerKind.allCases)
  func eachOptimizerContinuesToTheSameBits(_ optimizer: Recipe.OptimizerKind) throws {
    var recipe = recipe
    (recipe.architecture, recipe.optimizer, recipe.learningRate) = ("784-6n-D0.2-10", optimizer, 0.01)
    recipe.schedule = .plateau(factor: 0.5, patience: 0, least: 0.01)
    if optimizer == .gradientDescent { recipe.momentum = 0.9 }
    if optimizer == .lbfgs { (recipe.architecture, recipe.batchSize, recipe.epochs) = ("784-6s-10", 0, 20) }
    // A constant result, which is a plateau.
    let validate: (Network) -> ValidationResult = { _ in ValidationResult(loss: 1, accuracy: 0.5) }
    let whole = try run(recipe, threads: 2, validate: validate)
    #expect(whole.run() == .finished)
    #expect(whole.stepsDone == 20)
    for stop in [1, 5, 6, 12, 20] {
      let first = try run(recipe, validate: validate)
      #expect(first.run(until: stop) == .interrupted)
      let second = try run(recipe, validate: validate)
      try second.resume(try Checkpoint(bytes: first.checkpoint.bytes))
      #expect(second.run() == .finished)
      #expect(second.network == whole.network, "stopped after step \(stop)")
      #expect(second.history.rows.map(\.loss) == whole.history.rows.map(\.loss))
    }
  }

  @Test func aCheckpointOfAnotherRecipeIsRefused() throws {
    var other = recipe
    other.seed = 2
    let checkpoint = try run(recipe).checkpoint
    let otherRun = try run(other)
    #expect(throws: CheckpointError.self) { try otherRun.resume(checkpoint) }
  }

  /// A forged checkpoint has a valid checksum.
  @Test(arguments: [
    Double.nan, .infinity, -.infinity, -1, 0.5, 1e300, -1e300, 9.2e18, 9_007_199_254_740_992,
    .greatestFiniteMagnitude,
  ])
  func absurdNumbersOfACheckpointAreRefusedOrHarmless(number: Double) throws {
    var recipe = recipe
    recipe.schedule = .plateau(factor: 0.5, patience: 0, least: 0.01)
    recipe.patience = 2
    let validate: (Network) -> ValidationResult = { _ in ValidationResult(loss: 1, accuracy: 0.5) }
    let first = try run(recipe, validate: validate)
    #expect(first.run(until: 7) == .interrupted)
    let checkpoint = first.checkpoint
    var forged: [Checkpoint] = []
    for name in ["place", "average.count"] {
      let numbers = try #require(checkpoint[doubles: name])
      for index in numbers.indices {
        var changed = numbers
        changed[index] = number
        var other = checkpoint
        other[doubles: name] = changed
        forged.append(other)
      }
    }
    for name in ["average.parameters", "average.statistics", "best.parameters"] {
      guard var floats = checkpoint[floats: name], !floats.isEmpty else { continue }
      floats[0] = Float(number)
      var other = checkpoint
      other[floats: name] = floats
      forged.append(other)
    }
    let row =
      "epoch,learning_rate,loss,validation_loss,validation_accuracy,stroke_accuracy,samples_per_second,seconds"
    for fields in ["9223372036854775807,1,1,,,,1,1", "1,\(number),1,,,,1,1", "1,1,1,\(number),,,1,\(number)"]
    {
      var other = checkpoint
      other[text: "history"] = row + "\n" + fields + "\n"
      forged.append(other)
    }
    var refused = 0
    for checkpoint in forged {
      let second = try run(recipe, validate: validate)
      do { try second.resume(try Checkpoint(bytes: checkpoint.bytes)) } catch {
        refused += 1
        continue
      }
      // It trains on to some end, and neither traps nor runs forever.
      _ = second.run()
      #expect(second.stepsDone <= 20)
    }
    #expect(refused >= 5, "\(refused) of \(forged.count)")
  }

  @Test func aCheckpointWithMoreNetworksThanTheRecipeIsRefused() throws {
    let network = try run(recipe).network
    var trained = TrainedNetworks()
    for _ in 0..<3 { trained.append(network, History()) }
    var checkpoint = Checkpoint()
    trained.save(in: &checkpoint)
    #expect(throws: Never.self) { try TrainedNetworks(in: checkpoint, like: network, most: 3) }
    #expect(throws: CheckpointError.self) { try TrainedNetworks(in: checkpoint, like: network, most: 2) }
  }

  @Test func theLearningRateFollowsTheSchedule() throws {
    var recipe = recipe
    (recipe.batchSize, recipe.epochs) = (0, 28)
    recipe.schedule = .oneCycle(rise: 0.3, start: 25, end: 100)
    let run = try run(recipe)
    #expect(run.run() == .finished)
    let rates = run.history.rows.map(\.learningRate)
    #expect(abs(rates[0] - 0.004) < 1e-6)
    #expect(abs((rates.max() ?? 0) - 0.1) < 1e-3)
    #expect((rates.last ?? 1) < 1e-4)
  }

  @Test func theBestWeightsAreKeptAndPatienceEndsTheRun() throws {
    var recipe = recipe
    (recipe.epochs, recipe.patience) = (50, 3)
    let accuracies = [0.5, 0.7, 0.9, 0.8, 0.8, 0.85, 0.95]
    var validated: [Network] = []
    let run = try run(recipe) { network in
      validated.append(network)
      return ValidationResult(loss: 0, accuracy: accuracies[validated.count - 1])
    }
    #expect(run.run() == .noImprovement)
    #expect(validated.count == 6)
    #expect(run.network == validated[2])
  }

  @Test func aLossBelowTheThresholdEndsTheRun() throws {
    var recipe = recipe
    (recipe.epochs, recipe.stopBelow) = (100, 1)
    let run = try run(recipe)
    #expect(run.run() == .lossBelowThreshold)
    let losses = run.history.rows.map(\.loss)
    #expect((losses.last ?? 1) < 1 && losses.dropLast().allSatisfy { $0 >= 1 })
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
    let first = try run(recipe, validate: validate)
    // The checkpoint is taken before `run` returns, as in a session.
    var checkpoint = Checkpoint()
    #expect(first.run(onEpoch: { checkpoint = $0.checkpoint }) == end)
    let second = try run(recipe, validate: validate)
    try second.resume(checkpoint)
    #expect(second.run() == end)
    #expect(second.stepsDone == first.stepsDone && second.network == first.network)
    #expect(second.history == first.history)
  }

  @Test func aConvergedMinimizationEnds() throws {
    var recipe = recipe
    (recipe.optimizer, recipe.batchSize, recipe.epochs, recipe.weightDecay) = (.lbfgs, 0, 2000, 100)
    (recipe.distortion, recipe.averageSmoothing) = (Distortion(), 0)
    let whole = try run(recipe)
    #expect(whole.run() == .finished)
    #expect(whole.history.rows.count < 2000)
    let again = try run(recipe)
    try again.resume(whole.checkpoint)
    #expect(again.run() == .finished)
    #expect(again.history == whole.history && again.network == whole.network)
  }

  @Test func batchesOfOneSampleAreOnlineBackpropagation() throws {
    var recipe = Recipe()
    (recipe.architecture, recipe.optimizer, recipe.initializer) = ("784-5s-10", .gradientDescent, .xavier)
    (recipe.learningRate, recipe.batchSize, recipe.epochs) = (0.5, 1, 2)
    let run = try run(recipe, threads: 2)
    var weights = run.network.parameters.map(Double.init)
    #expect(run.run() == .finished)
    #expect(run.stepsDone == 80)
    let maker = BatchMaker(Self.data, recipe: recipe)
    let inputs = Self.data.pictures.batch
    for epoch in 0..<2 {
      for sample in maker.order(ofEpoch: epoch) {
        let input = inputs.inputs[
          Int(sample) * PictureSet.pictureSize..<Int(sample + 1) * PictureSet.pictureSize]
        backpropagate(&weights, input.map(Double.init), label: inputs.labels[Int(sample)], rate: 0.5)
      }
    }
    let greatest = weights.map(abs).max() ?? 0
    let error = zip(weights, run.network.parameters).map { abs($0 - Double($1)) }.max() ?? 1
    #expect(error / greatest < 1e-4)
  }

  /// Backpropagation of one sample as in a textbook, for 784 inputs, 5 sigmoid units and 10 outputs.
  private func backpropagate(_ w: inout [Double], _ x: [Double], label: Int, rate: Double) {
    let (bias1, weight2, bias2) = (784 * 5, 784 * 5 + 5, 784 * 5 + 5 + 50)
    func product(_ first: Int, _ values: [Double], stride: Int = 1) -> Double {
      values.indices.reduce(0) { $0 + w[first + $1 * stride] * values[$1] }
    }
    let hidden = (0..<5).map { 1 / (1 + exp(-w[bias1 + $0] - product($0 * 784, x))) }
    let powers = (0..<10).map { exp(w[bias2 + $0] + product(weight2 + $0 * 5, hidden)) }
    let sum = powers.reduce(0, +)
    var errors = powers.map { $0 / sum }
    errors[label] -= 1
    let back = (0..<5).map { product(weight2 + $0, errors, stride: 5) * hidden[$0] * (1 - hidden[$0]) }
    for c in 0..<10 {
      for j in 0..<5 { w[weight2 + c * 5 + j] -= rate * errors[c] * hidden[j] }
      w[bias2 + c] -= rate * errors[c]
    }
    for j in 0..<5 {
      for k in 0..<784 { w[j * 784 + k] -= rate * back[j] * x[k] }
      w[bias1 + j] -= rate * back[j]
    }
  }
}
