// The recipe and the data of a checkpoint: only with the same ones training continues to the same bits.

extension TrainingPlan {
  /// Records the recipe and the data in a checkpoint.
  package func sign(_ checkpoint: inout Checkpoint) {
    checkpoint[text: "signed.recipe"] = recipe.text
    checkpoint[text: "signed.data"] = fingerprint
  }

  /// Refuses a checkpoint of another recipe or of other data.
  package func verifySignature(of checkpoint: Checkpoint) throws(CheckpointError) {
    guard let text = checkpoint[text: "signed.recipe"], let data = checkpoint[text: "signed.data"] else {
      throw CheckpointError("the checkpoint is from an earlier version, which did not record the data")
    }
    guard text == recipe.text else { throw .anotherRecipe }
    guard data == fingerprint else {
      throw CheckpointError(
        description: "the checkpoint was trained on other data; resume with the same --data, "
          + "or start anew without --resume")
    }
  }
}
