// The files that a training session writes beside each other.

import Formats

/// The files that a training session writes beside each other.
package struct TrainingFiles: Sendable {
  /// The model.
  package let model: String

  /// The files beside a model.
  package init(model: String) { self.model = model }

  private var stem: String {
    model.hasSuffix(".safetensors") ? String(model.dropLast(".safetensors".count)) : model
  }
  /// The state of an interrupted training.
  package var checkpoint: String { stem + ".checkpoint" }
  /// The recipe.
  package var recipe: String { stem + ".recipe" }
  /// The epochs as a table.
  package var history: String { stem + ".csv" }
  /// The epochs as a picture.
  package var curves: String { stem + ".svg" }

  /// The files of a part of a fused model, in a folder beside it.
  package func part(_ name: String) -> TrainingFiles {
    TrainingFiles(model: Path.join(stem + ".parts", name + ".safetensors"))
  }

  /// The epochs in the history file; nil where there is no such file.
  package var epochs: History? {
    guard let bytes = try? File.read(history) else { return nil }
    return History(csv: String(decoding: bytes, as: UTF8.self))
  }

  /// Verifies before a training that its files can be written and that no other recipe would be replaced.
  ///
  /// The same recipe beside the model keeps its comments: the session does not write it again.
  package func verify(for recipe: Recipe) throws(TrainingSessionError) {
    guard Path.ending(of: model) != "recipe" else { throw .recipeAsModel(name: recipe.name) }
    do throws(FileError) {
      for path in [model, self.recipe, history, curves, checkpoint] { try File.expectWritable(path) }
    } catch {
      throw .file(error, checkpoint: nil)
    }
    guard Path.kind(of: self.recipe) != nil else { return }
    let text = (try? File.read(self.recipe)).map { String(decoding: $0, as: UTF8.self) }
    guard let text, let found = try? Recipe(text: text), found == recipe else {
      throw .otherRecipe(path: self.recipe)
    }
  }
}
