// Everything that determines a training run, as a value: the same recipe, data and build give the same bits.

import Basics
public import Neural

/// A training run before it runs.
public struct Recipe: Sendable, Equatable {
  /// What the model will be called.
  public var name = "unnamed"
  /// One sentence for the model's card.
  public var about = ""

  /// The network, in the model layer's text.
  public var architecture = ""
  /// How its weights start.
  public var start = Initializer.he

  /// The sets of pictures that it learns from.
  public var pictures: [String] = ["mnist"]
  /// The sets of strokes that it learns from.
  public var strokes: [String] = []
  /// The sets of pictures that teach what is no digit.
  public var foreign: [String] = []
  /// Pictures kept out for validation: whole writers, where their numbers are known.
  public var validation = 10_000
  /// Writers kept out of each set of strokes, for validation.
  public var heldOut: [String: Int] = ["pendigits": 6, "ujipenchars": 2]
  /// At most this many training pictures; 0 for all.
  public var limit = 0
  /// How many varied strokes an epoch has, as a share of its pictures.
  public var strokeShare = 0.0
  /// How many symbols that are no digit an epoch has, as a share of its pictures; above 0 the network has one output more.
  public var backgroundShare = 0.0
  /// The fitting of ink into the network's input, in the preprocessing layer's text.
  public var preprocessing = ""

  /// How pictures are varied.
  public var distortion = Distortion()
  /// How strongly strokes are varied; 1 is as unsteady as hands get.
  public var unsteadiness = 1.0

  /// The rule that changes the weights.
  public var optimizer = Rule.adam
  /// The step's size, before the schedule changes it.
  public var learningRate = 0.001
  /// The share of the last step that goes on (momentum, and the first mean of Adam); nil for the rule's usual one.
  public var momentum: Double?
  /// The share of the last mean square that is kept (RMSProp, Adadelta, Adam); nil for the rule's usual one.
  public var memory: Double?
  /// What is added below a fraction's line (RMSProp, Adadelta, Adam); nil for the rule's usual one.
  public var epsilon: Double?
  /// The pull of the weights towards zero: λ of λ/2·‖w‖²; for L-BFGS of λ/(2m)·‖w‖², m being the number of samples.
  public var decay = 0.0
  /// The share of the target's probability that is spread over all classes.
  public var smoothing = 0.0
  /// How the learning rate changes.
  public var schedule = Schedule.constant
  /// Samples to a step; 0 for all of them at once.
  public var batch = 128
  /// Times the data is gone through, or iterations of L-BFGS.
  public var epochs = 10
  /// Epochs without a better validation before it stops; 0 never stops.
  public var patience = 0
  /// Training stops when an epoch's loss falls below this; 0 never stops.
  public var stopBelow = 0.0
  /// The share of the averaged weights (EMA) that is kept at each step; 0 averages nothing.
  public var average = 0.0
  /// What all its random numbers come from.
  public var seed: UInt64 = 1
  /// Networks that are trained one after another, each from the seed after the last one's, to answer together.
  public var networks = 1
  /// The share of digits that the rule of refusal may refuse on validation data.
  public var refused = 0.005

  /// Makes a recipe with the usual values and no architecture.
  public init() {}

  /// The recipe of one of its networks alone.
  public func forNetwork(_ index: Int) -> Recipe {
    var recipe = self
    recipe.seed &+= UInt64(index)
    recipe.networks = 1
    return recipe
  }

  /// The rules that change weights.
  public enum Rule: String, Sendable, Hashable, CaseIterable {
    case gradientDescent = "sgd"
    case adam
    case adamW = "adamw"
    case rmsprop
    case adadelta
    case lbfgs = "l-bfgs"
  }
}
