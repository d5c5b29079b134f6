// Chooses how much each part of a model counts in a mode, on validation data.

import Basics
import CLibrary
import Datasets
import Evaluation
import Recognition

/// Fits the fusion of a mode for ink with strokes, or for pictures.
struct FusionFitting {
  /// What a symbol is in the mode.
  private enum Target {
    case label(Int)
    case none
    /// A look-alike of a label: neither answer is wrong.
    case ambiguous
  }

  private let classes: Classes
  private let readsSizes: Bool
  private let targets: [Target]
  /// For each part the logarithms of the probabilities of the mode's classes; nil for a part that cannot read these.
  private let evidence: [[[Double]]?]
  /// The logarithms of the likelihood of each symbol's size.
  private let sizeEvidence: [[Double]?]

  /// The weights are multiples of one divided by this.
  private static let steps = 10
  /// The weights of the size that are tried.
  private static let sizeWeights = [0.25, 0.5, 0.75, 1, 1.5, 2]

  /// Projects the parts' answers to the classes of a mode.
  init(_ model: Model, mode: ReadingMode, samples: FusionSamples) {
    let classes = mode.classes
    self.classes = classes
    readsSizes = mode != .digits && model.sizes != nil
    targets = samples.labels.map { label in
      guard let label else { return .none }
      if let index = classes.labels.firstIndex(of: label) { return .label(index) }
      if mode == .digits, Lookalikes.ofDigits.contains(label) { return .ambiguous }
      return Lookalikes.twin(of: label) { classes.labels.contains($0) } == nil ? .none : .ambiguous
    }
    evidence = zip(model.parts, samples.rows).map { part, rows in
      // The validation symbols are as frequent as in the training data.
      let projection = ClassProjection(from: part.classes, to: classes, excluded: 1)
      return rows?.map { projection.evidence($0, least: ModeAnswers.leastProbability) }
    }
    let sizes = model.sizes?.projected(to: classes)
    sizeEvidence = samples.sizes.map { size in size.flatMap { sizes?.evidence($0) } }
  }

  /// The best fusion.
  ///
  /// The weights have the sum 1. Those with the least negative log-likelihood are chosen, where a symbol that the mode
  /// does not allow is right as "none". The temperature is for the labels alone.
  ///
  /// - Parameters:
  ///   - parts: The parts that may count.
  ///   - refusedShare: The share of the symbols that may be refused.
  /// - Returns: The fusion with its calibration and refusal rule.
  func fusion(of parts: [Bool], refusedShare: Double) -> Fusion {
    var best = Fusion(weights: parts.map { _ in 0 })
    var bestLoss = Double.infinity
    func consider(_ fusion: Fusion) {
      let loss = loss(of: fusion)
      if loss < bestLoss { (best, bestLoss) = (fusion, loss) }
    }
    for weights in Self.weights(zip(parts, evidence).map { $0 && $1 != nil }) {
      consider(Fusion(weights: weights))
    }
    if readsSizes {
      let weights = best.weights
      for weight in Self.sizeWeights { consider(Fusion(weights: weights, sizeWeight: weight)) }
    }
    best.temperature = temperature(of: answers(best))
    let confidences = answers(best).map(\.confidence)
    var known: [Double] = []
    var foreign: [Double] = []
    for (confidence, target) in zip(confidences, targets) {
      switch target {
      case .label: known.append(confidence)
      case .none: foreign.append(confidence)
      case .ambiguous: break
      }
    }
    best.refusal = Refusal.chosen(digits: known, foreign: foreign, allowed: refusedShare)
    return best
  }

  /// All weights of the parts that may count, in steps, with the sum 1.
  private static func weights(_ parts: [Bool]) -> [[Double]] {
    func distribute(_ rest: Int, over parts: ArraySlice<Bool>) -> [[Int]] {
      guard let first = parts.first else { return rest == 0 ? [[]] : [] }
      var result: [[Int]] = []
      for count in first ? 0...rest : 0...0 {
        result += distribute(rest - count, over: parts.dropFirst()).map { [count] + $0 }
      }
      return result
    }
    return distribute(steps, over: parts[...]).map { $0.map { Double($0) / Double(steps) } }
  }

  private func answers(_ fusion: Fusion) -> [Answer] {
    targets.indices.map { sample in
      var logits = [Double](repeating: 0, count: classes.outputs)
      for (part, weight) in zip(evidence, fusion.weights) where weight > 0 {
        guard let own = part?[sample] else { continue }
        for k in logits.indices { logits[k] += weight * own[k] }
      }
      if fusion.sizeWeight > 0, let size = sizeEvidence[sample] {
        for k in logits.indices { logits[k] += fusion.sizeWeight * size[k] }
      }
      return Answer(logits: logits, classes: classes, temperature: fusion.temperature)
    }
  }

  /// The temperature that suits uncalibrated answers with a label.
  private func temperature(of answers: [Answer]) -> Double {
    var scores: [Float] = []
    var labels: [Int] = []
    for (answer, target) in zip(answers, targets) {
      guard case .label(let label) = target else { continue }
      scores += answer.probabilities.map { Float(log(max($0, 1e-38))) }
      labels.append(label)
    }
    return Calibration.temperature(scores: scores, classes: classes.labels.count, labels: labels)
  }

  /// The mean negative log-likelihood over the labels and "none", each of which counts one half.
  private func loss(of fusion: Fusion) -> Double {
    var known = 0.0
    var foreign = 0.0
    var knownCount = 0.0
    var foreignCount = 0.0
    for (answer, target) in zip(answers(fusion), targets) {
      switch target {
      case .label(let label):
        known -= log(max(answer.probabilities[label] * (1 - answer.background), 1e-12))
        knownCount += 1
      case .none:
        foreign -= log(max(answer.background, 1e-12))
        foreignCount += 1
      case .ambiguous: break
      }
    }
    return known / max(knownCount, 1) + foreign / max(foreignCount, 1)
  }
}
