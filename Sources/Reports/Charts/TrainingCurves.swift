// The curves of a training run as an SVG file: the loss above, the error below.

package import Training

/// The curves of a training history.
package enum TrainingCurves {
  private struct Line {
    let name: String
    let color: Int
    let points: [Chart.Point]
  }

  /// Two charts over the epochs, with the losses and the errors (1 − accuracy) on logarithmic scales.
  package static func svg(of history: History, title: String) -> String {
    func line(_ name: String, _ color: Int, _ value: (History.Row) -> Double?) -> Line {
      let points = history.rows.compactMap { row in
        value(row).map { Chart.Point(x: Double(row.epoch), y: $0) }
      }
      return Line(name: name, color: color, points: points.filter(\.y.isFinite))
    }
    let losses = [line("training", 0) { $0.loss }, line("validation", 1) { $0.validationLoss }]
    let errors = [
      line("validation pictures", 1) { $0.accuracy.map { 1 - $0 } },
      line("strokes of other writers", 2) { $0.strokeAccuracy.map { 1 - $0 } },
    ]
    let lastEpoch = max(2, history.rows.last?.epoch ?? 2)
    let charts = [
      chart("loss", losses, lastEpoch) { "\($0)" }, chart("error", errors, lastEpoch, ChartAxis.percentText),
    ]
    return Chart.svg(of: charts.compactMap { $0 }, heading: title)
  }

  private static func chart(
    _ title: String, _ lines: [Line], _ lastEpoch: Int, _ text: (Double) -> String
  ) -> Chart? {
    let positive = lines.flatMap(\.points).map(\.y).filter { $0 > 0 }
    guard let least = positive.min() else { return nil }
    let ticks = Set((0...4).map { 1 + (lastEpoch - 1) * $0 / 4 }).sorted().map { Double($0) }
    var chart = Chart(
      x: .linear("epoch", from: 1, to: Double(lastEpoch), ticks: ticks),
      y: .logarithmic(title, positive, text: text), height: 300, margin: 170)
    for line in lines {
      // An error of 0 has no logarithm; it is drawn at the bottom.
      let points = line.points.map { Chart.Point(x: $0.x, y: max(least, $0.y)) }
      chart.addLine(points, name: line.name, color: line.color, hasDots: points.count < 40)
    }
    return chart
  }
}
