// A model's card: its architecture, its training, its measured figures, and the commands that reproduce them.

import Basics
import NeuralNetwork
package import Recognition

/// A model's card as Markdown.
package enum ModelCard {
  /// What was measured with unseen writers, model by model.
  package struct UnseenWritersColumn: Sendable {
    let model: String
    let trials: [UnseenWritersTrial]

    /// Makes the column of a model.
    package init(model: String, trials: [UnseenWritersTrial]) {
      self.model = model
      self.trials = trials
    }
  }

  /// The card with the figures of an evaluation, with a column for each model measured with unseen writers, and with the
  /// model's figures on exercises.
  package static func text(
    of model: Model, report: EvaluationReport, samples: EvaluationSamples, trainingSeconds: Double?,
    unseenWriters: [UnseenWritersColumn], exercises: SumsEvaluation? = nil
  ) -> String {
    let facts = model.facts
    let networks = model.parts.flatMap(\.networks)
    let measures = report.evaluation.measures
    let refusal = model.refusal.threshold > 0 ? model.refusal : nil
    func share(_ fact: String) -> String? { facts[fact].flatMap { Double($0) }.map(percent) }
    let rows: [(String, String?)] = [
      ("architecture", Self.architecture(of: model, quote: "`")),
      ("parameters", "\(networks.reduce(0) { $0 + $1.parameters.count })"),
      ("multiplications for one symbol", "\(networks.reduce(0) { $0 + $1.architecture.multiplyAdds })"),
      ("learnt from", facts["learnt_from"]), ("kept out", facts["split"]), ("epochs", facts["epochs"]),
      ("training time", trainingSeconds.map { "\(NumberText.fixed($0, 0)) s" }),
      ("validation accuracy", share("validation_accuracy")),
      ("validation accuracy on kept-out writers' strokes", share("stroke_validation_accuracy")),
      ("temperature", NumberText.fixed(model.temperature, 3)),
      ("refused below the confidence", refusal.map { NumberText.fixed($0.threshold, 4) }),
      ("digits refused (validation)", refusal?.falseReject.map(percent)),
      ("foreign symbols accepted (validation)", refusal?.falseAccept.map(percent)),
      (
        "**accuracy on \(samples.summary)**",
        "**\(percent(measures.accuracy))** ± \(percent(measures.standardError))"
      ),
      ("wrong", "\(measures.samples - measures.correct) of \(measures.samples)"),
      ("negative log-likelihood", NumberText.fixed(measures.loss, 4)),
      ("calibration error", percent(measures.calibrationError)),
    ]
    var lines = ["# \(model.name)", "", facts["about"] ?? "", "", "| | |", "|---|---|"]
    for case (let name, let value?) in rows { lines.append("| \(name) | \(value) |") }
    lines += [
      "",
      "Train it again with `inkling train \(model.name)`, measure it with `inkling evaluate \(model.name)`.",
      "",
    ]
    return (lines + Self.table(of: unseenWriters) + (exercises?.cardLines ?? [])).joined(separator: "\n")
  }

  /// The measures with unseen writers; times are left out, since they belong to a machine.
  private static func table(of columns: [UnseenWritersColumn]) -> [String] {
    guard let first = columns.first else { return [] }
    let names = columns.map(\.model).joined(separator: " ")
    var lines = [
      "## Unseen writers", "",
      "Writers, scans and synthetic pages that no model here learnt from, by `inkling evaluate \(names) --hands`.",
      "",
      "| | samples | \(columns.map { "`\($0.model)`" }.joined(separator: " | ")) |",
      "|---|--:|\(columns.map { _ in "--:" }.joined(separator: "|"))|",
    ]
    for row in first.trials where row.seconds == nil {
      let shares = columns.map { column -> String in
        guard let trial = column.trials.first(where: { $0.name == row.name }) else { return "–" }
        return percent(trial.share)
          + (trial.calibrationError.map { " (calibrated to \(percent($0)))" } ?? "")
      }
      lines.append("| \(row.name) | \(row.samples) | \(shares.joined(separator: " | ")) |")
    }
    return lines + [""]
  }

  /// The networks' architectures; several equal ones as a number and one of them.
  package static func architecture(of model: Model, quote: String = "") -> String {
    var texts: [String] = []
    for part in model.parts {
      let own = part.networks.map { quote + $0.architecture.text + quote }
      let isSame = Set(own).count == 1 && own.count > 1
      texts.append(isSame ? "\(own.count) times \(own[0])" : own.joined(separator: ", "))
    }
    return texts.joined(separator: ", ")
  }

  private static func percent(_ share: Double) -> String { NumberText.percent(share) + " %" }
}
