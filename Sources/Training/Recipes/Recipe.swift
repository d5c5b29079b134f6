// Everything that determines a training run, as a value: the same recipe, data and build give the same bits.

import Basics
package import Augmentation
package import NeuralNetwork

/// A training run before it runs.
package struct Recipe: Sendable, Equatable {
  /// What the model will be called.
  package var name = "unnamed"
  /// One sentence for the model's card.
  package var about = ""

  /// The network, in the model layer's text.
  package var architecture = ""
  /// How its weights start.
  package var start = Initializer.he

  /// The sets of pictures that it learns from.
  package var pictures: [String] = ["mnist"]
  /// The sets of strokes that it learns from.
  package var strokes: [String] = []
  /// The sets of pictures that teach what is no digit.
  package var foreign: [String] = []
  /// Pictures kept out for validation: whole writers, where their numbers are known.
  package var validation = 10_000
  /// Writers kept out of each set of strokes, for validation.
  package var heldOut: [String: Int] = ["pendigits": 6, "ujipenchars": 2]
  /// At most this many training pictures; 0 for all.
  package var limit = 0
  /// How many varied strokes an epoch has, as a share of its pictures.
  package var strokeShare = 0.0
  /// How many symbols that are no digit an epoch has, as a share of its pictures; above 0 the network has one output more.
  package var backgroundShare = 0.0
  /// The fitting of ink into the network's input, in the preprocessing layer's text.
  package var preprocessing = ""

  /// How pictures are varied.
  package var distortion = Distortion()
  /// How strongly strokes are varied; 1 is as unsteady as hands get.
  package var unsteadiness = 1.0

  /// The rule that changes the weights.
  package var optimizer = Rule.adam
  /// The step's size, before the schedule changes it.
  package var learningRate = 0.001
  /// The share of the last step that goes on (momentum, and the first mean of Adam); nil for the rule's usual one.
  package var momentum: Double?
  /// The share of the last mean square that is kept (RMSProp, Adadelta, Adam); nil for the rule's usual one.
  package var memory: Double?
  /// What is added below a fraction's line (RMSProp, Adadelta, Adam); nil for the rule's usual one.
  package var epsilon: Double?
  /// The pull of the weights towards zero: λ of λ/2·‖w‖²; for L-BFGS of λ/(2m)·‖w‖², m being the number of samples.
  package var decay = 0.0
  /// The share of the target's probability that is spread over all classes.
  package var smoothing = 0.0
  /// How the learning rate changes.
  package var schedule = Schedule.constant
  /// Samples to a step; 0 for all of them at once.
  package var batch = 128
  /// Times the data is gone through, or iterations of L-BFGS.
  package var epochs = 10
  /// Epochs without a better validation before it stops; 0 never stops.
  package var patience = 0
  /// Training stops when an epoch's loss falls below this; 0 never stops.
  package var stopBelow = 0.0
  /// The share of the averaged weights (EMA) that is kept at each step; 0 averages nothing.
  package var average = 0.0
  /// What all its random numbers come from.
  package var seed: UInt64 = 1
  /// Networks that are trained one after another, each from the seed after the last one's, to answer together.
  package var networks = 1
  /// The share of digits that the rule of refusal may refuse on validation data.
  package var refused = 0.005

  /// Makes a recipe with the usual values and no architecture.
  package init() {}

  /// The recipe of one of its networks alone.
  package func forNetwork(_ index: Int) -> Recipe {
    var recipe = self
    recipe.seed &+= UInt64(index)
    recipe.networks = 1
    return recipe
  }

  /// The rules that change weights.
  package enum Rule: String, Sendable, Hashable, CaseIterable {
    case gradientDescent = "sgd"
    case adam
    case adamW = "adamw"
    case rmsprop
    case adadelta
    case lbfgs = "l-bfgs"
  }
}
