// The fields of a recipe: one table from which the file format, the options and their help are made.

import Basics
import Augmentation
import NeuralNetwork

/// One field of a recipe: its name in files and options, and how it is written and read.
package struct RecipeField: Sendable {
  /// The name, in files before the colon, as an option after two dashes.
  package let name: String
  /// What stands for the value in the help.
  package let value: String
  /// One line that says what it is.
  package let help: String
  /// The value as text; empty where there is none.
  let text: @Sendable (Recipe) -> String
  /// Sets the field from a text, or says what was expected.
  let set: @Sendable (inout Recipe, String) -> String?

  /// All fields, in the order in which they are written.
  package static let all: [RecipeField] = naming + data + variation + descent
}

extension RecipeField {
  private static let naming = [
    word("name", "what the model will be called", at: \.name),
    RecipeField(
      name: "about", value: "TEXT", help: "a sentence for the model's card", text: { $0.about },
      set: { recipe, text in
        recipe.about = text
        return nil
      }),
    RecipeField(
      name: "architecture", value: "TEXT", help: "the network's layers ('inkling describe' explains them)",
      text: { $0.architecture },
      set: { recipe, text in
        recipe.architecture = text
        return nil
      }),
    RecipeField(
      name: "start", value: "he|xavier|uniform:X", help: "how weights start",
      text: { $0.start.description },
      set: { recipe, text in
        guard let start = Initializer(text) else { return "'he', 'xavier' or 'uniform:' and a number" }
        recipe.start = start
        return nil
      }),
  ]

  private static let data = [
    names("pictures", "sets of pictures to learn from: mnist", at: \.pictures),
    names("strokes", "sets of strokes to learn from: pendigits, ujipenchars", at: \.strokes),
    names("foreign", "sets of pictures that are no digit: bhmsds, mdas-symbols", at: \.foreign),
    whole(
      "validation", "pictures kept out for validation, by writer where known", 0...1_000_000, at: \.validation
    ),
    RecipeField(
      name: "held-out", value: "SET N,…", help: "writers of each set of strokes kept out for validation",
      text: { recipe in
        recipe.heldOut.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      },
      set: { recipe, text in
        var heldOut: [String: Int] = [:]
        for part in text.split(separator: ",") {
          let words = part.split(separator: " ")
          guard words.count == 2, let count = Int(words[1]), count >= 0 else {
            return "a set and a number of writers, 'pendigits 6, ujipenchars 2'"
          }
          heldOut[String(words[0])] = count
        }
        recipe.heldOut = heldOut
        return nil
      }),
    whole("limit", "at most this many training pictures, 0 for all", 0...1_000_000, at: \.limit),
    number(
      "stroke-share", "varied strokes to an epoch, as a share of its pictures", 0...100, at: \.strokeShare),
    number(
      "background-share", "symbols that are no digit, as a share of its pictures", 0...100,
      at: \.backgroundShare),
    RecipeField(
      name: "preprocessing", value: "TEXT", help: "how ink is fitted into the network's input",
      text: { $0.preprocessing },
      set: { recipe, text in
        recipe.preprocessing = text
        return nil
      }),
  ]

  private static let variation = [
    amount("rotate", "pictures are turned by up to this many degrees", 0...180, at: \.distortion.rotation),
    amount("scale", "sized by up to this share", 0...0.9, at: \.distortion.scale),
    amount("shear", "slanted by up to this many degrees", 0...60, at: \.distortion.shear),
    amount("shift", "moved by up to this many pixels", 0...14, at: \.distortion.shift),
    amount("elastic", "bent by about this many pixels", 0...10, at: \.distortion.elastic),
    amount("thickness", "probability of thicker or thinner strokes", 0...1, at: \.distortion.thickness),
    amount("erase", "probability that a rectangle is erased", 0...1, at: \.distortion.erase),
    amount("coarse", "probability of a coarse black and white scan", 0...1, at: \.distortion.coarse),
    amount("plain", "probability that a picture is not varied", 0...1, at: \.distortion.plain),
    number("unsteadiness", "how strongly strokes are varied", 0...3, at: \.unsteadiness),
  ]

  private static let descent = [
    choice("optimizer", "the rule that changes the weights", at: \.optimizer),
    number("learning-rate", "the step's size, before the schedule", 1e-9...1e3, at: \.learningRate),
    perhaps("momentum", "the share of the last step that goes on", 0...0.9999, at: \.momentum),
    perhaps("memory", "the share of the last mean square that is kept", 0...0.999_999, at: \.memory),
    perhaps("epsilon", "what is added below a fraction's line", 0...1, at: \.epsilon),
    number(
      "decay", "the weights' pull towards zero, λ of λ/2·‖w‖² (L-BFGS: of λ/(2m)·‖w‖²)", 0...1e6, at: \.decay),
    number("smoothing", "share of the target spread over all classes", 0...0.9, at: \.smoothing),
    RecipeField(
      name: "schedule", value: "TEXT",
      help: "constant | exponential FACTOR | one-cycle RISE START END | plateau FACTOR PATIENCE LEAST",
      text: { $0.schedule.text },
      set: { recipe, text in
        guard let schedule = Schedule(text) else {
          return
            "'constant', 'exponential FACTOR', 'one-cycle RISE START END' or 'plateau FACTOR PATIENCE LEAST'"
        }
        recipe.schedule = schedule
        return nil
      }),
    whole("batch", "samples to a step, 0 for all at once", 0...1_000_000, at: \.batch),
    whole("epochs", "times the data is gone through, or L-BFGS iterations", 1...1_000_000, at: \.epochs),
    whole(
      "patience", "epochs without a better validation before it stops, 0 never", 0...1_000_000, at: \.patience
    ),
    number("stop-below", "stops when an epoch's loss is below this, 0 never", 0...1e6, at: \.stopBelow),
    number(
      "average", "share of the averaged weights kept at each step, 0 averages nothing", 0...0.999_999,
      at: \.average),
    RecipeField(
      name: "seed", value: "N", help: "what all random numbers come from", text: { "\($0.seed)" },
      set: { recipe, text in
        guard let seed = UInt64(text) else { return "a whole number from 0" }
        recipe.seed = seed
        return nil
      }),
    whole("networks", "networks trained one seed after another, to answer together", 1...16, at: \.networks),
    number("refused", "share of digits that the rule of refusal may refuse", 0...0.5, at: \.refused),
  ]
}
