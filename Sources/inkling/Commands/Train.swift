// `inkling train`: a recipe at work, watched, interruptible and resumable.

import Basics
import Datasets
import Formats
import NeuralNetwork
import Recognition
import Reports
import Training

extension Command {
  /// `inkling train`.
  static let train = Command(
    name: "train", summary: "Train a model by a recipe", operands: "RECIPE", operandCount: 1...1,
    options: [
      .value("data", "DIR", "the folder with the data sets (else $INKLING_DATA)"),
      .value("to", "FILE", "the model's file (else NAME.safetensors here)"),
      .value("threads", "N", "threads to compute with (else 2); the result does not depend on it"),
      .flag("resume", "go on from the checkpoint that a stopped training left"),
    ] + RecipeField.all.map { .value($0.name, $0.value, $0.help) },
    discussion: """
      RECIPE is a file, or the name of a shipped one: \
      \(ShippedFiles.names(ending: "recipe").joined(separator: ", ")). Every field of it is an option too.
      Beside the model come its recipe, a history (.csv) and curves (.svg); where another recipe lies already,
      nothing is trained. After each epoch a checkpoint is kept (.checkpoint), after a second's worth of them
      where they are quick; Ctrl-C saves one and ends, and --resume goes on to the same bits.
      """
  ) { (arguments: Arguments) throws(Failure) in
    let recipe = try recipe(arguments)
    let files = TrainingFiles(model: arguments.text("to") ?? recipe.name + ".safetensors")
    try files.expectRoom(for: recipe)
    let threads = try arguments.integer("threads", in: 1...64) ?? 2
    let place = DatasetLocator(given: arguments.text("data"), environment: Environment.all)
    var training = try TrainingSession(recipe, place: place, files: files, threads: threads)
    if arguments.has("resume") { try training.resume() }
    try training.run()
  }

  /// The recipe that the arguments name, with their changes.
  private static func recipe(_ arguments: Arguments) throws(Failure) -> Recipe {
    let name = arguments.operands[0]
    guard let path = ShippedFiles.path(name, ending: "recipe") else {
      let names = ShippedFiles.names(ending: "recipe").joined(separator: ", ")
      throw .noInput("there is no recipe '\(name)': name a file, or one of those that ship: \(names)")
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
