// The plots of the comparison, each with the sentence that says what it means.

import Basics
import ClassicalMethods
import Evaluation

/// A plot with its caption.
struct Figure {
  /// The name of its file.
  let name: String
  let title: String
  let caption: String
  let svg: String
}

extension Comparison {
  /// The plots for which there are figures.
  var figures: [Figure] {
    [accuracyAgainstTime, errorByAmount, learningCurves, planeOfDigits].compactMap { $0 }
  }

  private func errorText(_ value: Double) -> String {
    let percent = value * 100
    return NumberText.fixed(percent, percent < 0.095 ? 2 : percent < 0.95 ? 1 : 0) + " %"
  }

  private var accuracyAgainstTime: Figure? {
    let count = Double(max(1, test.count))
    let least = 0.5 / count
    let points = entries.map { entry in
      let error = max(least, 1 - entry.measures.accuracy)
      let spread = entry.measures.standardError
      return (
        x: entry.finding.predictSeconds / count * 1e6, y: error, low: max(least, error - spread),
        high: error + spread, name: entry.finding.method
      )
    }
    guard !points.isEmpty else { return nil }
    var plot = Plot(
      x: .logarithmic("time for one picture, µs", points.map(\.x)) { value in
        value >= 1
          ? NumberText.count(Int(clamping: value.rounded())) : NumberText.fixed(value, value < 0.1 ? 2 : 1)
      },
      y: .logarithmic("misread test digits", points.flatMap { [$0.low, $0.high] }, text: errorText),
      margin: 90)
    plot.points(points)
    return Figure(
      name: "accuracy-time", title: "Accuracy against time",
      caption:
        "Lower is more accurate, further left is faster: the best are at the bottom left. Both axes are "
        + "logarithmic. The bars are one standard error, what chance does to a test of \(NumberText.count(test.count)) digits.",
      svg: plot.svg("Share of misread test digits against the time that one picture takes, for each method"))
  }

  private func curves(
    _ title: String, _ points: (Entry) -> [(Double, Double)], _ description: String
  ) -> String? {
    let least = 0.5 / Double(max(1, test.count))
    let lines = entries.enumerated().map { index, entry in
      (entry.finding.method, index % 12, points(entry).map { ($0.0, max(least, $0.1)) })
    }.filter { $0.2.count > 1 }
    guard !lines.isEmpty else { return nil }
    let all = lines.flatMap { $0.2 }
    var plot = Plot(
      x: .logarithmic(title, all.map(\.0)) { NumberText.count(Int(clamping: $0.rounded())) },
      y: .logarithmic("misread test digits", all.map(\.1), text: errorText), margin: 140)
    for line in lines { plot.line(line.2, name: line.0, color: line.1) }
    return plot.svg(description)
  }

  private var errorByAmount: Figure? {
    curves(
      "training pictures", { $0.finding.amounts.map { (Double($0.count), $0.error) } },
      "Share of misread test digits after training with fewer pictures"
    ).map {
      Figure(
        name: "error-amount", title: "Error by amount of training data",
        caption:
          "Every method learnt again from the first 1,000, 3,000, … pictures, with the settings chosen above. "
          + "A line that still falls at its end would gain from more data; a flat one has learnt what it can.",
        svg: $0)
    }
  }

  private var learningCurves: Figure? {
    curves(
      "passes over the training pictures", { $0.finding.passes.map { (Double($0.count), $0.error) } },
      "Share of misread digits after so many passes over the training pictures"
    ).map {
      let trained = entries.filter { entry in
        entry.finding.passes.count > 1 && !Contender.all.contains { $0.name == entry.finding.method }
      }
      let networks =
        trained.isEmpty
        ? ""
        : " For \(trained.map(\.finding.method).joined(separator: ", ")) a pass is an epoch, and the error is that on "
          + "validation pictures, as the training recorded it; of networks that answer together it is the first one’s."
      return Figure(
        name: "learning", title: "Learning curves",
        caption:
          "Methods that learn step by step, stopped after so many passes over the training pictures."
          + networks,
        svg: $0)
    }
  }

  private var planeOfDigits: Figure? {
    guard plane.columns >= 2, plane.rows > 0 else { return nil }
    let shown = min(plane.rows, 2_000)
    let points = (0..<shown).map { row in
      (
        x: Double(plane.values[row * plane.columns]), y: Double(plane.values[row * plane.columns + 1]),
        digit: Int(test.labels[row])
      )
    }
    func axis(_ title: String, _ values: [Double]) -> Axis {
      let (low, high) = (values.min() ?? 0, values.max() ?? 1)
      let marks = stride(from: (low / 2).rounded(.up) * 2, through: high, by: 2).map { value in
        (value: value, text: NumberText.fixed(value, 0))
      }
      return Axis(
        title: title, low: low - 0.3, high: max(high + 0.3, low + 1), isLogarithmic: false, marks: marks)
    }
    var plot = Plot(
      x: axis("first principal component", points.map(\.x)),
      y: axis("second principal component", points.map(\.y)), height: 620)
    plot.digits(points)
    return Figure(
      name: "pca-plane", title: "The plane of the digits",
      caption:
        "The first \(NumberText.count(shown)) test digits, where they lie along the two directions in which training "
        + "digits differ most. Ones and zeros stand apart; fours, sevens and nines share a corner, which is where "
        + "simple methods err.",
      svg: plot.svg("Test digits in the plane of the first two principal components"))
  }
}
