// Training sessions: interruption, resumption, and the files that they write.

import Foundation
import NeuralNetwork
import Recognition
import Testing
import Training

@Suite struct TrainingSessionTests {
  private let folder: DataFolder

  init() throws { folder = try DataFolder(count: 60) }

  private func recipe(networks: Int = 1) throws -> Recipe {
    var recipe = Recipe()
    recipe.architecture = "784-6-10"
    (recipe.name, recipe.validation, recipe.networks) = ("small", 20, networks)
    (recipe.batchSize, recipe.epochs, recipe.averageSmoothing) = (10, 5, 0.9)
    recipe.schedule = .oneCycle(rise: 0.3, start: 25, end: 100)
    return recipe
  }

  private func files(_ name: String) -> TrainingFiles {
    TrainingFiles(model: folder.path(name + ".safetensors"))
  }

  /// Trains, up to a number of steps of the session; the constant clock makes a checkpoint due after each epoch.
  @discardableResult
  private func train(
    _ recipe: Recipe, _ name: String, steps: Int = .max, isResumed: Bool = false,
    report: (Int, TrainingSession.Progress) -> Void = { _, _ in }
  ) throws -> Model {
    var session = try TrainingSession(
      recipe, from: folder.locator, files: files(name), threads: 1, clock: { 0 })
    if isResumed { try session.resume() }
    var step = 0
    return try session.train(
      isInterrupted: {
        step += 1
        return step >= steps
      }, report: report, drawCurves: { history, title in "\(title) \(history.rows.count)" })
  }

