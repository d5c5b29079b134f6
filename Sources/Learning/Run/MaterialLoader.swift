// Reads what a recipe names from the data folder, and keeps out what only watches.

import Formats
public import Ink

extension Trail {
  /// The strokes of a drawing, as plain numbers.
  public init(_ drawing: Drawing) {
    self.init(
      drawing.strokes.map { stroke in
        stroke.samples.map { SIMD2(Float($0.point.x), Float($0.point.y)) }
      })
  }
}

extension Material {
  /// Letters too like a digit to teach that they are none: reading one of them as a digit is no mistake.
  public static let digitLike = Set("OoDQIiljJZzSsGbgqByT".map(String.init))

  /// What a recipe learns from and is watched with.
  public init(_ recipe: Recipe, from source: DataSource) throws(DataError) {
    self.init()
    var notes: [String] = []
    for set in recipe.pictures {
      guard set == "mnist" else {
        throw .missing("there is no set of pictures called '\(set)'; a recipe may name: mnist")
      }
      notes.append(try addMNIST(recipe, from: source))
    }
    for set in recipe.strokes { notes.append(try addStrokes(set, recipe, from: source)) }
    split = notes.joined(separator: "; ")
  }

  private mutating func addMNIST(_ recipe: Recipe, from source: DataSource) throws(DataError) -> String {
    let (images, labels) = try source.labelledPictures("train")
    guard images.shape[1] == 28, images.shape[2] == 28 else {
      throw .damaged(
        "the training pictures are \(images.shape[1]) × \(images.shape[2]) pixels: expected 28 × 28")
    }
    let all = Pictures(pixels: images.bytes, labels: labels)
    var kept: [Int] = []
    var note = "no pictures kept out"
    if recipe.validation > 0 {
      let count = min(recipe.validation, all.count / 2)
      if let writers = try Self.writers(of: labels, from: source) {
        kept = Split.byWriter(writers, count: count)
        note =
          "\(kept.count) MNIST training pictures of \(Set(kept.map { writers[$0] }).count) writers kept out"
      } else {
        kept = Split.plain(all.count, count: count)
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

  /// The writers of MNIST's training pictures, or nil where their numbers are not there.
  private static func writers(of labels: [UInt8], from source: DataSource) throws(DataError) -> [Int]? {
    let file = "qmnist-train-labels-idx2-int"
    guard source.path(of: file, in: "mnist-writers") != nil else { return nil }
    let rows = try source.array(file, in: "mnist-writers", rank: 2)
    let columns = rows.shape[1]
    // A part of MNIST has writers too: those of its first pictures, where the labels agree.
    guard rows.shape[0] >= labels.count, columns > 2,
      labels.indices.allSatisfy({ rows.integer(at: $0 * columns) == Int(labels[$0]) })
    else { return nil }
    return labels.indices.map { rows.integer(at: $0 * columns + 2) ?? -1 }
  }

  private mutating func addStrokes(
    _ set: String, _ recipe: Recipe, from source: DataSource
  ) throws(DataError) -> String {
    let drawings = try source.drawings(set)
    let kept = Split.heldOut(drawings.compactMap(\.writer), count: recipe.heldOut[set] ?? 0)
    var learnt: [Specimen] = []
    for drawing in drawings {
      guard let label = drawing.label else { continue }
      let trail = Trail(drawing.drawing)
      let isKept = drawing.writer.map(kept.contains) ?? false
      if let digit = Int(label), label.count == 1 {
        let specimen = Specimen(trail: trail, label: digit)
        if isKept { validationStrokes.append(specimen) } else { learnt.append(specimen) }
      } else if !Self.digitLike.contains(label) {
        if isKept { validationForeign.append(trail) } else { foreignStrokes.append(trail) }
      }
    }
    strokes.append(learnt)
    return "writers \(kept.sorted().map(String.init).joined(separator: ", ")) of \(set) kept out"
  }
}
