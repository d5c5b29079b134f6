import Basics
import Evaluation
import Testing

@Suite struct MeasuresTests {
  private var three: Measures {
    var measures = Measures(classes: 3)
    measures.add(label: 0, probabilities: [0.7, 0.2, 0.1])
    measures.add(label: 0, probabilities: [0.3, 0.6, 0.1])
    measures.add(label: 1, probabilities: [0.1, 0.8, 0.1], refused: true)
    measures.add(label: 2, probabilities: [0.25, 0.25, 0.5])
    return measures
  }

  // Expected values: sklearn.metrics of these four samples.
  @Test func figuresAreThoseOfTheirDefinitions() {
    let measures = three
    #expect(measures.samples == 4 && measures.correct == 3 && measures.refused == 1)
    #expect(measures.accuracy == 0.75)
    #expect(abs(measures.standardError - 0.216_506_350_946) < 1e-9)
    #expect(abs(measures.loss - 0.619_234_644_3) < 1e-6)
    #expect(measures.confusion == [1, 1, 0, 0, 1, 0, 0, 0, 1])
    #expect(measures.precision(of: 1) == 0.5 && measures.recall(of: 0) == 0.5)
    #expect(abs(measures.f1(of: 0) - 2.0 / 3) < 1e-12)
    #expect(measures.support(of: 0) == 2)
  }

  @Test func calibrationErrorIsTheMeanGap() {
    // Bins of 1/15: each sample is alone in its own, so the gaps are 0.3, 0.6, 0.2 and 0.5.
    #expect(abs(three.calibrationError - (0.3 + 0.6 + 0.2 + 0.5) / 4) < 1e-12)
  }

  @Test func nothingMeasuredIsNothing() {
    let none = Measures(classes: 10)
    #expect(none.accuracy == 0 && none.loss == 0 && none.calibrationError == 0 && none.standardError == 0)
  }

  // Expected values: scipy.stats.binomtest(min(b, c), b + c).pvalue.
  @Test(arguments: [(0, 0, 1.0), (1, 9, 0.021484375), (10, 10, 1.0), (300, 200, 8.940e-06), (5, 5, 1)])
  func mcNemarIsExact(first: Int, second: Int, expected: Double) {
    let found = McNemar(firstOnly: first, secondOnly: second).probability
    #expect(abs(found - expected) <= 2e-3 * expected, "\(found)")
  }

  @Test func theTemperatureUndoesAScale() {
    // Logits of a calibrated model (answers drawn from its own probabilities), three times too sure.
    var random = SplitMix64(seed: 5)
    var scores: [Float] = []
    var labels: [Int] = []
    for _ in 0..<4000 {
      let logit = random.uniform(within: 3)
      scores += [3 * logit, 0]
      labels.append(random.bernoulli(1 / (1 + exponential(-logit))) ? 0 : 1)
    }
    let temperature = Calibration.temperature(scores: scores, classes: 2, labels: labels)
    #expect(abs(temperature - 3) < 0.3, "\(temperature)")
  }

  private func exponential(_ x: Float) -> Float {
    var (sum, term): (Float, Float) = (1, 1)
    for k in 1..<40 {
      term *= x / Float(k)
      sum += term
    }
    return sum
  }
}
