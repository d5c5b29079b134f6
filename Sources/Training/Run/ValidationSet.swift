// The validation data as inputs: what judges each epoch, and what calibrates and limits the finished model.

import Augmentation
import Basics
import Evaluation
package import NeuralNetwork
package import Preprocessing
package import Recognition

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Validation data, drawn once.
package struct ValidationSet: Sendable {
  /// Gives a row of probabilities for each of some inputs.
  package typealias Predict = (_ network: Network, _ inputs: [Float], _ count: Int) -> [Float]

  private let pictures: Batch
  private let strokes: Batch
  private let foreign: Batch
  private let labels: Int

  /// Draws a material's validation data by the model's rule; `labels` is the number of true classes.
  package init(_ material: TrainingData, fitting: InputNormalizer, labels: Int = 10) {
    self.labels = labels
    pictures = material.validation.batch
    strokes = Batch(
      inputs: Self.drawn(material.validationStrokes.map(\.trail), by: fitting),
      labels: material.validationStrokes.map(\.label))
    // Foreign symbols that need no writer are made here from seeds that training never has.
    var made = material.validationForeign
    if !made.isEmpty {
      for seed in 0..<400 {
        var random = SplitMix64(seed: 0xF0E1, seed)
        let kinds = SyntheticNonDigits.allCases.filter { $0 != .letter }
        made.append(kinds[seed % kinds.count].draw(random: &random))
      }
    }
    foreign = Batch(inputs: Self.drawn(made, by: fitting), labels: made.map { _ in labels })
  }

  private static func drawn(_ trails: [Trail], by fitting: InputNormalizer) -> [Float] {
    [Float](unsafeUninitializedCapacity: trails.count * Batch.inputSize) { buffer, count in
      count = trails.count * Batch.inputSize
      guard let first = buffer.baseAddress else { return }
      for (row, trail) in trails.enumerated() { fitting.draw(trail, into: first + row * Batch.inputSize) }
    }
  }

  /// Whether there is anything to judge by.
  package var isEmpty: Bool { pictures.count + strokes.count == 0 }

  /// Judges networks that answer together.
  package func verdict(on networks: [Network], predict: Predict) -> Verdict {
    let onStrokes = strokes.count > 0 ? measure(networks, strokes, predict) : nil
    let onPictures = pictures.count > 0 ? measure(networks, pictures, predict) : nil
    let first = onPictures ?? onStrokes ?? Measures(classes: labels)
    return Verdict(
      loss: first.loss, accuracy: first.accuracy,
      strokeAccuracy: onPictures == nil ? nil : onStrokes?.accuracy)
  }

  private func measure(_ networks: [Network], _ batch: Batch, _ predict: Predict) -> Measures {
    var measures = Measures(classes: labels)
    for (row, label) in zip(rows(of: networks, batch, predict), batch.labels) {
      let own = row.prefix(labels)
      let sum = max(own.reduce(0, +), 1e-30)
      measures.add(label: label, probabilities: own.map { $0 / sum })
    }
    return measures
  }

  /// Fits a model's temperature and chooses its rule of refusal.
  package func calibrate(
    _ model: inout Model, refused: Double, predict: Predict
  ) throws(ModelResultError) {
    guard !isEmpty else { return }
    var scores: [Float] = []
    var truth: [Int] = []
    let digits = [pictures, strokes].map { batch in rows(of: model.networks, batch, predict) }
    for (rows, batch) in zip(digits, [pictures, strokes]) {
      for (row, label) in zip(rows, batch.labels) {
        // The labels' share alone: the temperature is for telling digits apart.
        scores += row.prefix(labels).map { Float(log(max($0, 1e-38))) }
        truth.append(label)
      }
    }
    model.temperature = Calibration.temperature(scores: scores, classes: labels, labels: truth)
    let calibrated = model
    func confidence(_ row: [Double]) throws(ModelResultError) -> Double {
      try calibrated.answer(probabilities: row.map(Float.init)).confidence
    }
    let confidences = try digits.map { (rows) throws(ModelResultError) in try rows.map(confidence) }
    let strangers = try rows(of: model.networks, foreign, predict).map(confidence)
    // Each kind of digits may lose its share: the lower threshold keeps both promises.
    let rules = confidences.filter { !$0.isEmpty }.map {
      Refusal.chosen(digits: $0, foreign: strangers, allowed: refused)
    }
    if let lowest = rules.min(by: { $0.threshold < $1.threshold }), !strangers.isEmpty {
      model.refusal = lowest
    }
  }

  /// The mean probabilities that networks give.
  private func rows(of networks: [Network], _ batch: Batch, _ predict: Predict) -> [[Double]] {
    guard let outputs = networks.first?.architecture.outputs else { return [] }
    var sums = [[Double]](repeating: [Double](repeating: 0, count: outputs), count: batch.count)
    for network in networks {
      let rows = predict(network, batch.inputs, batch.count)
      for row in 0..<batch.count {
        for k in 0..<outputs { sums[row][k] += Double(rows[row * outputs + k]) / Double(networks.count) }
      }
    }
    return sums
  }
}
