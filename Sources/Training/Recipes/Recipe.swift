// Everything that determines a training run, as a value, and the table of its fields.

package import Augmentation
import Basics
package import NeuralNetwork
package import Recognition

/// The settings of a training run: the same recipe, data and build give the same bits.
///
/// A new setting is a property here and a line in `RecipeField.all` below, from which the file format, the options
/// and their help are made.
package struct Recipe: Sendable, Equatable {
  /// The model's name.
  package var name = "unnamed"
  /// A sentence for the model card.
  package var about = ""

  /// The recipes of the parts, which lie beside this one; a recipe with parts has no network of its own, and weighs
  /// theirs on its validation data.
  package var parts: [String] = []

  /// The network in the notation of `Architecture`.
  package var architecture = ""
  /// The distribution of the initial weights.
  package var initializer = Initializer.he

  /// What the network reads.
  package var classes = ClassSet.digits
  /// The sets of pictures to train on.
  package var pictures: [String] = ["mnist"]
  /// The sets of strokes to train on.
  package var strokes: [String] = []
  /// The sets of pictures of other symbols: of the classes beside the digits, or of no class.
  package var nonDigits: [String] = []
  /// The number of pictures held out for validation: whole writers, where they are known.
  package var validation = 10_000
  /// The number of writers of each set of strokes that are held out for validation.
  package var heldOut: [String: Int] = ["pendigits": 6, "ujipenchars": 2]
  /// The greatest number of training pictures; 0 for all.
  package var limit = 0
  /// The number of varied strokes in an epoch, as a share of its pictures.
  package var strokeShare = 0.0
  /// The number of symbols that are no digit in an epoch, as a share of its pictures; above 0 the network has an
  /// output for them.
  package var backgroundShare = 0.0
  /// How ink becomes the network's input, in the notation of `InputNormalizer`.
  package var preprocessing = ""

  /// The augmentation of pictures.
  package var distortion = Distortion()
  /// The strength of `StrokeJitter`.
  package var strokeJitter = 1.0

  /// The optimizer.
  package var optimizer = OptimizerKind.adam
  /// The learning rate before the schedule's factor.
  package var learningRate = 0.001
  /// The momentum (SGD, RMSProp) or β₁ (Adam); nil for the optimizer's usual value.
  package var momentum: Double?
  /// The smoothing of the squared gradients: β₂ (Adam), α (RMSProp) or ρ (Adadelta); nil for the optimizer's usual
  /// value.
  package var squaredGradientSmoothing: Double?
  /// The ε of Adam, RMSProp and Adadelta; nil for the optimizer's usual value.
  package var epsilon: Double?
  /// The weight decay: λ of λ/2·‖w‖²; for L-BFGS of λ/(2m)·‖w‖², with m samples.
  package var weightDecay = 0.0
  /// The share of the target's probability that is spread over all classes.
  package var labelSmoothing = 0.0
  /// The schedule of the learning rate.
  package var schedule = Schedule.constant
  /// The number of samples in a batch; 0 for all samples.
  package var batchSize = 128
  /// The number of epochs, or of iterations of L-BFGS.
  package var epochs = 10
  /// The number of epochs without improvement on validation data after which training stops; 0 never stops.
  package var patience = 0
  /// The loss of an epoch below which training stops; 0 never stops.
  package var stopBelow = 0.0
  /// The smoothing of the exponential moving average of the weights; 0 for no average.
  package var averageSmoothing = 0.0
  /// The seed of all random numbers.
  package var seed: UInt64 = 1
  /// The number of networks in the ensemble, each trained with the seed after the previous network's.
  package var networks = 1
  /// The greatest share of validation digits that the model may refuse.
  package var refusedShare = 0.005

  /// Makes a recipe with the usual values and no architecture.
  package init() {}

  /// The recipe of one network of the ensemble.
  package func recipe(ofNetwork index: Int) -> Recipe {
    var recipe = self
    recipe.seed &+= UInt64(index)
    recipe.networks = 1
    return recipe
  }

  /// What a network can read.
  package enum ClassSet: String, Sendable, Hashable, CaseIterable {
    /// The ten digits.
    case digits
    /// The printable ASCII characters and the signs of arithmetic.
    case symbols
  }

  /// The classes of the network's outputs.
  package var outputClasses: Classes {
    switch classes {
    case .digits: backgroundShare > 0 ? .digitsOrNone : .digits
    case .symbols: Classes(labels: Classes.symbols.labels, hasBackground: backgroundShare > 0)
    }
  }

  /// The optimizers.
  package enum OptimizerKind: String, Sendable, Hashable, CaseIterable {
    case gradientDescent = "sgd"
    case adam
    case adamW = "adamw"
    case rmsprop
    case adadelta
    case lbfgs = "l-bfgs"
  }
}

extension RecipeField {
  /// All fields, in the order in which they are written.
  package static let all: [RecipeField] = names + data + augmentation + optimization

