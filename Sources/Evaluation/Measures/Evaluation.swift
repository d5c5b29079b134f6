// The evaluation of a model on labelled samples: every answer, and the figures over all of them.

package import Formats
import NeuralNetwork
package import Recognition

/// A model's answers to labelled samples, and how many of them are right.
package struct Evaluation: Sendable {
  /// The model's answer to one sample.
  package struct Result: Sendable, Equatable {
    /// The most probable of the model's labels.
    package let answer: String
    /// Its probability among the labels.
    package let probability: Double
    /// Whether the model refused the symbol.
    package let refused: Bool
    /// Whether the answer is the true label.
    package let right: Bool
  }

  /// The figures of one writer's samples.
  package struct WriterResult: Sendable, Equatable {
    /// The writer.
    package let writer: Writer
    /// Samples whose label is one of the model's.
    package fileprivate(set) var samples = 0
    /// Those of them that were answered right.
    package fileprivate(set) var correct = 0
  }

  /// The figures over the samples whose label is one of the model's.
  package private(set) var measures: Measures
  /// The answers, in the samples' order.
  package private(set) var results: [Result] = []
  /// Samples whose label is none of the model's.
  package private(set) var foreign = 0
  /// Those of them that were refused, as they should be.
  package private(set) var foreignRefused = 0

  /// Evaluates a model's probabilities: for each sample a row of them from each network.
  package init(
    _ model: Model, _ samples: [LabelledInput], probabilities: [[[Float]]]
  ) throws(ModelResultError) {
    let labels = model.classes.labels
    measures = Measures(classes: labels.count)
    let indices = Dictionary(labels.enumerated().map { ($1, $0) }) { first, _ in first }
    for (sample, rows) in zip(samples, probabilities) {
      let answer = try model.answer(probabilities: rows)
      let refused = model.refusal.refuses(confidence: answer.confidence)
      let text = labels[answer.best]
      results.append(
        Result(
          answer: text, probability: answer.probabilities[answer.best], refused: refused,
          right: text == sample.label))
      if let label = indices[sample.label] {
        measures.add(label: label, probabilities: answer.probabilities, refused: refused)
      } else {
        foreign += 1
        if refused { foreignRefused += 1 }
      }
    }
  }

  /// Evaluates a model on its inputs.
  package init(_ model: Model, _ samples: [LabelledInput], threads: Int) throws(ModelResultError) {
    let inputs = samples.flatMap(\.input)
    let outputs = model.classes.outputs
    let answers = model.networks.map { Inference($0, threads: threads).probabilities(inputs) }
    let rows = samples.indices.map { row in
      answers.map { Array($0[(row * outputs)..<((row + 1) * outputs)]) }
    }
    try self.init(model, samples, probabilities: rows)
  }

  /// The figures of each writer who is known, in the order of the writers.
  package func byWriter(_ samples: [LabelledInput], classes: Classes) -> [WriterResult] {
    var writers: [Writer: WriterResult] = [:]
    for (sample, result) in zip(samples, results) where classes.labels.contains(sample.label) {
      guard let writer = sample.writer else { continue }
      writers[writer, default: WriterResult(writer: writer)].samples += 1
      if result.right { writers[writer, default: WriterResult(writer: writer)].correct += 1 }
    }
    return writers.values.sorted { $0.writer < $1.writer }
  }
}
