// A model reads samples whose labels are known: every answer, and the figures over all of them.

public import Recognition

/// Something to read: an input with what is on it.
public struct Question: Sendable {
  /// 784 numbers, 0 paper, 1 ink.
  public var input: [Float]
  /// What is on it, for example "7", or a letter that is none of the model's labels.
  public var label: String
  /// Who drew it, where that is known.
  public var writer: Int?

  /// Makes a question.
  public init(input: [Float], label: String, writer: Int? = nil) {
    self.input = input
    self.label = label
    self.writer = writer
  }
}

/// What a model said to questions, and how right it was.
public struct Examination: Sendable {
  /// The model's answer to one question.
  public struct Result: Sendable, Equatable {
    /// The most probable of the model's labels.
    public let answer: String
    /// Its probability among the labels.
    public let probability: Double
    /// Whether the model refused the symbol.
    public let refused: Bool
    /// Whether the answer is the true label.
    public let right: Bool
  }

  /// The figures over the questions whose label is one of the model's.
  public private(set) var measures: Measures
  /// The answers, in the questions' order.
  public private(set) var results: [Result] = []
  /// Questions whose label is none of the model's.
  public private(set) var foreign = 0
  /// Those of them that were refused, as they should be.
  public private(set) var foreignRefused = 0

  /// Examines a model; `predict` gives, for some inputs, a row of probabilities for each network of each input.
  public init(
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
  public func byWriter(_ questions: [Question], classes: Classes) -> [(
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
