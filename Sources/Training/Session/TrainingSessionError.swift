// Why a training session ended without a model.

package import Formats

/// Why a training session ended without a model.
package enum TrainingSessionError: Error, CustomStringConvertible {
  /// The model's file has the ending of a recipe.
  case recipeAsModel(name: String)
  /// Another recipe is beside the model.
  case otherRecipe(path: String)
  /// The recipe gives no model.
  case plan(TrainingPlanError)
  /// The checkpoint cannot be read.
  case noCheckpoint(FileError)
  /// The checkpoint does not fit the recipe or the data, or is damaged.
  case checkpoint(path: String, CheckpointError)
  /// A file cannot be written; `checkpoint` is the path of the last checkpoint.
  case file(FileError, checkpoint: String?)
  /// The caller interrupted the training, whose checkpoint was saved.
  case interrupted(epoch: Int, step: Int, checkpoint: String)
  /// The loss is no longer finite; `checkpoint` is the path of the last checkpoint.
  case diverged(checkpoint: String?)

  /// One sentence: what happened and what to do.
  package var description: String {
    switch self {
    case .recipeAsModel(let name):
      return "--to names the model's file, such as '\(name).safetensors', not a recipe's"
    case .otherRecipe(let path):
      return "'\(path)' is another recipe and is not replaced: "
        + "choose another file for the model with --to, or another name with --name"
    case .plan(let error):
      return error.description
    case .noCheckpoint(let error):
      return "\(error); without --resume the training starts anew"
    case .checkpoint(let path, let error):
      return "'\(path)': \(error)"
    case .file(let error, nil):
      return error.description
    case .file(let error, let checkpoint?):
      return "\(error); the last checkpoint, '\(checkpoint)', is complete: "
        + "\(error.cause == .full ? "free some space and " : "")continue from it with --resume"
    case .interrupted(let epoch, let step, let checkpoint):
      return "stopped in epoch \(epoch) after step \(step), saved in '\(checkpoint)'; "
        + "continue with the same command and --resume"
    case .diverged(let checkpoint):
      return "the loss is no longer a number; lower --learning-rate"
        + (checkpoint.map { "; the last checkpoint is '\($0)'" } ?? "")
    }
  }
}
