// A model's evaluation as text for people and as JSON for programs.

package import Basics
import Formats
package import Recognition

/// A model's evaluation with all that its text and its JSON need.
package struct EvaluationReport: Sendable {
  /// A sample that was answered wrong.
  package struct Misread: Sendable {
    /// The sample.
    package let sample: LabelledInput
    /// The wrong answer.
    package let answer: String
  }

  let name: String
  let classes: Classes
  let samples: [LabelledInput]
  package let evaluation: Evaluation
  let seconds: Double
  /// Whether the samples are MNIST's test images, in their order.
  let isMNISTTest: Bool

  /// MNIST's test images whose labels human reviewers rejected: the label does not name the digit.
  private static let rejectedByReviewers: Set<Int> = [
    947, 1621, 1901, 2130, 2462, 2597, 2654, 3520, 3558, 5937, 6651, 6783, 8527, 9679, 9729,
  ]

  /// Evaluates a model and measures the time.
  package init(
    _ recognizer: Recognizer, _ samples: [LabelledInput], options: EvaluationOptions = .init(),
    isMNISTTest: Bool
  ) throws(ModelResultError) {
    let began = MonotonicClock.seconds
    evaluation = try Evaluation(recognizer, samples, options: options)
    seconds = MonotonicClock.seconds - began
    name = recognizer.model.name
    classes = recognizer.classes
    self.samples = samples
    self.isMNISTTest = isMNISTTest
  }

  private var measures: Measures { evaluation.measures }

  /// The accuracy without the images whose labels reviewers rejected.
  private var reviewedAccuracy: Double? {
    guard isMNISTTest else { return nil }
    let kept = evaluation.results.indices.filter { !Self.rejectedByReviewers.contains($0) }
    return Double(kept.count { evaluation.results[$0].right }) / Double(max(1, kept.count))
  }

  /// The samples whose label is one of the model's and whose answer is another one.
  package var misread: [Misread] {
    zip(samples, evaluation.results).filter { sample, result in
      !result.right && classes.labels.contains(sample.label)
    }.map { Misread(sample: $0, answer: $1.answer) }
  }

  /// The figures as JSON.
  package func json(withWriters: Bool, comparedWith other: EvaluationReport? = nil) -> JSON {
    let measures = measures
    let hasForeign = evaluation.foreign > 0
    let confusion = classes.labels.indices.map { label -> JSON in
      .array(measures.confusions(of: label).map { .integer($0) })
    }
    let writers = withWriters ? evaluation.byWriter(samples, classes: classes).map(json) : nil
    let members: [(String, JSON?)] = [
      ("model", .string(name)), ("samples", .integer(measures.samples)),
      ("correct", .integer(measures.correct)), ("accuracy", .number(measures.accuracy)),
      ("standard_error", .number(measures.standardError)), ("nll", .number(measures.loss)),
      ("ece", .number(measures.calibrationError)), ("refused", .integer(measures.refused)),
      ("accuracy_without_rejected_labels", reviewedAccuracy.map(JSON.number)),
      ("foreign", hasForeign ? .integer(evaluation.foreign) : nil),
      ("foreign_refused", hasForeign ? .integer(evaluation.foreignRefused) : nil),
      ("classes", .array(classes.labels.indices.map(figures))), ("confusion", .array(confusion)),
      ("writers", writers.map(JSON.array)), ("seconds", .number(seconds)),
      ("mcnemar", other.map(json(comparedWith:))),
    ]
    return .object(members.compactMap { name, value in value.map { (name, $0) } })
  }

  private func json(_ writer: Evaluation.WriterResult) -> JSON {
    .object([
      ("writer", writer.writer.number.map { .integer($0) } ?? .string("\(writer.writer)")),
      ("samples", .integer(writer.samples)), ("correct", .integer(writer.correct)),
    ])
  }

  private func json(comparedWith other: EvaluationReport) -> JSON {
    let test = comparison(with: other)
    return .object([
      ("against", .string(other.name)), ("right_alone", .integer(test.firstOnly)),
      ("other_right_alone", .integer(test.secondOnly)), ("p", .number(test.probability)),
    ])
  }

  private func figures(of label: Int) -> JSON {
    .object([
      ("label", .string(classes.labels[label])), ("samples", .integer(measures.support(of: label))),
      ("precision", .number(measures.precision(of: label))), ("recall", .number(measures.recall(of: label))),
      ("f1", .number(measures.f1(of: label))),
    ])
  }

  /// The figures for people.
  package func text(withWriters: Bool) -> String {
    let measures = measures
    let labels = classes.labels
    var lines = [
      "\(name): \(NumberText.percent(measures.accuracy)) % ± \(NumberText.percent(measures.standardError)) % of "
        + "\(measures.samples) right (\(measures.samples - measures.correct) wrong), \(measures.refused) refused",
      "  negative log-likelihood \(NumberText.fixed(measures.loss, 4)), calibration error "
        + "\(NumberText.percent(measures.calibrationError)) %, \(NumberText.fixed(seconds, 2)) s",
    ]
    if let reviewedAccuracy {
      lines.append(
        "  without the \(Self.rejectedByReviewers.count) test images whose labels reviewers rejected: "
          + "\(NumberText.percent(reviewedAccuracy)) %")
    }
    if evaluation.foreign > 0 {
      let share = Double(evaluation.foreignRefused) / Double(evaluation.foreign)
      lines.append(
        "  of \(evaluation.foreign) symbols with other labels, \(NumberText.percent(share)) % refused")
    }
    lines += ["", "  label  samples  precision   recall       F1"]
    for label in labels.indices {
      let shares = [measures.recall(of: label), measures.f1(of: label)].map {
        aligned(NumberText.percent($0) + " %", 9)
      }
      lines.append(
        "  " + aligned(labels[label], 5) + aligned("\(measures.support(of: label))", 9)
          + aligned(NumberText.percent(measures.precision(of: label)) + " %", 11) + shares.joined())
    }
    lines += ["", "  confusion: a row for each label, a column for each answer"]
    lines.append("  " + aligned("", 5) + labels.map { aligned($0, 6) }.joined())
    for label in labels.indices {
      let counts = measures.confusions(of: label).map { aligned("\($0)", 6) }
      lines.append("  " + aligned(labels[label], 5) + counts.joined())
    }
    if withWriters {
      lines.append("")
      for writer in evaluation.byWriter(samples, classes: classes) {
        lines.append("  writer \(writer.writer): \(writer.correct) of \(writer.samples) right")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// McNemar's test against a second model's answers to the same samples.
  private func comparison(with other: EvaluationReport) -> McNemar {
    McNemar(first: evaluation.results.map(\.right), second: other.evaluation.results.map(\.right))
  }

  /// McNemar's test against a second model in a sentence.
  package func text(comparedWith other: EvaluationReport) -> String {
    let test = comparison(with: other)
    return "McNemar's test: only \(name) is right on \(test.firstOnly) samples, only \(other.name) on "
      + "\(test.secondOnly); the probability of such a difference by chance is p = "
      + NumberText.fixed(test.probability, 4)
  }
}

/// A text moved to the right edge of a number of columns.
private func aligned(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
