// What reads digits: networks with everything that using them needs, and what is known about how well they do.

public import NeuralNetwork

/// Networks that answer together, with their classes, their fitting of ink, their calibration and rule of refusal.
public struct Model: Sendable, Equatable {
  /// What it is called, for example "cnn-adam".
  public var name: String
  /// The networks; where there are several, their probabilities are averaged.
  public var networks: [Network]
  /// What the outputs stand for.
  public var classes: Classes
  /// How ink is fitted into the input, in the preprocessing layer's text; empty for the usual way.
  public var preprocessing: String
  /// What the logits are divided by, so that probabilities mean what they say.
  public var temperature: Double
  /// When a symbol is refused.
  public var refusal: Refusal
  /// What the card says: how it was trained and measured, by name.
  public var facts: [String: String]

  /// Makes a model; a network's outputs must be as many as the classes want.
  public init(
    name: String, networks: [Network], classes: Classes, preprocessing: String = "", temperature: Double = 1,
    refusal: Refusal = .never, facts: [String: String] = [:]
  ) throws(ModelError) {
    self.name = name
    self.networks = networks
    self.classes = classes
    self.preprocessing = preprocessing
    self.temperature = temperature
    self.refusal = refusal
    self.facts = facts
    try check()
  }

  /// Numbers that a network of it takes for one symbol.
  public var inputShape: Shape {
    networks.first?.architecture.input ?? Shape(height: 28, width: 28, channels: 1)
  }

  /// The answer to probabilities that the networks gave, a row of outputs for each network.
  ///
  /// Finite weights can still give results that are not finite numbers, where a damaged weight is huge; such results
  /// are no answer.
  public func answer(probabilities rows: [[Float]]) throws(ModelResultError) -> Answer {
    var scores = [Double](repeating: 0, count: classes.outputs)
    for row in rows {
      guard row.allSatisfy(\.isFinite) else { throw ModelResultError(model: name) }
      for k in 0..<min(scores.count, row.count) { scores[k] += Double(row[k]) }
    }
    // The logarithm of the mean is the logit of the whole; what underflowed stays finite.
    let share = 1 / Double(max(1, rows.count))
    return Answer(
      scores: scores.map { logarithm(max($0 * share, 1e-38)) }, classes: classes, temperature: temperature)
  }

  /// The answer to one network's probabilities.
  public func answer(probabilities: some Sequence<Float>) throws(ModelResultError) -> Answer {
    try answer(probabilities: [Array(probabilities)])
  }

  private func check() throws(ModelError) {
    guard let first = networks.first else {
      throw ModelError(what: "networks", found: "none", expected: "at least one")
    }
    for network in networks {
      guard network.architecture.outputs == classes.outputs else {
        throw ModelError(
          what: "architecture", found: "\(network.architecture.outputs) outputs",
          expected: "\(classes.outputs), one for each class")
      }
      guard network.isFinite else {
        throw ModelError(what: "weights", found: "some that are not", expected: "finite numbers")
      }
      guard network.architecture.input.count == first.architecture.input.count else {
        throw ModelError(
          what: "architecture", found: "networks with inputs of different sizes", expected: "one size")
      }
    }
    guard temperature.isFinite, temperature > 0 else {
      throw ModelError(what: "temperature", found: "\(temperature)", expected: "a number above 0")
    }
    guard refusal.threshold.isFinite, 0...1 ~= refusal.threshold else {
      throw ModelError(what: "refusal", found: "\(refusal.threshold)", expected: "a number from 0 to 1")
    }
  }
}

/// A model's networks gave results that are not finite numbers.
public struct ModelResultError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The model's name.
  public let model: String

  /// Makes an error of a model.
  public init(model: String) { self.model = model }

  /// What happened, and what to do.
  public var description: String {
    "the model '\(model)' gives results that are not finite numbers, so its weights are damaged; "
      + "fetch another copy or train it again"
  }
}

/// Why a file is no model, though its tensors may be sound.
public struct ModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The part that is wrong.
  public let what: String
  /// What stands there.
  public let found: String
  /// What should stand there.
  public let expected: String

  /// What was found, what was expected, what to do.
  public var description: String {
    "the model's \(what) is wrong: expected \(expected), found \(found); "
      + "use a file that 'inkling train' or 'inkling export' wrote"
  }
}
