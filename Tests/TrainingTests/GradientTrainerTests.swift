import Foundation
import NeuralNetwork
import Testing
import Training

/// The training loop with the real engine: every rule rests and goes on, and one pattern at a time is what textbooks
/// say it is.
@Suite struct NeuralEngineTests {
  private static let material: TrainingData = {
    var material = TrainingData()
    for k in 0..<40 {
      material.pictures.pixels += (0..<784).map {
        UInt8(truncatingIfNeeded: ($0 / 28 + k) % 10 * 25 + $0 % 7)
      }
      material.pictures.labels.append(UInt8(k % 10))
    }
    return material
  }()

  private func maker(_ recipe: Recipe) -> BatchMaker {
    BatchMaker(Self.material, recipe: recipe) { _, _, _ in }
  }

  private func run(_ recipe: Recipe, threads: Int = 1, isJudged: Bool = true) throws -> TrainingRun {
    let network = Network(try Architecture(recipe.architecture), seed: recipe.seed, initializer: recipe.start)
    let maker = maker(recipe)
    let engine = TrainerFactory.engine(for: recipe, network, batchSize: maker.batchSize, threads: threads)
    // A judge of little insight, whose verdicts make a plateau.
    let judge: ((Network) -> Verdict)? = isJudged ? { _ in Verdict(loss: 1, accuracy: 0.5) } : nil
    return TrainingRun(recipe, maker: maker, engine: engine, judge: judge, clock: { 0 })
  }

  @Test(arguments: Recipe.Rule.allCases) func everyRuleGoesOnToTheSameBits(_ rule: Recipe.Rule) throws {
    var recipe = Recipe()
    (recipe.architecture, recipe.optimizer, recipe.learningRate) = ("784-6n-D0.2-10", rule, 0.01)
    (recipe.batch, recipe.epochs, recipe.average) = (9, 4, 0.9)
    recipe.schedule = .plateau(factor: 0.5, patience: 0, least: 0.01)
    if rule == .gradientDescent { recipe.momentum = 0.9 }
    if rule == .lbfgs { (recipe.architecture, recipe.batch, recipe.epochs) = ("784-6s-10", 0, 20) }
    let whole = try run(recipe, threads: 2)
    _ = whole.run(onStep: { _ in .goOn }, onEpoch: { _, _ in })
    for stop in [1, 5, 12] {
      let first = try run(recipe)
      var steps = 0
      let end = first.run(
        onStep: { _ in
          steps += 1
          return steps == stop ? .rest : .goOn
        }, onEpoch: { _, _ in })
      #expect(end == .resting)
      let second = try run(recipe)
      try second.resume(try Checkpoint(bytes: first.checkpoint.bytes))
      _ = second.run(onStep: { _ in .goOn }, onEpoch: { _, _ in })
      #expect(second.network == whole.network, "stopped after step \(stop)")
      #expect(second.stepsDone == whole.stepsDone)
    }
  }

  @Test func aDescentThatHasArrivedIsNotGoneOnWith() throws {
    var recipe = Recipe()
    (recipe.architecture, recipe.optimizer, recipe.batch) = ("784-10", .lbfgs, 0)
    (recipe.epochs, recipe.decay) = (2000, 100)
    let whole = try run(recipe, isJudged: false)
    #expect(whole.run(onStep: { _ in .goOn }, onEpoch: { _, _ in }) == .finished)
    #expect(whole.history.rows.count < 2000)
    let again = try run(recipe, isJudged: false)
    try again.resume(whole.checkpoint)
    #expect(again.run(onStep: { _ in .goOn }, onEpoch: { _, _ in }) == .finished)
    #expect(again.history == whole.history && again.network == whole.network)
  }

  @Test func onePatternAtATimeIsPlainBackpropagation() throws {
    var recipe = Recipe()
    (recipe.architecture, recipe.optimizer, recipe.start) = ("784-5s-10", .gradientDescent, .xavier)
    (recipe.learningRate, recipe.batch, recipe.epochs, recipe.validation) = (0.5, 1, 2, 0)
    let run = try run(recipe, threads: 2, isJudged: false)
    var weights = run.network.parameters.map(Double.init)
    #expect(run.run(onStep: { _ in .goOn }, onEpoch: { _, _ in }) == .finished)
    #expect(run.stepsDone == 80)
    let maker = maker(recipe)
    for epoch in 0..<2 {
      for sample in maker.order(ofEpoch: epoch) {
        let pixels = Self.material.pictures.pixels[Int(sample) * 784..<Int(sample + 1) * 784]
        let input = pixels.map { Double($0) / 255 }
        learn(&weights, input, label: Int(Self.material.pictures.labels[Int(sample)]), rate: 0.5)
      }
    }
    let largest = weights.map(abs).max() ?? 0
    let error = zip(weights, run.network.parameters).map { abs($0 - Double($1)) }.max() ?? 1
    #expect(error / largest < 1e-4)
  }

  /// A pattern forward, its error back, a step down: the textbook's page, for 784 inputs, 5 sigmoids, 10 answers.
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
