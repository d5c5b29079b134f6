// The recipes that ship with the program.

import Foundation
import NeuralNetwork
import Testing
import Training

@Suite struct ShippedRecipeTests {
  private static let models = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Models")

  private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: models.path())) ?? [])
    .filter { $0.hasSuffix(".recipe") }

  @Test(arguments: names) func aShippedRecipeIsValid(name: String) throws {
    let text = try String(contentsOf: Self.models.appending(path: name), encoding: .utf8)
    let recipe = try Recipe(text: text)
    #expect(name == recipe.name + ".recipe")
    let architecture = try Architecture(recipe.architecture)
    #expect(architecture.input.count == Batch.inputSize)
    #expect(architecture.outputs == (recipe.backgroundShare > 0 ? 11 : 10))
    #expect(!recipe.about.isEmpty)
    #expect(recipe.contradiction == nil)
  }
}
