// Digits and letters of people whom a model never met, and pictures that it did not learn from.

import Basics
import Datasets
import Formats
import NeuralNetwork
import Recognition
import Training

/// What `inkling evaluate --hands` measures with; who is unseen, the model's own recipe says.
struct UnseenWriters {
  /// A set of strokes.
  struct Source {
    let name: String
    /// Writers kept out for a model that learnt from none of them, so that models can be compared.
    let keptOut: Int
    /// The share of its digits that should be read right.
    let wanted: Double
  }

  /// The sets; nobody learns from the last one, so all its 40 writers are unseen.
  static let sources = [
    Source(name: "pendigits", keptOut: 6, wanted: 0.99),
    Source(name: "ujipenchars", keptOut: 2, wanted: 0.975),
    Source(name: "chars74k-strokes", keptOut: .max, wanted: 0.99),
  ]

  /// The digits that were drawn, set by set.
  private(set) var digits: [(source: Source, drawings: [LabelledDrawing])] = []
  /// Letters by the same people, without those too like a digit.
  private(set) var letters: [(source: Source, drawings: [LabelledDrawing])] = []
  /// MNIST's pictures that were kept out of training.
  private(set) var pictures: ImageSet

  /// Reads what is there; a set of strokes that is not there is passed over.
  init(for model: Model, from place: DatasetLocator) throws(Failure) {
    var recipe = Recipe()
    do throws(RecipeError) {
      if let text = model.facts["recipe"] { recipe = try Recipe(text: text) }
    } catch {
      throw .badData("the recipe in '\(model.name)' cannot be read: \(error)")
    }
    do throws(DataError) {
      let all = try place.mnist(.train)
      let count = min(recipe.validation, all.count / 2)
      let kept =
        all.writers.isEmpty
        ? ValidationSplit.plain(all.count, count: count) : ValidationSplit.byWriter(all.writers, count: count)
      pictures = ImageSet(
        width: all.width, height: all.height, pixels: kept.flatMap { all.levels(of: $0) },
        labels: kept.map { all.labels[$0] })
      for source in Self.sources where try place.find(source.name) != nil {
        let drawings = try place.strokes(source.name)
        let count = recipe.strokes.contains(source.name) ? recipe.heldOut[source.name] ?? 0 : source.keptOut
        let writers = drawings.compactMap(\.writer)
        let unseen = count == .max ? Set(writers) : ValidationSplit.heldOut(writers, count: count)
        let known = drawings.filter { $0.writer.map(unseen.contains) ?? false }
        digits.append((source, known.filter { Self.isDigit($0.label) }))
        letters.append((source, known.filter { Self.isLetter($0.label) }))
      }
    } catch {
      throw Failure(error)
    }
    guard digits.contains(where: { !$0.drawings.isEmpty }) else {
      let names = Self.sources.map(\.name).joined(separator: ", ")
      throw .noInput("no strokes of unseen writers: put one of the sets \(names) where the data is")
    }
  }

  /// All digits that were drawn.
  var drawn: [LabelledDrawing] { digits.flatMap(\.drawings) }

  private static func isDigit(_ label: String?) -> Bool {
    label.map { $0.count == 1 && Int($0) != nil } ?? false
  }

  private static func isLetter(_ label: String?) -> Bool {
    label.map { Int($0) == nil && !TrainingData.digitLike.contains($0) } ?? false
  }
}
