// The comparison as Markdown, with its charts as files beside it.

import Basics
import ClassicalMethods
import Evaluation

extension ComparisonReport {
  /// The report as Markdown; its charts are `plots/NAME.svg`.
  var markdown: String {
    markdownHead + markdownCharts + markdownHardest + "\n## Method by method\n"
      + entries.map(markdownMethod).joined() + markdownFoot
  }

  private var markdownHead: String {
    let quick =
      comparison.isQuick
      ? " This is the quick comparison: its figures are worse, and less certain, than those of the whole one."
      : ""
    let rows = entries.enumerated().map { index, entry in
      let result = entry.result
      return Self.row([
        result.method, percent(entry), errorPercent(entry), trainingTime(result),
        NumberText.seconds(result.predictSeconds), NumberText.bytes(result.bytes), memory(result),
        chanceText(at: index), settingsText(result.parameters),
      ])
    }
    return """
      # \(entries.count) ways to read a digit

      Each method learnt from \(NumberText.count(comparison.train.count)) handwritten digits of MNIST and then read \(NumberText.count(test.count)) that it
      had never seen.\(quick)

      | method | accuracy, % | ± | training | reading all | model | memory | chance, against the row above | settings |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
      \(rows.joined())
      Accuracy is the share of test digits read right, ± its standard error √(p(1 − p)/n). The model is what must be kept in
      order to read; memory is the most that the process held, data and all. The chance is McNemar's test: the probability that
      two methods equally good would differ as much as this row and the one above it.

      """
  }

  private var markdownCharts: String {
    figures.map { "\n## \($0.title)\n\n\($0.caption)\n\n![\($0.title)](plots/\($0.name).svg)\n" }.joined()
  }

  private var markdownHardest: String {
    let hardest = hardestPictures(12)
    guard !hardest.isEmpty else { return "" }
    let rows = entries.map { entry in
      Self.row([entry.result.method] + hardest.map { "\(entry.result.answers[$0])" })
    }
    return
      "\n## The hardest digits\n\nTest digits, counted from 0, that most methods misread, with each method's answer.\n\n"
      + Self.row(["test digit"] + hardest.map { "\($0)" })
      + Self.row([String](repeating: "---", count: hardest.count + 1))
      + Self.row(["label"] + hardest.map { "**\(test.labels[$0])**" }) + rows.joined()
  }

  private func markdownMethod(_ entry: Entry) -> String {
    var text = "\n### \(entry.title)\n\n\(entry.about)\n\n"
    if !entry.result.trials.isEmpty {
      text += "| tried on validation | accuracy, % |\n| --- | ---: |\n"
      for trial in entry.result.trials {
        text += Self.row([settingsText(trial.parameters), NumberText.percent(trial.accuracy)])
      }
      text += "\n"
    }
    text += Self.row(["digit", "precision, %", "recall, %"] + (0..<10).map { "read \($0)" })
    text += Self.row(["---"] + [String](repeating: "---:", count: 12))
    let measures = entry.measures
    for digit in 0..<10 {
      let shares = [measures.precision(of: digit), measures.recall(of: digit)].map(NumberText.percent)
      text += Self.row(["\(digit)"] + shares + measures.confusions(of: digit).map { "\($0)" })
    }
    return text
  }

  private var markdownFoot: String {
    """

    ## How it was done

    Settings were chosen on the first \(NumberText.count(comparison.choosingCount)) training pictures: each setting was learnt from the first
    \(NumberText.count(comparison.choosingTrainCount)) of them and judged on the rest. Nothing was ever chosen by the test pictures. The networks are the
    models that ship with Inkling, read as they are; their training time is that of their card. Machine: \(machine).

    """
  }

  private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
}

/// The texts of figures that the page and the Markdown share.
extension ComparisonReport {
  func percent(_ entry: Entry) -> String { NumberText.percent(entry.measures.accuracy) }

  func errorPercent(_ entry: Entry) -> String { NumberText.percent(entry.measures.standardError) }

  func trainingTime(_ result: MethodResult) -> String { result.trainSeconds.map(NumberText.seconds) ?? "–" }

  func memory(_ result: MethodResult) -> String { result.memory.map(NumberText.bytes) ?? "–" }

  func chanceText(at index: Int) -> String { chance(at: index).map(NumberText.probability) ?? "" }

  func settingsText(_ parameters: [MethodResult.Parameter], _ separator: String = " = ") -> String {
    parameters.map { $0.name + separator + $0.value }.joined(separator: ", ")
  }
}
