// What `inkling evaluate` prints of one model: the figures for people, and the same as JSON.

import Basics
import Evaluation
import Ink
import Recognition
import Reports

/// A model's examination, ready to be printed.
struct EvaluationReport {
  let name: String
  let classes: Classes
  let questions: [Question]
  let examination: Evaluation
  let seconds: Double
  /// Whether the questions are MNIST's test images, in their order.
  let isMNISTTest: Bool

  /// MNIST's test images whose labels human reviewers rejected: what they show is not what they are called.
  static let rejectedByReviewers: Set<Int> = [
    947, 1621, 1901, 2130, 2462, 2597, 2654, 3520, 3558, 5937, 6651, 6783, 8527, 9679, 9729,
  ]

  private var measures: Measures { examination.measures }

  /// The accuracy without the images whose labels reviewers rejected.
  private var reviewedAccuracy: Double? {
    guard isMNISTTest else { return nil }
    let kept = examination.results.indices.filter { !Self.rejectedByReviewers.contains($0) }
    return Double(kept.count { examination.results[$0].right }) / Double(max(1, kept.count))
  }

  /// The misread samples as a contact sheet, what it is before what was read.
  var misread: GrayImage {
    let items = zip(questions, examination.results).filter {
      !$0.1.right && classes.labels.contains($0.0.label)
    }
    return ContactSheet.image(
      of: items.prefix(2000).map { question, result in
        let pixels = question.input.map { UInt8(clamping: 255 - min(255, max(0, $0 * 255))) }
        return ContactSheet.Item(
          image: GrayImage(width: 28, height: 28, pixels: pixels),
          caption: "\(question.label)>\(result.answer)")
      })
  }

  /// The figures as JSON.
  func json(withWriters: Bool) -> JSON {
    let m = measures
    let labels = classes.labels
    var members: [(String, JSON)] = [
      ("model", .string(name)), ("samples", .integer(m.samples)), ("correct", .integer(m.correct)),
      ("accuracy", .number(m.accuracy)), ("standard_error", .number(m.standardError)),
      ("nll", .number(m.loss)),
      ("ece", .number(m.calibrationError)), ("refused", .integer(m.refused)),
    ]
    if let reviewedAccuracy {
      members.append(("accuracy_without_rejected_labels", .number(reviewedAccuracy)))
    }
    if examination.foreign > 0 {
      members.append(("foreign", .integer(examination.foreign)))
      members.append(("foreign_refused", .integer(examination.foreignRefused)))
    }
    members.append(
      (
        "classes",
        .array(
          labels.indices.map { k in
            .object([
              ("label", .string(labels[k])), ("samples", .integer(m.support(of: k))),
              ("precision", .number(m.precision(of: k))), ("recall", .number(m.recall(of: k))),
              ("f1", .number(m.f1(of: k))),
            ])
          })
      ))
    members.append(
      (
        "confusion",
        .array(
          labels.indices.map { row in
            .array(labels.indices.map { .integer(m.confusion[row * labels.count + $0]) })
          })
      ))
    if withWriters {
      let writers = examination.byWriter(questions, classes: classes)
      members.append(
        (
          "writers",
          .array(
            writers.map {
              .object([
                ("writer", .integer($0.writer)), ("samples", .integer($0.samples)),
                ("correct", .integer($0.correct)),
              ])
            })
        ))
    }
    members.append(("seconds", .number(seconds)))
    return .object(members)
  }

  /// The figures for people.
  func text(withWriters: Bool) -> String {
    let m = measures
    let labels = classes.labels
    var lines = [
      "\(name): \(percent(m.accuracy)) ± \(percent(m.standardError)) of \(m.samples) right "
        + "(\(m.samples - m.correct) wrong), \(m.refused) refused",
      "  negative log-likelihood \(rounded(m.loss, 4)), calibration error \(percent(m.calibrationError)), "
        + "\(rounded(seconds, 2)) s",
    ]
    if let reviewedAccuracy {
      lines.append(
        "  without the 15 test images whose labels reviewers rejected: \(percent(reviewedAccuracy))")
    }
    if examination.foreign > 0 {
      let share = Double(examination.foreignRefused) / Double(examination.foreign)
      lines.append(
        "  of \(examination.foreign) symbols that are none of its labels, \(percent(share)) refused")
    }
    lines.append("")
    lines.append("  label  samples  precision   recall       F1")
    for k in labels.indices {
      lines.append(
        "  " + right(labels[k], 5) + right("\(m.support(of: k))", 9) + right(percent(m.precision(of: k)), 11)
          + right(percent(m.recall(of: k)), 9) + right(percent(m.f1(of: k)), 9))
    }
    lines.append("")
    lines.append("  confusion: rows what it is, columns what was read")
    lines.append("  " + right("", 5) + labels.map { right($0, 6) }.joined())
    for row in labels.indices {
      let counts = labels.indices.map { right("\(m.confusion[row * labels.count + $0])", 6) }
      lines.append("  " + right(labels[row], 5) + counts.joined())
    }
    if withWriters {
      lines.append("")
      for writer in examination.byWriter(questions, classes: classes) {
        lines.append("  writer \(writer.writer): \(writer.correct) of \(writer.samples) right")
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// A share as a percentage with two digits after the point.
func percent(_ share: Double) -> String { rounded(share * 100, 2) + " %" }

/// A number with so many digits after the point.
func rounded(_ number: Double, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  guard number.isFinite, abs(number) * scale < 1e15 else { return "\(number)" }
  let units = Int(clamping: (abs(number) * scale).rounded())
  let fraction = String(units % Int(clamping: scale))
  let sign = number < 0 && units > 0 ? "-" : ""
  if digits == 0 { return "\(sign)\(units)" }
  return "\(sign)\(units / Int(clamping: scale))." + String(repeating: "0", count: digits - fraction.count)
    + fraction
}

/// A text moved to the right edge of so many columns.
private func right(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
