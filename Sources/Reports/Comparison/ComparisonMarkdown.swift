// The comparison as Markdown, with its plots as files beside it.

import Basics
import ClassicalMethods
import Datasets
import Evaluation

extension Comparison {
  /// The page as Markdown; the plots are `plots/NAME.svg`.
  package var markdown: String {
    var text = """
      # \(entries.count) ways to read a digit

      Each method learnt from \(NumberText.count(trainCount)) handwritten digits of MNIST and then read \(NumberText.count(test.count)) that it
      had never seen.\(isQuick ? " This is the quick comparison: its figures are worse, and less certain, than those of the whole one." : "")

      | method | accuracy, % | ± | training | reading all | model | memory | chance, against the row above | settings |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |

      """
    for (place, entry) in entries.enumerated() {
      let finding = entry.finding
      let cells = [
        finding.method, NumberText.percent(entry.measures.accuracy),
        NumberText.percent(entry.measures.standardError),
        finding.trainSeconds.map(NumberText.seconds) ?? "–", NumberText.seconds(finding.predictSeconds),
        NumberText.bytes(finding.bytes), finding.memory.map(NumberText.bytes) ?? "–",
        chance(at: place).map(NumberText.probability) ?? "",
        finding.parameters.map { "\($0.name) = \($0.value)" }.joined(separator: ", "),
      ]
      text += "| " + cells.joined(separator: " | ") + " |\n"
    }
    text += """

      Accuracy is the share of test digits read right, ± its standard error √(p(1 − p)/n). The model is what must be kept in
      order to read; memory is the most that the process held, data and all. The chance is McNemar's test: the probability that
      two methods equally good would differ as much as this row and the one above it.

      """
    for figure in figures {
      text += "\n## \(figure.title)\n\n\(figure.caption)\n\n![\(figure.title)](plots/\(figure.name).svg)\n"
    }
    let hardest = hardest(12)
    if !hardest.isEmpty {
      text +=
        "\n## The hardest digits\n\nTest digits, counted from 0, that most methods misread, with each method's answer.\n\n"
      text += "| test digit |" + hardest.map { " \($0.index) |" }.joined() + "\n"
      text += "| --- |" + hardest.map { _ in " --- |" }.joined() + "\n"
      text += "| label |" + hardest.map { " **\(test.labels[$0.index])** |" }.joined() + "\n"
      for entry in entries {
        text +=
          "| \(entry.finding.method) |" + hardest.map { " \(entry.finding.answers[$0.index]) |" }.joined()
          + "\n"
      }
    }
    text += "\n## Method by method\n"
    for entry in entries {
      text += "\n### \(entry.title)\n\n\(entry.about)\n\n"
      if !entry.finding.trials.isEmpty {
        text += "| tried on validation | accuracy, % |\n| --- | ---: |\n"
        for trial in entry.finding.trials {
          let settings = trial.parameters.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
          text += "| \(settings) | \(NumberText.percent(trial.accuracy)) |\n"
        }
        text += "\n"
      }
      text +=
        "| digit | precision, % | recall, % | " + (0..<10).map { "read \($0)" }.joined(separator: " | ")
        + " |\n"
      text += "| --- |" + String(repeating: " ---: |", count: 12) + "\n"
      for digit in 0..<10 {
        let counts = (0..<10).map { "\(entry.measures.confusion[digit * 10 + $0])" }.joined(separator: " | ")
        text +=
          "| \(digit) | \(NumberText.percent(entry.measures.precision(of: digit))) | "
          + "\(NumberText.percent(entry.measures.recall(of: digit))) | \(counts) |\n"
      }
    }
    text += """

      ## How it was done

      Settings were chosen on the first \(NumberText.count(choosing.count)) training pictures: each setting was learnt from the first
      \(NumberText.count(choosing.train)) of them and judged on the rest. Nothing was ever chosen by the test pictures. The networks are the
      models that ship with Inkling, read as they are; their training time is that of their card. Machine: \(machine).

      """
    return text
  }

  /// The plots as files that stand alone: name and content.
  package var plotFiles: [(name: String, svg: String)] {
    figures.map { figure in
      let style = "<style>\(ComparisonStyle.plot)svg{background:var(--card)}</style>\n"
      let parts = figure.svg.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return ("\(figure.name).svg", parts[0] + "\n" + style + (parts.count > 1 ? parts[1] : ""))
    }
  }
}
