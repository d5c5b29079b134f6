import Basics
package import Datasets
import Formats
import Recognition

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
  /// All characters of the writers of unipen-chars that were kept out of training.
  private(set) var characters: [LabelledDrawing] = []
  /// All characters of the writers of ujipenchars that were kept out of training.
  private(set) var ujiCharacters: [LabelledDrawing] = []
  /// The symbols of formulas that no model learns from.
  private(set) var formulaSymbols: [LabelledDrawing] = []
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
        let chosen = try Self.unseen(
          in: locator.strokes(source.name), count: validation.writers[source.name] ?? source.writers)
        if source.name == "ujipenchars" { ujiCharacters = chosen }
        digits.append(Drawings(source: source, drawings: chosen.filter { Self.isDigit($0.label) }))
        letters.append(Drawings(source: source, drawings: chosen.filter { Self.isLetter($0.label) }))
      }
      if try locator.find("unipen-chars") != nil {
        characters = try Self.unseen(
          in: locator.strokes("unipen-chars"), count: validation.writers["unipen-chars"] ?? Self.unipenWriters
        )
      }
      if try locator.find("crohme-expressions-strokes") != nil {
        formulaSymbols = try locator.strokes("crohme-expressions-strokes").flatMap(\.symbolDrawings)
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

  /// The writers of unipen-chars to measure with where the model did not learn from the set.
  private static let unipenWriters = 30

  /// The drawings by writers that a training kept out, by all writers where the count is nil.
  private static func unseen(in drawings: [LabelledDrawing], count: Int?) -> [LabelledDrawing] {
    let writers = drawings.compactMap(\.writer)
    let unseen = count.map { ValidationSplit.heldOut(writers, count: $0) } ?? Set(writers)
    return drawings.filter { $0.writer.map(unseen.contains) ?? false }
  }

  /// The digits of all sets.
  var allDigits: [LabelledDrawing] { digits.flatMap(\.drawings) }

  private static func isDigit(_ label: String?) -> Bool {
    label.map { $0.count == 1 && Int($0) != nil } ?? false
  }

  private static func isLetter(_ label: String?) -> Bool {
    label.map { Int($0) == nil && !Lookalikes.ofDigits.contains($0) } ?? false
  }
}
