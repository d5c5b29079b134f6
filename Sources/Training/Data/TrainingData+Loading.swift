// Reads the sets of a recipe from the data folder and holds out the validation data.

import Augmentation
import Basics
package import Datasets
import Formats
import Ink
import Preprocessing
package import Recognition

extension TrainingData {
  /// Symbols of unknown size that are told from others by their size alone.
  private static let sized: Set<String> = ["·"]

  /// Reads the data of a recipe.
  package init(
    _ recipe: Recipe, classes: Classes, from locator: DatasetLocator
  ) throws(DataError) {
    self.init()
    var notes: [String] = []
    for set in recipe.pictures {
      guard set == "mnist" else {
        throw .missing("there is no set of pictures called '\(set)'; a recipe may name: mnist")
      }
      notes.append(try addMNIST(recipe, classes, from: locator))
    }
    var collector = StrokeCollector(classes: classes)
    for set in recipe.strokes {
      notes.append(try collector.add(set, heldOut: recipe.heldOut[set] ?? 0, from: locator))
    }
    (strokes, foreignStrokes) = (collector.training, collector.foreign)
    (validationStrokes, validationForeign) = (collector.validation, collector.validationForeign)
    for set in recipe.nonDigits { try addForeign(set, classes, from: locator) }
    split = notes.joined(separator: "; ")
  }

  /// Adds MNIST's training pictures; returns how the validation data was chosen.
  private mutating func addMNIST(
    _ recipe: Recipe, _ classes: Classes, from locator: DatasetLocator
  ) throws(DataError) -> String {
    let images = try locator.mnist(.train)
    let side = InputNormalizer.side
    guard images.width == side, images.height == side, images.labels.allSatisfy({ $0 < 10 }) else {
      throw .damaged(
        "the training pictures are \(images.width) × \(images.height) pixels with labels up to "
          + "\(images.labels.max() ?? 0): expected \(side) × \(side) pixels and labels 0 to 9; "
          + "get the files again")
    }
    // The classes begin with the digits, or have them among others.
    let zero = classes.labels.firstIndex(of: "0") ?? 0
    let all = PictureSet(pixels: images.pixels, labels: images.labels.map { $0 + UInt8(clamping: zero) })
    var heldOut: [Int] = []
    var note = "no MNIST pictures kept out"
    if recipe.validation > 0 {
      let count = min(recipe.validation, all.count / 2)
      if images.writers.count == all.count {
        heldOut = ValidationSplit.byWriter(images.writers, count: count)
        let writers = Set(heldOut.map { images.writers[$0] }).count
        note = "\(heldOut.count) MNIST training pictures of \(writers) writers kept out"
      } else {
        heldOut = ValidationSplit.plain(all.count, count: count)
        note =
          "\(heldOut.count) MNIST training pictures kept out, whoever wrote them (mnist-writers is not there)"
      }
    }
    let heldOutSet = Set(heldOut)
    let training = all.labels.indices.filter { !heldOutSet.contains($0) }
    pictures.append(all.subset(recipe.limit > 0 ? training.prefix(recipe.limit) : training[...]))
    validation.append(all.subset(heldOut))
    return note
  }

  /// Adds a set of pictures, normalised as scans of them are.
  private mutating func addForeign(
    _ set: String, _ classes: Classes, from locator: DatasetLocator
  ) throws(DataError) {
    let images = try locator.images(set)
    let readsDigitsAlone = classes == .digits || classes == .digitsOrNone
    let leftOut = readsDigitsAlone ? Lookalikes.ofDigits : Self.sized
    let labels = images.names.map { name -> Int? in
      if leftOut.contains(name) { return nil }
      guard let index = classes.labels.firstIndex(of: name) else { return classes.labels.count }
      return readsDigitsAlone ? nil : index
    }
    for index in 0..<images.count {
      guard let label = labels[Int(images.labels[index])] else { continue }
      var ink = Coverage(width: images.width, height: images.height)
      ink.levels = Array(images.levels(of: index))
      guard let input = InputNormalizer.usual.input(of: ink) else { continue }
      let picture = PictureSet(pixels: input.levels, labels: [UInt8(clamping: label)])
      if label < classes.labels.count { pictures.append(picture) } else { foreignPictures.append(picture) }
    }
  }
}
