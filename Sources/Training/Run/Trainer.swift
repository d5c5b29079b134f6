// What a run asks of whatever changes the weights: the seam between the learning layer and the model layer.

package import NeuralNetwork

/// Changes a network's weights, a batch at a time.
package protocol Trainer: AnyObject {
  /// The size of the next step.
  var learningRate: Double { get set }
  /// The weights as they are.
  var network: Network { get }
  /// Everything that going on to the same bits needs.
  var state: [UInt8] { get }
  /// Whether further steps would change nothing.
  var isDone: Bool { get }
  /// Learns from a batch; gives its mean loss before the step.
  func step(_ batch: Batch) -> Double
  /// Goes on from a state; false where it is none of this engine's.
  func restore(_ state: [UInt8]) -> Bool
}

extension Trainer {
  /// Most rules go on for ever.
  package var isDone: Bool { false }
}

/// How good a network is on data that it does not learn from.
package struct Verdict: Sendable, Equatable {
  /// The mean loss on validation pictures (or strokes, where there are no pictures).
  package var loss: Double
  /// The share of validation pictures read right.
  package var accuracy: Double
  /// The share of kept-out writers' strokes read right.
  package var strokeAccuracy: Double?

  /// Makes a verdict.
  package init(loss: Double, accuracy: Double, strokeAccuracy: Double? = nil) {
    self.loss = loss
    self.accuracy = accuracy
    self.strokeAccuracy = strokeAccuracy
  }

  /// What should fall: the mean error, and a little of the loss so that equals are told apart.
  package var cost: Double {
    let errors = [1 - accuracy] + (strokeAccuracy.map { [1 - $0] } ?? [])
    return errors.reduce(0, +) / Double(errors.count) + loss / 100
  }
}
