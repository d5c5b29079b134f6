// A model's card: what it is, how it was trained, how well it was measured to do, and how to do it again.

import Evaluation
import NeuralNetwork
import Recognition

/// A model's card as Markdown.
enum ModelCard {
  /// The card, with the figures of an evaluation, and of unseen hands where they were measured: a column a model.
  static func text(
    of model: Model, report: EvaluationReport, sheet: EvaluationSamples, trainSeconds: Double?,
    hands: [(name: String, trials: [HandsTrial])]
  ) -> String {
    let facts = model.facts
    let measures = report.examination.measures
    let parameters = model.networks.reduce(0) { $0 + $1.parameters.count }
    let work = model.networks.reduce(0) { $0 + $1.architecture.multiplyAdds }
    var rows: [(String, String?)] = [
      ("architecture", Self.architecture(of: model, quote: "`")),
      ("parameters", "\(parameters)"), ("multiplications for one symbol", "\(work)"),
      ("learnt from", facts["learnt_from"]), ("kept out", facts["split"]), ("epochs", facts["epochs"]),
      ("training time", trainSeconds.map { "\(rounded($0, 0)) s" }),
      ("validation accuracy", facts["validation_accuracy"].flatMap { Double($0) }.map(percent)),
      (
        "validation accuracy on kept-out writers' strokes",
        facts["stroke_validation_accuracy"].flatMap { Double($0) }.map(percent)
      ),
      ("temperature", rounded(model.temperature, 3)),
    ]
    if model.refusal.threshold > 0 {
      rows.append(("refused below the confidence", rounded(model.refusal.threshold, 4)))
      rows.append(("digits refused (validation)", model.refusal.falseReject.map(percent)))
      rows.append(("foreign symbols accepted (validation)", model.refusal.falseAccept.map(percent)))
    }
    rows.append(
      (
        "**accuracy on \(sheet.words)**",
        "**\(percent(measures.accuracy))** ± \(percent(measures.standardError))"
      ))
    rows.append(("wrong", "\(measures.samples - measures.correct) of \(measures.samples)"))
    rows.append(("negative log-likelihood", rounded(measures.loss, 4)))
    rows.append(("calibration error", percent(measures.calibrationError)))
    var lines = ["# \(model.name)", "", facts["about"] ?? "", "", "| | |", "|---|---|"]
    for case (let name, let value?) in rows { lines.append("| \(name) | \(value) |") }
    lines += [
      "",
      "Train it again with `inkling train \(model.name)`, measure it with `inkling evaluate \(model.name)`.",
      "",
    ]
    return (lines + Self.table(of: hands)).joined(separator: "\n")
  }

  /// What unseen hands showed; times belong to a machine, not to a model.
  private static func table(of hands: [(name: String, trials: [HandsTrial])]) -> [String] {
    guard let first = hands.first else { return [] }
    let names = hands.map(\.name).joined(separator: " ")
    var lines = [
      "## Unseen hands", "",
      "People, scans and made pages that no model here learnt from, by `inkling evaluate \(names) --hands`.",
      "",
      "| | samples | \(hands.map { "`\($0.name)`" }.joined(separator: " | ")) |",
      "|---|--:|\(hands.map { _ in "--:" }.joined(separator: "|"))|",
    ]
    for trial in first.trials where trial.seconds == nil {
      let shares = hands.map { model in
        model.trials.first { $0.name == trial.name }.map { trial in
          percent(trial.share) + (trial.calibrationError.map { " (calibrated to \(percent($0)))" } ?? "")
        } ?? "–"
      }
      lines.append("| \(trial.name) | \(trial.samples) | \(shares.joined(separator: " | ")) |")
    }
    return lines + [""]
  }

  /// The networks' texts, of several that are alike one.
  static func architecture(of model: Model, quote: String = "") -> String {
    let texts = model.networks.map { quote + $0.architecture.text + quote }
    let isSame = Set(texts).count == 1 && texts.count > 1
    return isSame ? "\(texts.count) times \(texts[0])" : texts.joined(separator: ", ")
  }
}