  @Test func aSessionWritesItsFiles() throws {
    let recipe = try recipe()
    var epochs: [Int] = []
    var ends: [TrainingRun.End] = []
    let model = try train(recipe, "small") { network, progress in
      #expect(network == 1)
      if case .epoch(let row) = progress { epochs.append(row.epoch) }
      if case .end(let end) = progress { ends.append(end) }
    }
    #expect(epochs == Array(1...5) && ends == [.finished])
    #expect(folder.read("small.safetensors") == model.bytes)
    #expect(files("small").epochs?.rows.map(\.epoch) == epochs)
    #expect(folder.read("small.svg") == Array("small:  5".utf8))
    let written = try Recipe(text: String(decoding: try #require(folder.read("small.recipe")), as: UTF8.self))
    #expect(written == recipe)
    #expect(folder.read("small.checkpoint") == nil, "a training that has its model needs no checkpoint")
  }

  @Test(arguments: [1, 3]) func anInterruptedSessionContinuesToTheSameBits(networks: Int) throws {
    let recipe = try recipe(networks: networks)
    let whole = try train(recipe, "whole")
    #expect(whole.networks.count == networks)
    let stepsOfNetwork = 20
    for steps in [1, 4, 7, stepsOfNetwork + 3] where steps < networks * stepsOfNetwork {
      let error = #expect(throws: TrainingSessionError.self) { try train(recipe, "part", steps: steps) }
      guard case .interrupted = error else {
        Issue.record("\(error.debugDescription)")
        return
      }
      #expect(folder.read("part.safetensors") == nil)
      #expect(try train(recipe, "part", isResumed: true).bytes == whole.bytes, "stopped after step \(steps)")
      #expect(files("part").epochs?.rows.map(\.epoch) == Array(1...(5 * networks)))
      try FileManager.default.removeItem(atPath: folder.path("part.safetensors"))
    }
  }

  @Test(arguments: [TrainingRun.End.lossBelowThreshold, .noImprovement])
  func resumingAfterTheEndGivesTheSameBits(end: TrainingRun.End) throws {
    var recipe = try recipe(networks: 2)
    if end == .noImprovement {
      (recipe.patience, recipe.learningRate) = (1, 5)
    } else {
      recipe.stopBelow = 100
    }
    var ends: [TrainingRun.End] = []
    var checkpoint: [UInt8]?
    let model = try train(recipe, "small") {
      guard case .end(let end) = $1 else { return }
      ends.append(end)
      checkpoint = folder.read("small.checkpoint")
    }
    #expect(ends == [end, end])
    // As where the program is killed before it writes the model.
    try folder.write(try #require(checkpoint), "small.checkpoint")
    #expect(try train(recipe, "small", isResumed: true).bytes == model.bytes)
  }

  @Test func aCheckpointContinuesOnlyWithItsRecipeAndData() throws {
    let recipe = try recipe(networks: 2)
    #expect(throws: TrainingSessionError.self) { try train(recipe, "small", steps: 23) }
    let checkpoint = try #require(folder.read("small.checkpoint"))
    func refusal(_ recipe: Recipe) -> String {
      let error = #expect(throws: TrainingSessionError.self) { try train(recipe, "small", isResumed: true) }
      return error?.description ?? ""
    }
    #expect(refusal(try self.recipe()).contains("another recipe"))
    var unsigned = try Checkpoint(bytes: checkpoint)
    unsigned.parts["signed.data"] = nil
    try folder.write(unsigned.bytes, "small.checkpoint")
    #expect(refusal(recipe).contains("an earlier version"))
    try folder.write(Array(checkpoint.dropLast()), "small.checkpoint")
    #expect(refusal(recipe).contains("damaged"))
    try folder.write(checkpoint, "small.checkpoint")
    var labels = try #require(folder.read(DataFolder.labelFile))
    labels[30] ^= 1
    try folder.write(labels, DataFolder.labelFile)
    #expect(refusal(recipe).contains("other data"))
    try FileManager.default.removeItem(atPath: folder.path("small.checkpoint"))
    #expect(refusal(recipe).contains("without --resume"))
  }

  @Test func anotherRecipeIsNotReplaced() throws {
    let recipe = try recipe()
    // The same recipe may have comments.
    let text = Array("# A comment.\n\(recipe.text)".utf8)
    try folder.write(text, "small.recipe")
    try files("small").verify(for: recipe)
    try train(recipe, "small")
    #expect(folder.read("small.recipe") == text)
    var other = recipe
    other.epochs = 6
    let error = #expect(throws: TrainingSessionError.self) { try files("small").verify(for: other) }
    #expect(error?.description.contains("--name") == true)
  }

  @Test(arguments: ["small.recipe", "missing/small.safetensors", "taken.safetensors"])
  func filesThatCannotBeWrittenAreFoundBeforeTraining(model: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("taken.csv"), withIntermediateDirectories: true)
    #expect(throws: TrainingSessionError.self) {
      try TrainingFiles(model: folder.path(model)).verify(for: try recipe())
    }
  }

  @Test func aDivergedTrainingHasNoModel() throws {
    var recipe = try recipe()
    (recipe.learningRate, recipe.optimizer, recipe.schedule) = (1e3, .gradientDescent, .constant)
    (recipe.architecture, recipe.epochs) = ("784-6n-6n-10", 200)
    let error = #expect(throws: TrainingSessionError.self) { try train(recipe, "small") }
    #expect(error?.description.contains("--learning-rate") == true, "\(error.debugDescription)")
    #expect(folder.read("small.safetensors") == nil)
  }

  @Test func anEpochWithoutDigitsIsRefused() throws {
    var recipe = try recipe()
    (recipe.pictures, recipe.strokes, recipe.strokeShare) = ([], ["pendigits"], 0.01)
    let error = #expect(throws: TrainingSessionError.self) { try train(recipe, "small") }
    #expect(error?.description.contains("no symbol to learn from") == true, "\(error.debugDescription)")
  }

  @Test(arguments: [
    ("784-C", "'architecture': "), ("784-9", "expected 10 outputs"), ("100-10", "expected an input of 28x28"),
    ("", "no architecture"),
  ])
  func anArchitectureThatDoesNotFitIsRefused(architecture: String, message: String) throws {
    var recipe = try recipe()
    recipe.architecture = architecture
    let error = #expect(throws: TrainingSessionError.self) { try train(recipe, "small") }
    #expect(error?.description.contains(message) == true, "\(error.debugDescription)")
  }
}
