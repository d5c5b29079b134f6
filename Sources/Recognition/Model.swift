// A model: networks with all that is needed to read with them, and the facts of its model card.

public import NeuralNetwork

/// Networks whose probabilities are averaged, with their classes, preprocessing, calibration and refusal
/// rule.
public struct Model: Sendable, Equatable {
  /// The name, for example "cnn-adam".
  public var name: String
  /// The networks.
  ///
  /// The probabilities of several networks are averaged.
  public var networks: [Network]
  /// The classes of the networks' outputs.
  public var classes: Classes
  /// The settings of `InputNormalizer` as text; empty for the usual ones.
  public var preprocessing: String
  /// The calibration: logits are divided by this temperature.
  public var temperature: Double
  /// When a symbol is refused.
  public var refusal: Refusal
  /// Networks for other classes or another kind of input, which answer beside `networks`.
  public var companions: [ModelPart]
  /// How each mode reads with all parts; a mode that is missing reads with `networks` alone.
  public var fusions: [ReadingMode: ModeFusion]
  /// How large each character is written; nil where no fusion uses it.
  public var sizes: SizePrior?
  /// What place, neighbours and language count in text; nil for the usual costs.
  public var textCosts: TextCosts?
  /// The facts of the model card by name: training and measurements.
  public var facts: [String: String]

  /// Creates a model.
  ///
  /// - Parameters:
  ///   - name: the name.
  ///   - networks: at least one network, all with `classes.outputs` outputs and inputs of one size.
  ///   - classes: the classes of the outputs.
  ///   - preprocessing: the settings of `InputNormalizer` as text.
  ///   - temperature: the calibration, more than 0.
  ///   - refusal: the refusal rule.
  ///   - companions: networks that answer beside the others.
  ///   - fusions: how each mode reads with all parts.
  ///   - sizes: how large each character is written.
  ///   - textCosts: what place, neighbours and language count in text; nil for the usual costs.
  ///   - facts: the facts of the model card.
  /// - Throws: `ModelError` if the parts do not fit together or a weight is not finite.
  public init(
    name: String, networks: [Network], classes: Classes, preprocessing: String = "", temperature: Double = 1,
    refusal: Refusal = .never, companions: [ModelPart] = [], fusions: [ReadingMode: ModeFusion] = [:],
    sizes: SizePrior? = nil, textCosts: TextCosts? = nil, facts: [String: String] = [:]
  ) throws(ModelError) {
    self.name = name
    self.networks = networks
    self.classes = classes
    self.preprocessing = preprocessing
    self.temperature = temperature
    self.refusal = refusal
    self.companions = companions
    self.fusions = fusions
    self.sizes = sizes
    self.textCosts = textCosts
    self.facts = facts
    try check()
  }

  /// The shape of a network's input for one symbol.
  public var inputShape: Shape {
    networks.first?.architecture.input ?? Shape(height: 28, width: 28, channels: 1)
  }

  /// The parts: `networks` first, then the companions.
  public var parts: [ModelPart] { [ModelPart(networks: networks, classes: classes)] + companions }

  /// The modes in which the model can read.
  public var modes: [ReadingMode] { ReadingMode.allCases.filter { fusion(in: $0) != nil } }

  /// The classes of a mode's answers; nil where the model cannot read in it.
  ///
  /// - Parameter mode: the mode.
  /// - Returns: the mode's own classes. In the mode of digits, a model whose networks know digits alone, or other
  ///   labels alone, answers in their classes.
  public func classes(in mode: ReadingMode) -> Classes? {
    if fusion(in: mode) == nil { return nil }
    let knowsMore = classes.labels != mode.classes.labels && covers(mode)
    return fusions[mode] != nil || knowsMore ? mode.classes : classes
  }

  /// How a mode reads; nil where the networks lack some of its classes.
  ///
  /// - Parameter mode: the mode.
  /// - Returns: the weights of the parts, the calibration and the refusal rule.
  public func fusion(in mode: ReadingMode) -> ModeFusion? {
    if let fusion = fusions[mode] { return fusion }
    guard mode == .digits || covers(mode) else { return nil }
    let alone = Fusion(
      weights: [1] + companions.map { _ in 0 }, temperature: temperature, refusal: refusal)
    return ModeFusion(strokes: alone, pictures: alone)
  }

  private func covers(_ mode: ReadingMode) -> Bool {
    Set(mode.classes.labels).isSubset(of: classes.labels)
  }

