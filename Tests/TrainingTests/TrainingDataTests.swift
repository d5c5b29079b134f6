// Reading a recipe's data.

import Datasets
import Formats
import Foundation
import Recognition
import Testing
import Training

@Suite struct TrainingDataTests {
  private var recipe: Recipe {
    var recipe = Recipe()
    (recipe.strokes, recipe.validation, recipe.heldOut) = (["pendigits"], 12, ["pendigits": 1])
    return recipe
  }

  @Test func heldOutWritersAreNotTrainedOn() throws {
    let folder = try DataFolder()
    let data = try TrainingData(recipe, classes: .digitsOrNone, from: folder.locator)
    #expect(data.validation.count == 12 && data.pictures.count == 28)
    #expect(data.strokes.count == 3 && data.validationStrokes.count == 1)
    // The letter O is too similar to a 0 to be an example of "no digit".
    #expect(data.foreignStrokes.count == 3 && data.validationForeign.count == 1)
    #expect(data.split.contains("12 MNIST training pictures kept out"), "\(data.split)")
    #expect(data.split.contains("of pendigits kept out"), "\(data.split)")
  }

  @Test func picturesAndLabelsOfDifferentCountsAreDamaged() throws {
    let folder = try DataFolder(labels: 39)
    let error = #expect(throws: DataError.self) {
      try TrainingData(recipe, classes: .digitsOrNone, from: folder.locator)
    }
    if case .damaged = error {} else { Issue.record("\(error.debugDescription)") }
  }

  @Test(.enabled(if: RealData.folder != nil && Gzip.isAvailable, "the real sets are gzip files"))
  func heldOutWritersOfMNISTAreNotTrainedOn() throws {
    var recipe = Recipe()
    recipe.strokes = ["pendigits", "ujipenchars"]
    recipe.nonDigits = ["mdas-symbols"]
    let locator = DatasetLocator(given: RealData.folder, environment: [:])
    let data = try TrainingData(recipe, classes: .digitsOrNone, from: locator)
    #expect(data.validation.count > 9_900 && data.validation.count <= 10_000)
    #expect(data.pictures.count + data.validation.count == 60_000)
    #expect(data.split.contains("writers kept out"), "\(data.split)")
    #expect(data.foreignPictures.count > 1000)
    let writers = try locator.mnist(.train).writers
    let heldOut = Set(ValidationSplit.byWriter(writers, count: 10_000))
    let heldOutWriters = Set(heldOut.map { writers[$0] })
    #expect(writers.indices.allSatisfy { heldOut.contains($0) == heldOutWriters.contains(writers[$0]) })
  }
}
