// What a checkpoint was made with: it goes on to the same bits with the same recipe and data alone.

import Augmentation
import Basics

extension TrainingPlan {
  /// Writes down what a checkpoint is made with.
  package func sign(_ checkpoint: inout Checkpoint) {
    checkpoint[text: "signed.recipe"] = recipe.text
    checkpoint[text: "signed.data"] = fingerprint
  }

  /// Refuses a checkpoint that was made with something else.
  package func expectSignature(of checkpoint: Checkpoint) throws(CheckpointError) {
    guard let text = checkpoint[text: "signed.recipe"], let data = checkpoint[text: "signed.data"] else {
      throw CheckpointError(
        description: "the checkpoint is an earlier version's, which does not say what it was learning from; "
          + "start the training anew without --resume")
    }
    guard text == recipe.text else { throw .anotherRecipe }
    guard data == fingerprint else {
      throw CheckpointError(
        description: "the checkpoint was learning from other data; resume with the same --data, "
          + "or start anew without --resume")
    }
  }
}

extension CheckpointError {
  /// A checkpoint that another recipe's run has left.
  static let anotherRecipe = CheckpointError(
    description: "the checkpoint belongs to another recipe; resume with the same recipe and options, "
      + "or start anew without --resume")
}

extension TrainingData {
  /// What tells it from other material: how much there is of everything, and a sum over all labels and strokes
  /// and some of the pixels.
  var fingerprint: String {
    var result = Fingerprint()
    for pictures in [pictures, validation, foreignPictures] {
      result.add(UInt64(pictures.count))
      for label in pictures.labels { result.add(UInt64(label)) }
      // Every 101st pixel, so that it takes no time: 101 is prime, and every place of a picture is met.
      for place in stride(from: 0, to: pictures.pixels.count, by: 101) {
        result.add(UInt64(pictures.pixels[place]))
      }
    }
    for specimens in strokes + [validationStrokes] {
      result.add(UInt64(specimens.count))
      for specimen in specimens {
        result.add(UInt64(specimen.label))
        result.add(specimen.trail)
      }
    }
    for trail in foreignStrokes + validationForeign { result.add(trail) }
    return String(result.sum, radix: 16)
  }
}

extension Fingerprint {
  /// Adds the points of a trail.
  fileprivate mutating func add(_ trail: Trail) {
    for stroke in trail.strokes {
      add(UInt64(stroke.count))
      for point in stroke {
        add(UInt64(point.x.bitPattern))
        add(UInt64(point.y.bitPattern))
      }
    }
  }
}
