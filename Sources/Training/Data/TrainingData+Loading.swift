// Reads the sets of a recipe from the data folder and holds out the validation data.

import Augmentation
import Basics
package import Datasets
import Formats
import Ink
import Preprocessing

extension PolylineDrawing {
  /// The strokes of a drawing.
  fileprivate init(_ drawing: Drawing) {
    self.init(
      drawing.strokes.map { stroke in
        stroke.samples.map { SIMD2(Float($0.point.x), Float($0.point.y)) }
      })
  }
}

extension TrainingData {
  /// Names of symbols that look like a 1.
  private static let oneLike: Set<String> = ["/"]

  /// Reads the data of a recipe.
  package init(_ recipe: Recipe, from locator: DatasetLocator) throws(DataError) {
    self.init()
    var notes: [String] = []
    for set in recipe.pictures {
      guard set == "mnist" else {
        throw .missing("there is no set of pictures called '\(set)'; a recipe may name: mnist")
      }
      notes.append(try addMNIST(recipe, from: locator))
    }
    for set in recipe.strokes { notes.append(try addStrokes(set, recipe, from: locator)) }
    for set in recipe.nonDigits { try addNonDigits(set, from: locator) }
    split = notes.joined(separator: "; ")
  }

  /// Adds MNIST's training pictures; returns how the validation data was chosen.
  private mutating func addMNIST(_ recipe: Recipe, from locator: DatasetLocator) throws(DataError) -> String {
    let images = try locator.mnist(.train)
    let side = InputNormalizer.side
    guard images.width == side, images.height == side, images.labels.allSatisfy({ $0 < 10 }) else {
      throw .damaged(
        "the training pictures are \(images.width) × \(images.height) pixels with labels up to "
          + "\(images.labels.max() ?? 0): expected \(side) × \(side) pixels and labels 0 to 9; "
          + "get the files again")
    }
    let all = PictureSet(pixels: images.pixels, labels: images.labels)
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

  /// Adds a set of strokes; returns how the validation data was chosen.
  private mutating func addStrokes(
    _ set: String, _ recipe: Recipe, from locator: DatasetLocator
  ) throws(DataError) -> String {
    let drawings = try locator.strokes(set)
    let writers = ValidationSplit.heldOut(drawings.compactMap(\.writer), count: recipe.heldOut[set] ?? 0)
    var training: [LabelledPolylines] = []
    for labelled in drawings {
      guard let label = labelled.label else { continue }
      let drawing = PolylineDrawing(labelled.drawing)
      let isHeldOut = labelled.writer.map(writers.contains) ?? false
      if let digit = Int(label), label.count == 1 {
        let digit = LabelledPolylines(drawing, label: digit)
        if isHeldOut { validationStrokes.append(digit) } else { training.append(digit) }
      } else if !LabelKinds.digitLike.contains(label) {
        if isHeldOut { validationNonDigits.append(drawing) } else { nonDigitStrokes.append(drawing) }
      }
    }
    strokes.append(training)
    return "writers \(writers.sorted().map { "\($0)" }.joined(separator: ", ")) of \(set) kept out"
  }

  /// Adds pictures that are no digit, normalised as scans of them are.
  private mutating func addNonDigits(_ set: String, from locator: DatasetLocator) throws(DataError) {
    let images = try locator.images(set)
    let isNonDigit = images.names.map { name in
      !(Int(name) != nil || LabelKinds.digitLike.contains(name) || Self.oneLike.contains(name))
    }
    for index in 0..<images.count where isNonDigit[Int(images.labels[index])] {
      var ink = Coverage(width: images.width, height: images.height)
      ink.levels = Array(images.levels(of: index))
      guard let input = InputNormalizer.usual.input(of: ink) else { continue }
      nonDigitPictures.pixels += input.levels
      nonDigitPictures.labels.append(10)
    }
  }
}
