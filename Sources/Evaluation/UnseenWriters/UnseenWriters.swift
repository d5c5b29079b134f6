import Basics
package import Datasets
import Formats

/// Digits, letters and pictures by writers that a model did not learn from.
package struct UnseenWriters: Sendable {
  /// A set of strokes.
  struct Source: Sendable {
    let name: String
    /// The number of writers to measure with where the model did not learn from the set, so that models are
    /// measured on the same writers; nil for all writers.
    let writers: Int?
    /// The share of its digits that should be read right.
    let target: Double
  }

  /// A source's drawings.
  struct Drawings: Sendable {
    let source: Source
    let drawings: [LabelledDrawing]
  }

  /// What a model's training kept out of its data.
  package struct Validation: Sendable {
    /// The number of MNIST's training pictures.
    let pictures: Int
    /// The number of writers of each set of strokes that the model learnt from.
    let writers: [String: Int]

    /// Makes the numbers; `writers` has an entry for each set of strokes that the model learnt from.
    package init(pictures: Int, writers: [String: Int]) {
      self.pictures = pictures
      self.writers = writers
    }
  }

  /// The sets; no model learns from the last one, so all its writers are unseen.
  private static let sources = [
    Source(name: "pendigits", writers: 6, target: 0.99),
    Source(name: "ujipenchars", writers: 2, target: 0.975),
    Source(name: "chars74k-strokes", writers: nil, target: 0.99),
  ]

  /// The digits of each set.
  private(set) var digits: [Drawings] = []
  /// The letters of each set by the same writers, without those that look like digits.
  private(set) var letters: [Drawings] = []
  /// MNIST's pictures that were kept out of training.
  let pictures: ImageSet

  /// Reads the sets that are there; at least one set of strokes must be.
  package init(_ validation: Validation, from locator: DatasetLocator) throws(EvaluationError) {
    do throws(DataError) {
      let all = try locator.mnist(.train)
      let count = min(validation.pictures, all.count / 2)
      let kept =
        all.writers.isEmpty
        ? ValidationSplit.plain(all.count, count: count) : ValidationSplit.byWriter(all.writers, count: count)
      pictures = ImageSet(
        width: all.width, height: all.height, pixels: kept.flatMap { all.levels(of: $0) },
        labels: kept.map { all.labels[$0] })
      for source in Self.sources where try locator.find(source.name) != nil {
        let drawings = try locator.strokes(source.name)
        let writers = drawings.compactMap(\.writer)
        let unseen =
          (validation.writers[source.name] ?? source.writers).map {
            ValidationSplit.heldOut(writers, count: $0)
          } ?? Set(writers)
        let chosen = drawings.filter { $0.writer.map(unseen.contains) ?? false }
        digits.append(Drawings(source: source, drawings: chosen.filter { Self.isDigit($0.label) }))
        letters.append(Drawings(source: source, drawings: chosen.filter { Self.isLetter($0.label) }))
      }
    } catch {
      throw .data(error)
    }
    guard !allDigits.isEmpty else {
      let names = Self.sources.map(\.name).joined(separator: ", ")
      throw .missing(
        "there are no strokes by unseen writers; put one of the sets \(names) into the data folder")
    }
  }

  /// The digits of all sets.
  var allDigits: [LabelledDrawing] { digits.flatMap(\.drawings) }

  private static func isDigit(_ label: String?) -> Bool {
    label.map { $0.count == 1 && Int($0) != nil } ?? false
  }

  private static func isLetter(_ label: String?) -> Bool {
    label.map { Int($0) == nil && !LabelKinds.digitLike.contains($0) } ?? false
  }
}
