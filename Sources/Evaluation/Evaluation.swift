// A model reads samples whose labels are known: every answer, and the figures over all of them.

package import Recognition

/// Something to read: an input with what is on it.
package struct Question: Sendable {
  /// 784 numbers, 0 paper, 1 ink.
  package var input: [Float]
  /// What is on it, for example "7", or a letter that is none of the model's labels.
  package var label: String
  /// Who drew it, where that is known.
  package var writer: Int?

  /// Makes a question.
  package init(input: [Float], label: String, writer: Int? = nil) {
    self.input = input
    self.label = label
    self.writer = writer
  }
}

/// What a model said to questions, and how right it was.
package struct Evaluation: Sendable {
  /// The model's answer to one question.
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

  /// The figures over the questions whose label is one of the model's.
  package private(set) var measures: Measures
  /// The answers, in the questions' order.
  package private(set) var results: [Result] = []
  /// Questions whose label is none of the model's.
  package private(set) var foreign = 0
  /// Those of them that were refused, as they should be.
  package private(set) var foreignRefused = 0

  /// Examines a model; `predict` gives, for some inputs, a row of probabilities for each network of each input.
  package init(
    _ model: Model, _ questions: [Question], predict: ([Question]) -> [[[Float]]]
  ) throws(ModelResultError) {
    let labels = model.classes.labels
    measures = Measures(classes: labels.count)
    let places = Dictionary(labels.enumerated().map { ($1, $0) }) { first, _ in first }
    for (question, rows) in zip(questions, predict(questions)) {
      let answer = try model.answer(probabilities: rows)
      let refused = model.refusal.refuses(confidence: answer.confidence)
      let text = labels[answer.best]
      results.append(
        Result(
          answer: text, probability: answer.probabilities[answer.best], refused: refused,
          right: text == question.label))
      if let label = places[question.label] {
        measures.add(label: label, probabilities: answer.probabilities, refused: refused)
      } else {
        foreign += 1
        if refused { foreignRefused += 1 }
      }
    }
  }

  /// For each writer: samples of the model's labels, and how many were right.
  package func byWriter(_ questions: [Question], classes: Classes) -> [(
    writer: Int, samples: Int, correct: Int
  )] {
    var counts: [Int: (samples: Int, correct: Int)] = [:]
    for (question, result) in zip(questions, results) where classes.labels.contains(question.label) {
      guard let writer = question.writer else { continue }
      counts[writer, default: (0, 0)].samples += 1
      if result.right { counts[writer, default: (0, 0)].correct += 1 }
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.samples, $0.value.correct) }
  }
}
