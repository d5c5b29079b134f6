// Collects the samples of several sets of strokes, and keeps whole writers out of training.

import Augmentation
import Basics
import Datasets
import Formats
import Ink
import Recognition

/// Collects the samples of several sets of strokes.
struct StrokeCollector {
  let classes: Classes
  private(set) var validation: [LabelledPolylines] = []
  private(set) var validationForeign: [LabelledPolylines] = []
  private var samples: [LabelledPolylines] = []
  private var writers: [String] = []
  private var foreignSamples: [LabelledPolylines] = []
  private var foreignWriters: [String] = []

  init(classes: Classes) { self.classes = classes }

  /// Training samples of the classes.
  var training: WeightedSamples { WeightedSamples(samples, writers: writers) }
  /// Training samples of no class.
  var foreign: WeightedSamples { WeightedSamples(foreignSamples, writers: foreignWriters) }

  /// Adds a set; returns how the validation data was chosen.
  ///
  /// In a set without writers, every tenth sample is held out where `heldOut` is not 0.
  mutating func add(_ set: String, heldOut: Int, from locator: DatasetLocator) throws(DataError) -> String {
    let drawings = try locator.strokes(set)
    let heldOutWriters = ValidationSplit.heldOut(drawings.compactMap(\.writer), count: heldOut)
    let scale = WriterScale(drawings)
    let isAlone = classes == .digits || classes == .digitsOrNone
    for (index, labelled) in drawings.enumerated() {
      guard let label = labelled.label else { continue }
      let drawing = PolylineDrawing(labelled.drawing)
      let isHeldOut = labelled.writer.map(heldOutWriters.contains) ?? (heldOut > 0 && index % 10 == 0)
      let writer = labelled.writer.map { "\(set) \($0)" } ?? "\(set) \(index)"
      let known = classes.labels.firstIndex(of: label)
      if known == nil, isAlone, Lookalikes.ofDigits.contains(label) { continue }
      let sample = LabelledPolylines(
        drawing, label: known ?? classes.labels.count,
        relativeSize: Self.setsWithoutSize.contains(set) ? nil : scale.relativeSize(of: labelled))
      switch (known != nil, isHeldOut) {
      case (true, true): validation.append(sample)
      case (false, true): validationForeign.append(sample)
      case (true, false):
        if sample.relativeSize == nil, Self.sized.contains(label) { continue }
        samples.append(sample)
        writers.append(writer)
      case (false, false):
        foreignSamples.append(sample)
        foreignWriters.append(writer)
      }
    }
    if heldOut == 0 { return "nobody of \(set) kept out" }
    if heldOutWriters.isEmpty { return "every tenth sample of \(set) kept out" }
    return "writers \(heldOutWriters.sorted().map { "\($0)" }.joined(separator: ", ")) of \(set) kept out"
  }

  /// Sets whose samples were all scaled to one size.
  private static let setsWithoutSize: Set<String> = ["detexify-operators", "detexify-other"]
  /// Symbols that are told from others by their size.
  private static let sized: Set<String> = [".", ",", "'", "`", "·", "°"]
}

extension PolylineDrawing {
  /// The strokes of a drawing.
  fileprivate init(_ drawing: Drawing) {
    self.init(
      drawing.strokes.map { stroke in
        stroke.samples.map { SIMD2(Float($0.point.x), Float($0.point.y)) }
      })
  }
}
