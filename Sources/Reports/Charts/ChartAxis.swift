// An axis of a chart, linear or logarithmic.

import Basics
import CLibrary

/// An axis from one number to another, with labelled ticks.
struct ChartAxis {
  /// A labelled number.
  struct Tick {
    let value: Double
    let text: String
  }

  let title: String
  let low: Double
  let high: Double
  let isLogarithmic: Bool
  let ticks: [Tick]

  /// The position of a number along the axis: 0 at `low`, 1 at `high`.
  func position(_ value: Double) -> Double {
    guard isLogarithmic else { return (value - low) / (high - low) }
    return log(max(value, low * 1e-3) / low) / log(high / low)
  }

  /// A linear axis.
  static func linear(
    _ title: String, from low: Double, to high: Double, ticks: some Sequence<Double>
  ) -> ChartAxis {
    ChartAxis(
      title: title, low: low, high: high, isLogarithmic: false,
      ticks: ticks.map { Tick(value: $0, text: NumberText.fixed($0, 0)) })
  }

  /// A logarithmic axis around positive numbers, with ticks at 1, 2 and 5 times powers of ten, or at fewer multiples
  /// over many decades.
  static func logarithmic(_ title: String, _ values: [Double], text: (Double) -> String) -> ChartAxis {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    let low = (positive.min() ?? 1) / 1.25
    let high = max((positive.max() ?? 10) * 1.25, low * 1.5)
    let decades = log10(high / low)
    let multiples: [Double] = decades > 4 ? [1] : decades > 2 ? [1, 3] : [1, 2, 5]
    var ticks: [Tick] = []
    for exponent in Int(clamping: floor(log10(low)))...Int(clamping: ceil(log10(high))) {
      for multiple in multiples {
        let value = multiple * pow(10, Double(exponent))
        if value >= low * 0.999, value <= high * 1.001 { ticks.append(Tick(value: value, text: text(value))) }
      }
    }
    return ChartAxis(title: title, low: low, high: high, isLogarithmic: true, ticks: ticks)
  }

  /// A tick's text for a share: percent, with as many digits as it needs.
  static func percentText(_ share: Double) -> String {
    let percent = share * 100
    return NumberText.fixed(percent, percent < 0.095 ? 2 : percent < 0.95 ? 1 : 0) + " %"
  }
}
