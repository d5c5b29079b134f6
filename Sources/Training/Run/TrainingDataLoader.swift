// Reads what a recipe names from the data folder, and keeps out what only watches.

import Augmentation
package import Datasets
import Formats
package import Ink
import Preprocessing

extension Trail {
  /// The strokes of a drawing, as plain numbers.
  package init(_ drawing: Drawing) {
    self.init(
      drawing.strokes.map { stroke in
        stroke.samples.map { SIMD2(Float($0.point.x), Float($0.point.y)) }
      })
  }
}

extension TrainingData {
  /// Names of symbols that look like a one.
  private static let strokeLike: Set<String> = ["slash", "division_slash"]

  /// What a recipe learns from and is watched with.
  package init(_ recipe: Recipe, from place: DatasetLocator) throws(DataError) {
    self.init()
    var notes: [String] = []
    for set in recipe.pictures {
      guard set == "mnist" else {
        throw .missing("there is no set of pictures called '\(set)'; a recipe may name: mnist")
      }
      notes.append(try addMNIST(recipe, from: place))
    }
    for set in recipe.strokes { notes.append(try addStrokes(set, recipe, from: place)) }
    for set in recipe.foreign { try addForeign(set, from: place) }
    split = notes.joined(separator: "; ")
  }

  private mutating func addMNIST(_ recipe: Recipe, from place: DatasetLocator) throws(DataError) -> String {
    let images = try place.mnist(.train)
    guard images.width == 28, images.height == 28, images.labels.allSatisfy({ $0 < 10 }) else {
      throw .damaged(
        "the training pictures are \(images.width) × \(images.height) pixels with labels up to "
          + "\(images.labels.max() ?? 0): expected 28 × 28 pixels and labels 0 to 9; get the files again")
    }
    let all = Pictures(pixels: images.pixels, labels: images.labels)
    var kept: [Int] = []
    var note = "no MNIST pictures kept out"
    if recipe.validation > 0 {
      let count = min(recipe.validation, all.count / 2)
      if images.writers.count == all.count {
        kept = ValidationSplit.byWriter(images.writers, count: count)
        let writers = Set(kept.map { images.writers[$0] }).count
        note = "\(kept.count) MNIST training pictures of \(writers) writers kept out"
      } else {
        kept = ValidationSplit.plain(all.count, count: count)
        note =
          "\(kept.count) MNIST training pictures kept out, whoever wrote them (mnist-writers is not there)"
      }
    }
    let keptSet = Set(kept)
    var learnt = all.labels.indices.filter { !keptSet.contains($0) }
    if recipe.limit > 0 { learnt = Array(learnt.prefix(recipe.limit)) }
    pictures.append(all.picked(learnt))
    validation.append(all.picked(kept))
    return note
  }

  private mutating func addStrokes(
    _ set: String, _ recipe: Recipe, from place: DatasetLocator
  ) throws(DataError) -> String {
    let drawings = try place.strokes(set)
    let kept = ValidationSplit.heldOut(drawings.compactMap(\.writer), count: recipe.heldOut[set] ?? 0)
    var learnt: [Specimen] = []
    for drawing in drawings {
      guard let label = drawing.label else { continue }
      let trail = Trail(drawing.drawing)
      let isKept = drawing.writer.map(kept.contains) ?? false
      if let digit = Int(label), label.count == 1 {
        let specimen = Specimen(trail: trail, label: digit)
        if isKept { validationStrokes.append(specimen) } else { learnt.append(specimen) }
      } else if !LabelKinds.digitLike.contains(label) {
        if isKept { validationForeign.append(trail) } else { foreignStrokes.append(trail) }
      }
    }
    strokes.append(learnt)
    return "writers \(kept.sorted().map(String.init).joined(separator: ", ")) of \(set) kept out"
  }

  /// Symbols that are no digit, fitted into the input as a scan of them would be.
  private mutating func addForeign(_ set: String, from place: DatasetLocator) throws(DataError) {
    let images = try place.images(set)
    let foreign = images.names.map { name in
      !(Int(name) != nil || LabelKinds.digitLike.contains(name) || Self.strokeLike.contains(name))
    }
    for index in 0..<images.count where foreign[Int(images.labels[index])] {
      var ink = Coverage(width: images.width, height: images.height)
      ink.levels = Array(images.levels(of: index))
      guard let input = InputNormalizer.usual.input(of: ink) else { continue }
      foreignPictures.pixels += input.levels
      foreignPictures.labels.append(10)
    }
  }
}
