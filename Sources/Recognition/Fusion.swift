// How the answers of a model's parts become one answer in the classes of a mode.

/// What the parts of a model count in an answer, its calibration, and when it is refused.
public struct Fusion: Sendable, Hashable {
  /// What each part counts; a part with 0 is not asked.
  ///
  /// The logarithms of the parts' probabilities are added with these weights.
  public var weights: [Double]
  /// What the size of the ink counts, where the size of the writing is known.
  public var sizeWeight: Double
  /// The sum is divided by this temperature.
  public var temperature: Double
  /// When a symbol is refused.
  public var refusal: Refusal

  /// Creates a fusion.
  ///
  /// - Parameters:
  ///   - weights: what each part counts.
  ///   - sizeWeight: what the size of the ink counts.
  ///   - temperature: the calibration, more than 0.
  ///   - refusal: the refusal rule.
  public init(
    weights: [Double], sizeWeight: Double = 0, temperature: Double = 1, refusal: Refusal = .never
  ) {
    self.weights = weights
    self.sizeWeight = sizeWeight
    self.temperature = temperature
    self.refusal = refusal
  }
}

/// How a mode reads with all parts of a model.
public struct ModeFusion: Sendable, Hashable {
  /// The fusion for ink whose strokes are known.
  public var strokes: Fusion
  /// The fusion for pictures.
  public var pictures: Fusion

  /// Creates the fusions of a mode.
  ///
  /// - Parameters:
  ///   - strokes: the fusion for ink whose strokes are known.
  ///   - pictures: the fusion for pictures.
  public init(strokes: Fusion, pictures: Fusion) {
    self.strokes = strokes
    self.pictures = pictures
  }

  /// Whether a part of the model is ever asked.
  func asks(part: Int) -> Bool { strokes.weights[part] > 0 || pictures.weights[part] > 0 }
}

/// Which class of a mode each output of a part counts for.
package struct ClassProjection {
  private let targets: [Int]
  /// The factor of each output's probability.
  private let weights: [Double]
  private let outputs: Int
  /// Where all outputs are the mode's classes in their order.
  private let isIdentity: Bool

  /// A character that the mode does not allow counts for its look-alike that it does allow, or for the background.
  ///
  /// - Parameters:
  ///   - part: The classes of the part.
  ///   - mode: The classes of the mode.
  ///   - excluded: What the probability of a character counts that counts for the background.
  package init(from part: Classes, to mode: Classes, excluded: Double) {
    let indices = Dictionary(mode.labels.enumerated().map { ($1, $0) }) { first, _ in first }
    let background = mode.labels.count
    var targets: [Int] = []
    for label in part.labels {
      let twin = Lookalikes.twin(of: label) { indices[$0] != nil }
      targets.append(twin.flatMap { indices[$0] } ?? background)
    }
    weights = targets.map { $0 == background ? excluded : 1 } + (part.hasBackground ? [1] : [])
    if part.hasBackground { targets.append(background) }
    self.targets = targets
    outputs = mode.outputs
    isIdentity = targets == Array(0..<outputs)
  }

  /// What the outputs say of the mode's classes; what counts for a background that the mode lacks is left out.
  private func project(_ probabilities: [Double]) -> [Double] {
    if isIdentity { return probabilities }
    var result = [Double](repeating: 0, count: outputs)
    for (output, target) in targets.enumerated() where target < outputs {
      result[target] += weights[output] * probabilities[output]
    }
    return result
  }

  /// The logarithms of the probabilities of the mode's classes, none of which counts as less than `least`.
  package func evidence(_ probabilities: [Double], least: Double) -> [Double] {
    project(probabilities).map { logarithm(max($0, least)) }
  }
}

/// Answers in the classes of a mode.
package struct ModeAnswers {
  package let classes: Classes
  let fusion: ModeFusion
  /// Of several parts none alone excludes a class.
  package static let leastProbability = 1e-7
  /// Keeps the logits of a single part finite.
  private static let leastNumber = 1e-38

  private let projections: [ClassProjection]
  private let sizes: SizePrior.Projected?

  init(_ model: Model, mode: ReadingMode) throws(ModelError) {
    guard let own = model.classes(in: mode), let fusion = model.fusion(in: mode) else {
      throw .unreadable(mode, readable: model.modes)
    }
    classes = own
    self.fusion = fusion
    projections = model.parts.map {
      ClassProjection(from: $0.classes, to: own, excluded: mode.excludedFrequency)
    }
    sizes = model.sizes?.projected(to: own)
  }

  /// The parts that count, for ink with or without strokes.
  func fusion(hasStrokes: Bool) -> Fusion { hasStrokes ? fusion.strokes : fusion.pictures }

  /// Fuses the parts' probabilities for one symbol; nil for parts that were not asked.
  func answer(_ parts: [[Double]?], hasStrokes: Bool, relativeSize: Double?) -> Answer {
    let fusion = fusion(hasStrokes: hasStrokes)
    let asked = zip(parts, fusion.weights).filter { $0.0 != nil && $0.1 > 0 }.count
    if asked == 0 { return .unknown(classes) }
    let least = asked > 1 ? Self.leastProbability : Self.leastNumber
    var logits = [Double](repeating: 0, count: classes.outputs)
    for (index, part) in parts.enumerated() where fusion.weights[index] > 0 {
      guard let part else { continue }
      for (k, evidence) in projections[index].evidence(part, least: least).enumerated() {
        logits[k] += fusion.weights[index] * evidence
      }
    }
    if fusion.sizeWeight > 0, let sizes, let relativeSize {
      for (k, evidence) in sizes.evidence(relativeSize).enumerated() {
        logits[k] += fusion.sizeWeight * evidence
      }
    }
    return Answer(logits: logits, classes: classes, temperature: fusion.temperature)
  }
}
