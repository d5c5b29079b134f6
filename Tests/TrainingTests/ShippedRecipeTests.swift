// The recipes that ship with the program.

import Foundation
import NeuralNetwork
import Preprocessing
import Recognition
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
    for part in recipe.parts { #expect(Self.names.contains(part + ".recipe")) }
    if recipe.parts.isEmpty {
      let architecture = try Architecture(recipe.architecture)
      #expect(InputFormat(architecture.input, normalizer: .usual) != nil)
      #expect(architecture.outputs == recipe.outputClasses.outputs)
    }
    #expect(!recipe.about.isEmpty)
    #expect(recipe.contradiction == nil)
  }
}