  private static let names = [
    RecipeField(
      "name", "NAME", "the model's name", at: \.name,
      expected: "a name of letters, digits, '-', '_', '.' and '+'", format: { $0 },
      parse: { text in
        let isName = text.allSatisfy { $0.isLetter || $0.isNumber || "-_.+".contains($0) }
        return isName && !text.isEmpty ? text : nil
      }),
    text("about", "a sentence for the model card", at: \.about),
    list("parts", "recipes whose models are trained and fused to one", at: \.parts),
    text("architecture", "the network's layers ('inkling describe' explains them)", at: \.architecture),
    RecipeField(
      "start", "he|xavier|uniform:X", "the distribution of the initial weights", at: \.initializer,
      expected: "'he', 'xavier' or 'uniform:' and a number", format: { $0.description },
      parse: { Initializer($0) }),
  ]

  private static let data = [
    choice("classes", "what the network reads", at: \.classes),
    list("pictures", "sets of pictures to train on: mnist", at: \.pictures),
    list("strokes", "sets of strokes to train on, such as pendigits, unipen-chars", at: \.strokes),
    list("foreign", "sets of pictures of other symbols: bhmsds, mdas-symbols, sse-letters", at: \.nonDigits),
    whole(
      "validation", "pictures held out for validation, by writer where known", 0...1_000_000, at: \.validation
    ),
    RecipeField(
      "held-out", "SET N,…", "writers of each set of strokes held out for validation", at: \.heldOut,
      expected: "a set and a number of writers, 'pendigits 6, ujipenchars 2'", format: formatHeldOut,
      parse: parseHeldOut),
    whole("limit", "greatest number of training pictures, 0 for all", 0...1_000_000, at: \.limit),
    number(
      "stroke-share", "varied strokes in an epoch, as a share of its pictures", 0...100, at: \.strokeShare),
    number(
      "background-share", "symbols that are no digit, as a share of its pictures", 0...100,
      at: \.backgroundShare),
    text("preprocessing", "how ink is fitted into the network's input", at: \.preprocessing),
  ]

  private static let augmentation = [
    number("rotate", "rotation of pictures, up to so many degrees", 0...180, at: \.distortion.rotation),
    number("scale", "scaling, up to this share", 0...0.9, at: \.distortion.scale),
    number("shear", "shear, up to so many degrees", 0...60, at: \.distortion.shear),
    number("shift", "translation, up to so many pixels", 0...14, at: \.distortion.shift),
    number("elastic", "elastic distortion, by about so many pixels", 0...10, at: \.distortion.elastic),
    number(
      "thickness", "probability of thicker or thinner strokes", 0...1, at: \.distortion.thicknessProbability),
    number(
      "erase", "probability that a rectangle is erased", 0...1, at: \.distortion.erasureProbability),
    number(
      "coarse", "probability of a coarse black and white scan", 0...1, at: \.distortion.coarseScanProbability),
    number(
      "plain", "probability that a picture is not varied", 0...1, at: \.distortion.unchangedProbability),
    number("unsteadiness", "how strongly strokes are varied", 0...3, at: \.strokeJitter),
  ]

  private static let optimization = [
    choice("optimizer", "the optimizer", at: \.optimizer),
    number("learning-rate", "the learning rate before the schedule", 1e-9...1e3, at: \.learningRate),
    optional("momentum", "momentum, or β₁ of Adam", 0...0.9999, at: \.momentum),
    optional(
      "memory", "smoothing of the squared gradients: β₂, α or ρ", 0...0.999_999,
      at: \.squaredGradientSmoothing),
    optional("epsilon", "the ε of Adam, RMSProp and Adadelta", 0...1, at: \.epsilon),
    number(
      "decay", "weight decay, λ of λ/2·‖w‖² (L-BFGS: of λ/(2m)·‖w‖²)", 0...1e6, at: \.weightDecay),
    number(
      "smoothing", "label smoothing: share of the target spread over all classes", 0...0.9,
      at: \.labelSmoothing),
    RecipeField(
      "schedule", "TEXT", Schedule.notation.joined(separator: " | "), at: \.schedule,
      expected: Schedule.expectedNotation, format: { $0.text }, parse: { Schedule($0) }),
    whole("batch", "samples in a batch, 0 for all", 0...1_000_000, at: \.batchSize),
    whole("epochs", "epochs, or iterations of L-BFGS", 1...1_000_000, at: \.epochs),
    whole(
      "patience", "epochs without improvement on validation data before training stops, 0 never",
      0...1_000_000,
      at: \.patience),
    number(
      "stop-below", "training stops when an epoch's loss is below this, 0 never", 0...1e6, at: \.stopBelow),
    number(
      "average", "smoothing of the moving average of the weights, 0 for no average", 0...0.999_999,
      at: \.averageSmoothing),
    RecipeField(
      "seed", "N", "the seed of all random numbers", at: \.seed, expected: "a whole number from 0",
      format: { "\($0)" }, parse: { UInt64($0) }),
    whole("networks", "networks in the ensemble, trained with consecutive seeds", 1...16, at: \.networks),
    number("refused", "greatest share of digits that the model may refuse", 0...0.5, at: \.refusedShare),
  ]

  private static func formatHeldOut(_ writers: [String: Int]) -> String {
    writers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  private static func parseHeldOut(_ text: String) -> [String: Int]? {
    var writers: [String: Int] = [:]
    for part in text.split(separator: ",") {
      let words = part.split(whereSeparator: \.isWhitespace)
      guard words.count == 2, let count = Int(words[1]), count >= 0 else { return nil }
      writers[String(words[0])] = count
    }
    return writers
  }
}