  /// Averages and calibrates the networks' probabilities for one symbol.
  ///
  /// - Parameter rows: the outputs of each network.
  /// - Returns: the calibrated answer.
  /// - Throws: `ModelResultError` if an output is not finite, which a huge damaged weight can cause.
  public func answer(probabilities rows: [[Float]]) throws(ModelResultError) -> Answer {
    var sums = [Double](repeating: 0, count: classes.outputs)
    for row in rows {
      guard row.allSatisfy(\.isFinite) else { throw ModelResultError(model: name) }
      for k in 0..<min(sums.count, row.count) { sums[k] += Double(row[k]) }
    }
    // The logarithm of the mean is a logit of the ensemble. The lower limit keeps it finite.
    let share = 1 / Double(max(1, rows.count))
    return Answer(
      logits: sums.map { logarithm(max($0 * share, 1e-38)) }, classes: classes, temperature: temperature)
  }

  /// Calibrates the probabilities of a model with one network for one symbol.
  ///
  /// - Parameter probabilities: the network's outputs.
  /// - Returns: the calibrated answer.
  /// - Throws: `ModelResultError` if an output is not finite.
  public func answer(probabilities: some Sequence<Float>) throws(ModelResultError) -> Answer {
    try answer(probabilities: [Array(probabilities)])
  }

  /// The most values that the layers of all networks may have for one sample, which bounds the memory for reading.
  static let mostValues = 2 * Architecture.mostValues

  private func check() throws(ModelError) {
    let values = parts.flatMap(\.networks).reduce(0) { $0 + $1.architecture.valueCount }
    guard values <= Self.mostValues else {
      throw .wrong(
        what: "networks", found: "layers of \(values) values", expected: "at most \(Self.mostValues)")
    }
    for part in parts {
      guard let first = part.networks.first else {
        throw .wrong(what: "networks", found: "none", expected: "at least one")
      }
      for network in part.networks {
        guard network.architecture.outputs == part.classes.outputs else {
          throw .wrong(
            what: "architecture", found: "\(network.architecture.outputs) outputs",
            expected: "\(part.classes.outputs), one for each class")
        }
        guard network.isFinite else {
          throw .wrong(what: "weights", found: "some that are not", expected: "finite numbers")
        }
        guard network.architecture.input.count == first.architecture.input.count else {
          throw .wrong(
            what: "architecture", found: "networks with inputs of different sizes", expected: "one size")
        }
      }
    }
    for fusion in fusions.values.flatMap({ [$0.strokes, $0.pictures] }) {
      guard fusion.weights.count == parts.count, fusion.weights.allSatisfy({ (0...10).contains($0) }),
        (0...10).contains(fusion.sizeWeight), fusion.temperature.isFinite, fusion.temperature > 0,
        (0...1).contains(fusion.refusal.threshold)
      else {
        throw .wrong(
          what: "fusion",
          found: "\(fusion.weights.count) weights for \(parts.count) parts, or a number out of range",
          expected: "a weight from 0 to 10 for each part, a temperature above 0 and a threshold up to 1")
      }
    }
    guard temperature.isFinite, temperature > 0 else {
      throw .wrong(what: "temperature", found: "\(temperature)", expected: "a number above 0")
    }
    guard refusal.threshold.isFinite, 0...1 ~= refusal.threshold else {
      throw .wrong(what: "refusal", found: "\(refusal.threshold)", expected: "a number from 0 to 1")
    }
  }
}

/// An error: a model's networks gave outputs that are not finite numbers.
public struct ModelResultError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The model's name.
  public let model: String

  /// Creates an error.
  ///
  /// - Parameter model: the model's name.
  public init(model: String) { self.model = model }

  /// What is wrong, and what to do.
  public var description: String {
    "the model '\(model)' gives results that are not finite numbers, so its weights are damaged; "
      + "fetch another copy or train it again"
  }
}

/// Why a model cannot read.
public enum ModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A part of the model is wrong, or does not fit the others.
  case wrong(what: String, found: String, expected: String)
  /// A sound model does not read in a mode, only in others.
  case unreadable(ReadingMode, readable: [ReadingMode])

  /// What is the matter, and what to do.
  public var description: String {
    switch self {
    case .wrong(let what, let found, let expected):
      "wrong \(what) in the model: expected \(expected), found \(found); "
        + "use a file that 'inkling train' or 'inkling export' wrote"
    case .unreadable(let mode, let readable):
      "this model does not read \(mode.rawValue), only \(readable.map(\.rawValue).joined(separator: " and ")); "
        + "choose another model or mode"
    }
  }
}
