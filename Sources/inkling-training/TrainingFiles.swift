// The files that a training writes, beside each other, and what may stand in their places.

import CommandSupport
import Formats
import NeuralNetwork
import Training

/// The files that a training writes, beside each other.
struct TrainingFiles {
  let model: String

  private var stem: String {
    model.hasSuffix(".safetensors") ? String(model.dropLast(".safetensors".count)) : model
  }
  var checkpoint: String { stem + ".checkpoint" }
  var recipe: String { stem + ".recipe" }
  var history: String { stem + ".csv" }
  var curves: String { stem + ".svg" }

  /// What the training wrote about its epochs; nil where that is not beside the model.
  var epochs: History? {
    guard let bytes = try? File.read(history) else { return nil }
    return History(csv: String(decoding: bytes, as: UTF8.self))
  }

  /// Ends a training whose files could not be written or would replace what a person wrote, before it begins.
  ///
  /// Beside a model may lie its own recipe, with its comments, and is left alone; never another one.
  func expectRoom(for recipe: Recipe) throws(Failure) {
    guard Path.ending(of: model) != "recipe" else {
      throw .usage("--to names the model's file, such as '\(recipe.name).safetensors', not a recipe's")
    }
    do throws(FileError) {
      for path in [model, self.recipe, history, curves, checkpoint] { try File.expectPlace(for: path) }
    } catch {
      throw Failure(error)
    }
    guard Path.kind(of: self.recipe) != nil else { return }
    let text = (try? File.read(self.recipe)).map { String(decoding: $0, as: UTF8.self) }
    guard let text, let found = try? Recipe(text: text), found == recipe else {
      throw .couldNot(
        "'\(self.recipe)' says something else than the recipe to be trained by, and is left as it is: "
          + "name another place for the model with --to, or another name with --name")
    }
  }
}
