// The training loop with the trainers of the model layer.

import Foundation
import NeuralNetwork
import Testing
import Training

@Suite struct TrainerTests {
  private static let data = stripes(count: 40)

  private func run(_ recipe: Recipe, threads: Int = 1, isValidated: Bool = true) throws -> TrainingRun {
    let network = Network(
      try Architecture(recipe.architecture), seed: recipe.seed, initializer: recipe.initializer)
    let maker = BatchMaker(Self.data, recipe: recipe)
    let trainer = recipe.makeTrainer(for: network, batchSize: maker.batchSize, threads: threads)
    // A constant result, which is a plateau.
    let validate: ((Network) -> ValidationResult)? =
      isValidated ? { _ in ValidationResult(loss: 1, accuracy: 0.5) } : nil
    return TrainingRun(recipe, maker: maker, trainer: trainer, validate: validate, clock: { 0 })
  }

  @Test(arguments: Recipe.OptimizerKind.allCases)
  func eachOptimizerContinuesToTheSameBits(_ optimizer: Recipe.OptimizerKind) throws {
    var recipe = Recipe()
    (recipe.architecture, recipe.optimizer, recipe.learningRate) = ("784-6n-D0.2-10", optimizer, 0.01)
    (recipe.batchSize, recipe.epochs, recipe.averageSmoothing) = (9, 4, 0.9)
    recipe.schedule = .plateau(factor: 0.5, patience: 0, least: 0.01)
    if optimizer == .gradientDescent { recipe.momentum = 0.9 }
    if optimizer == .lbfgs { (recipe.architecture, recipe.batchSize, recipe.epochs) = ("784-6s-10", 0, 20) }
    let whole = try run(recipe, threads: 2)
    _ = whole.run()
    for stop in [1, 5, 12] {
      let first = try run(recipe)
      #expect(first.run(until: stop) == .interrupted)
      let second = try run(recipe)
      try second.resume(try Checkpoint(bytes: first.checkpoint.bytes))
      _ = second.run()
      #expect(second.network == whole.network, "stopped after step \(stop)")
      #expect(second.stepsDone == whole.stepsDone)
    }
  }

  @Test func aConvergedMinimizationEnds() throws {
    var recipe = Recipe()
    (recipe.architecture, recipe.optimizer, recipe.batchSize) = ("784-10", .lbfgs, 0)
    (recipe.epochs, recipe.weightDecay) = (2000, 100)
    let whole = try run(recipe, isValidated: false)
    #expect(whole.run() == .finished)
    #expect(whole.history.rows.count < 2000)
    let again = try run(recipe, isValidated: false)
    try again.resume(whole.checkpoint)
    #expect(again.run() == .finished)
    #expect(again.history == whole.history && again.network == whole.network)
  }

  @Test func batchesOfOneSampleAreOnlineBackpropagation() throws {
    var recipe = Recipe()
    (recipe.architecture, recipe.optimizer, recipe.initializer) = ("784-5s-10", .gradientDescent, .xavier)
    (recipe.learningRate, recipe.batchSize, recipe.epochs, recipe.validation) = (0.5, 1, 2, 0)
    let run = try run(recipe, threads: 2, isValidated: false)
    var weights = run.network.parameters.map(Double.init)
    #expect(run.run() == .finished)
    #expect(run.stepsDone == 80)
    let maker = BatchMaker(Self.data, recipe: recipe)
    for epoch in 0..<2 {
      for sample in maker.order(ofEpoch: epoch) {
        let pixels = Self.data.pictures.pixels[
          Int(sample) * Batch.inputSize..<Int(sample + 1) * Batch.inputSize]
        let input = pixels.map { Double($0) / 255 }
        learn(&weights, input, label: Int(Self.data.pictures.labels[Int(sample)]), rate: 0.5)
      }
    }
    let largest = weights.map(abs).max() ?? 0
    let error = zip(weights, run.network.parameters).map { abs($0 - Double($1)) }.max() ?? 1
    #expect(error / largest < 1e-4)
  }

  /// Backpropagation of one sample as in a textbook, for 784 inputs, 5 sigmoid units and 10 outputs.
  private func learn(_ w: inout [Double], _ x: [Double], label: Int, rate: Double) {
    let (bias1, weight2, bias2) = (784 * 5, 784 * 5 + 5, 784 * 5 + 5 + 50)
    let hidden = (0..<5).map { j in
      1 / (1 + exp(-(w[bias1 + j] + (0..<784).reduce(0) { $0 + w[j * 784 + $1] * x[$1] })))
    }
    let sums = (0..<10).map { c in
      w[bias2 + c] + (0..<5).reduce(0) { $0 + w[weight2 + c * 5 + $1] * hidden[$1] }
    }
    let powers = sums.map { exp($0 - (sums.max() ?? 0)) }
    let errors = (0..<10).map { powers[$0] / powers.reduce(0, +) - ($0 == label ? 1 : 0) }
    let back = (0..<5).map { j in
      (0..<10).reduce(0) { $0 + errors[$1] * w[weight2 + $1 * 5 + j] } * hidden[j] * (1 - hidden[j])
    }
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
