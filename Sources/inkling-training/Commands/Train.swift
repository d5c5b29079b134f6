// `inkling train`: trains a model by a recipe.

import CommandSupport
import Datasets
import Formats
import NeuralNetwork
import Recognition
import Reports
import Training

extension Command {
  static let train = Command(
    "train", position: 70, summary: "Train a model by a recipe", operands: "RECIPE", operandCount: 1...1,
    options: [
      .value("data", "DIR", "the folder with the data sets (default: $INKLING_DATA)"),
      .value("to", "FILE", "the model's file (default: NAME.safetensors here)"),
      .value("threads", "N", "the number of threads (default: 2); the result does not depend on it"),
      .flag("resume", "continue from the checkpoint of a training that was stopped"),
    ] + RecipeField.all.map { .value($0.name, $0.value, $0.help) },
    discussion: """
      RECIPE is a file, or the name of a shipped recipe: \
      \(ShippedFiles.names(ending: "recipe").joined(separator: ", ")). Each of its fields is an option too.
      The recipe, a history (.csv) and curves (.svg) are written beside the model. Nothing is trained if another
      recipe is there already. A checkpoint (.checkpoint) is saved after each epoch, or less often where epochs
      are quick. Ctrl-C saves one and ends; --resume continues from it with the same result.
      """
  ) { arguments throws(Failure) in
    let recipe = try recipe(arguments)
    let files = TrainingFiles(model: arguments.text("to") ?? recipe.name + ".safetensors")
    try files.expectRoom(for: recipe)
    let threads = try arguments.integer("threads", in: 1...64) ?? 2
    let locator = DatasetLocator(given: arguments.text("data"), environment: Environment.all)
    var training = try TrainingSession(recipe, place: locator, files: files, threads: threads)
    if arguments.has("resume") { try training.resume() }
    try training.run()
  }

  /// The recipe that the arguments name, with their changes.
  private static func recipe(_ arguments: Arguments) throws(Failure) -> Recipe {
    let name = arguments.operands[0]
    guard let path = ShippedFiles.path(name, ending: "recipe") else {
      let names = ShippedFiles.names(ending: "recipe").joined(separator: ", ")
      throw .noInput("there is no recipe '\(name)'; name a file, or one of the shipped recipes: \(names)")
    }
    let bytes: [UInt8]
    do throws(FileError) { bytes = try File.read(path, limit: 1 << 20) } catch { throw .noInput("\(error)") }
    var recipe: Recipe
    do throws(RecipeError) {
      recipe = try Recipe(text: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw .badData("'\(path)', \(error)")
    }
    for field in RecipeField.all {
      guard let text = arguments.text(field.name) else { continue }
      do throws(RecipeError) {
        try recipe.set(field.name, to: text)
      } catch {
        throw .usage(error.description)
      }
    }
    return recipe
  }
}
