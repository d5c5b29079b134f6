// One model of several trained ones.

import NeuralNetwork
import Preprocessing
import Recognition
import Testing
import Training

@Suite struct ModelFusionTests {
  private let predict = ValidationSet.predictor(threads: 1)

  private func parts() throws -> [Model] {
    let symbols = Classes.symbols
    func model(_ name: String, _ architecture: String, _ classes: Classes, seed: UInt64) throws -> Model {
      try Model(name: name, networks: [Network(try Architecture(architecture), seed: seed)], classes: classes)
    }
    return [
      try model("digits", "28x28-P2-8s-11", .digitsOrNone, seed: 1),
      try model("symbols", "28x28-P2-8s-\(symbols.outputs)", symbols, seed: 2),
      try model(
        "strokes", "1x\(Trajectory.points)x\(Trajectory.channels)-G-\(symbols.outputs)", symbols, seed: 3),
    ]
  }

  private var recipe: Recipe {
    var recipe = Recipe()
    (recipe.name, recipe.parts) = ("fused", ["digits", "symbols", "strokes"])
    (recipe.strokes, recipe.validation, recipe.heldOut) = (["pendigits"], 12, ["pendigits": 2])
    return recipe
  }

  @Test func everyModeHasWeightsThatAddUpToOne() throws {
    let folder = try DataFolder()
    let model = try ModelFusion.model(of: parts(), recipe: recipe, from: folder.locator, predict: predict)
    #expect(model.modes == ReadingMode.allCases && model.name == "fused")
    for mode in ReadingMode.allCases {
      let fusion = try #require(model.fusions[mode])
      for weights in [fusion.strokes.weights, fusion.pictures.weights] {
        #expect(abs(weights.reduce(0, +) - 1) < 1e-9)
        // The networks for digits alone know no other sign.
        #expect(mode == .digits || weights[0] == 0)
      }
      // The path of the pen is not there in pictures.
      #expect(fusion.pictures.weights[2] == 0)
      #expect(fusion.strokes.temperature > 0)
    }
    #expect(model.sizes?.means["3"] != nil)
    let again = try ModelFusion.model(of: parts(), recipe: recipe, from: folder.locator, predict: predict)
    #expect(again.bytes == model.bytes)
    #expect(try Model(bytes: model.bytes) == model)
  }

  @Test func withoutHeldOutWritersThePartsCannotBeWeighed() throws {
    let folder = try DataFolder()
    var recipe = recipe
    recipe.heldOut = [:]
    let error = #expect(throws: ModelFusionError.self) {
      try ModelFusion.model(of: parts(), recipe: recipe, from: folder.locator, predict: predict)
    }
    #expect(error?.description.contains("held-out") == true)
  }
}
