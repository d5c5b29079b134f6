// The evaluation of a model on labelled samples: every answer, and the figures over all of them.

package import Formats
import Preprocessing
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

  /// Evaluates answers to samples, in the samples' order.
  package init(
    _ answers: [Answer], to samples: [LabelledInput], classes: Classes, options: EvaluationOptions = .init(),
    refusal: (LabelledInput) -> Refusal
  ) {
    let labels = classes.labels
    measures = Measures(classes: labels.count)
    let classOf = options.classes(of: classes)
    for (sample, answer) in zip(samples, answers) {
      let answer = options.restricted(answer, to: classes)
      let refused = refusal(sample).refuses(confidence: answer.confidence)
      let label = classOf(sample.label)
      results.append(
        Result(
          answer: labels[answer.best], probability: answer.probabilities[answer.best], refused: refused,
          right: answer.best == label))
      if let label {
        measures.add(label: label, probabilities: answer.probabilities, refused: refused)
      } else {
        foreign += 1
        if refused { foreignRefused += 1 }
      }
    }
  }

  /// Evaluates a recognizer.
  package init(
    _ recognizer: Recognizer, _ samples: [LabelledInput], options: EvaluationOptions = .init()
  ) throws(ModelResultError) {
    self.init(
      try recognizer.answers(to: samples.map(\.input)), to: samples, classes: recognizer.classes,
      options: options
    ) { recognizer.refusal(hasStrokes: $0.input.trajectory != nil) }
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
