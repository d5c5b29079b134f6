// The charts of the comparison, with their captions.

import Basics
import ClassicalMethods
import Evaluation

/// A chart with its texts.
struct ComparisonFigure {
  /// The name of its file.
  let name: String
  let title: String
  let caption: String
  let chart: Chart
  /// The chart's content, for readers who cannot see it.
  let description: String
}

extension ComparisonReport {
  /// The charts for which there are figures.
  var figures: [ComparisonFigure] {
    [accuracyAgainstTime, errorByAmount, learningCurves, planeOfDigits].compactMap { $0 }
  }

  /// The error that charts show for none: a logarithmic axis has no 0.
  private var leastError: Double { 0.5 / Double(max(1, test.count)) }

  private var accuracyAgainstTime: ComparisonFigure? {
    let count = Double(max(1, test.count))
    let points = entries.map { entry in
      let error = max(leastError, 1 - entry.measures.accuracy)
      let spread = entry.measures.standardError
      return Chart.UncertainPoint(
        x: entry.result.predictSeconds / count * 1e6, y: error, low: max(leastError, error - spread),
        high: error + spread, name: entry.result.method)
    }
    guard !points.isEmpty else { return nil }
    var chart = Chart(
      x: .logarithmic("time for one picture, µs", points.map(\.x)) { value in
        value >= 1
          ? NumberText.count(Int(clamping: value.rounded())) : NumberText.fixed(value, value < 0.1 ? 2 : 1)
      },
      y: .logarithmic(
        "misread test digits", points.flatMap { [$0.low, $0.high] }, text: ChartAxis.percentText),
      margin: 90)
    chart.addPoints(points)
    return ComparisonFigure(
      name: "accuracy-time", title: "Accuracy against time",
      caption:
        "Lower is more accurate, further left is faster: the best are at the bottom left. Both axes are "
        + "logarithmic. The bars are one standard error, what chance does to a test of \(NumberText.count(test.count)) digits.",
      chart: chart,
      description: "Share of misread test digits against the time that one picture takes, for each method")
  }

  /// A line for each method that has more than one point.
  private func curves(_ title: String, _ points: (MethodResult) -> [MethodResult.Point]) -> Chart? {
    let lines = entries.map { entry in
      points(entry.result).map { Chart.Point(x: Double($0.count), y: max(leastError, $0.error)) }
    }
    let all = lines.filter { $0.count > 1 }.joined()
    guard !all.isEmpty else { return nil }
    var chart = Chart(
      x: .logarithmic(title, all.map(\.x)) { NumberText.count(Int(clamping: $0.rounded())) },
      y: .logarithmic("misread test digits", all.map(\.y), text: ChartAxis.percentText), margin: 140)
    for (index, line) in lines.enumerated() where line.count > 1 {
      chart.addLine(line, name: entries[index].result.method, color: index % Chart.colorCount)
    }
    return chart
  }

  private var errorByAmount: ComparisonFigure? {
    curves("training pictures", \.errorByAmount).map { chart in
      ComparisonFigure(
        name: "error-amount", title: "Error by amount of training data",
        caption:
          "Every method learnt again from the first 1,000, 3,000, … pictures, with the settings chosen above. "
          + "A line that still falls at its end would gain from more data; a flat one has learnt what it can.",
        chart: chart, description: "Share of misread test digits after training with fewer pictures")
    }
  }

  private var learningCurves: ComparisonFigure? {
    curves("passes over the training pictures", \.errorByPasses).map { chart in
      let networks = entries.map(\.result).filter { result in
        result.errorByPasses.count > 1 && !ClassicalMethod.all.contains { $0.name == result.method }
      }
      let remark =
        networks.isEmpty
        ? ""
        : " For \(networks.map(\.method).joined(separator: ", ")) a pass is an epoch, and the error is that on "
          + "validation pictures, as the training recorded it; of networks that answer together it is the first one’s."
      return ComparisonFigure(
        name: "learning", title: "Learning curves",
        caption:
          "Methods that learn step by step, stopped after so many passes over the training pictures."
          + remark,
        chart: chart,
        description: "Share of misread digits after so many passes over the training pictures")
    }
  }

  private var planeOfDigits: ComparisonFigure? {
    guard plane.columns >= 2, plane.rows > 0 else { return nil }
    let shown = min(plane.rows, 2_000)
    let points = (0..<shown).map { row in
      Chart.DigitPoint(
        x: Double(plane.values[row * plane.columns]), y: Double(plane.values[row * plane.columns + 1]),
        digit: Int(test.labels[row]))
    }
    func axis(_ title: String, _ values: [Double]) -> ChartAxis {
      let (low, high) = (values.min() ?? 0, values.max() ?? 1)
      return .linear(
        title, from: low - 0.3, to: max(high + 0.3, low + 1),
        ticks: stride(from: (low / 2).rounded(.up) * 2, through: high, by: 2))
    }
    var chart = Chart(
      x: axis("first principal component", points.map(\.x)),
      y: axis("second principal component", points.map(\.y)), height: 620)
    chart.addDigits(points)
    return ComparisonFigure(
      name: "pca-plane", title: "The plane of the digits",
      caption:
        "The first \(NumberText.count(shown)) test digits, where they lie along the two directions in which training "
        + "digits differ most. Ones and zeros stand apart; fours, sevens and nines share a corner, which is where "
        + "simple methods err.",
      chart: chart, description: "Test digits in the plane of the first two principal components")
  }
}
