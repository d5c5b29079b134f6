// The calibration of a network's probabilities by temperature scaling.

import CLibrary

/// Temperature scaling: the logits are divided by one number.
package enum Calibration {
  /// The temperature, from 1/20 to 20, with the least negative log-likelihood over validation samples.
  ///
  /// `scores` holds a row of `classes` logits (or logarithms of probabilities) for each label. The
  /// loss is convex in 1/T, so a golden-section search in log T finds its one minimum.
  package static func temperature(scores: [Float], classes: Int, labels: [Int]) -> Double {
    guard !labels.isEmpty else { return 1 }
    func loss(_ logTemperature: Double) -> Double {
      let factor = exp(-logTemperature)
      var sum = 0.0
      for (row, label) in labels.enumerated() {
        let first = row * classes
        var top = -Double.infinity
        for k in 0..<classes { top = max(top, Double(scores[first + k])) }
        var powers = 0.0
        for k in 0..<classes { powers += exp((Double(scores[first + k]) - top) * factor) }
        sum += log(powers) - (Double(scores[first + label]) - top) * factor
      }
      return sum
    }
    let golden = (5.0.squareRoot() - 1) / 2
    var (low, high) = (log(0.05), log(20.0))
    var (a, b) = (high - golden * (high - low), low + golden * (high - low))
    var (lossA, lossB) = (loss(a), loss(b))
    while high - low > 1e-4 {
      if lossA < lossB {
        (high, b, lossB) = (b, a, lossA)
        a = high - golden * (high - low)
        lossA = loss(a)
      } else {
        (low, a, lossA) = (a, b, lossB)
        b = low + golden * (high - low)
        lossB = loss(b)
      }
    }
    return exp((low + high) / 2)
  }
}
