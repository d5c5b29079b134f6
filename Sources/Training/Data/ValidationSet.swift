// The validation data as inputs: it measures networks after each epoch, and calibrates the finished model.

import Augmentation
import Basics
import CLibrary
import Evaluation
package import NeuralNetwork
import Preprocessing
package import Recognition

/// The quality of networks on validation data.
package struct ValidationResult: Sendable, Equatable {
  /// The mean loss on validation pictures (on strokes, where there are no pictures).
  package var loss: Double
  /// The accuracy on validation pictures (on strokes, where there are no pictures).
  package var accuracy: Double
  /// The accuracy on the strokes of held-out writers; nil without both strokes and pictures.
  package var strokeAccuracy: Double?

  /// Makes a result.
  package init(loss: Double, accuracy: Double, strokeAccuracy: Double? = nil) {
    self.loss = loss
    self.accuracy = accuracy
    self.strokeAccuracy = strokeAccuracy
  }

  /// The quantity that training minimises: the mean error rate, and a little of the loss to order equal error rates.
  package var cost: Double {
    let errors = [1 - accuracy] + (strokeAccuracy.map { [1 - $0] } ?? [])
    return errors.reduce(0, +) / Double(errors.count) + loss / 100
  }
}

/// Validation data, drawn once.
package struct ValidationSet: Sendable {
  /// Computes a row of probabilities for each input.
  package typealias Predictor = (_ network: Network, _ inputs: [Float]) -> [Float]

  private let pictures: Batch
  private let strokes: Batch
  private let foreign: Batch
  private let classCount: Int
  /// The class that stands for each class and its look-alikes.
  private let folded: [Int]

  /// Writes the validation data in a format.
  package init(_ data: TrainingData, classes: Classes, format: InputFormat) {
    let classCount = classes.labels.count
    self.classCount = classCount
    folded = classes.labels.map { label in
      classes.labels.firstIndex { Lookalikes.folded($0) == Lookalikes.folded(label) } ?? 0
    }
    pictures = format.isPicture ? data.validation.batch : Batch(inputs: [], labels: [])
    strokes = Self.batch(data.validationStrokes, format)
    var symbols = data.validationForeign
    if !symbols.isEmpty {
      // Made shapes, from seeds that training never uses.
      let kinds =
        classCount == 10
        ? SyntheticNonDigit.allCases.filter { $0 != .letter } : SyntheticNonDigit.unlikeAnyCharacter
      symbols += (0..<400).map { seed in
        var random = SplitMix64(seed: 0xF0E1, seed)
        return LabelledPolylines(kinds[seed % kinds.count].draw(random: &random), label: classCount)
      }
    }
    foreign = Self.batch(symbols, format)
  }

  /// A predictor with several threads.
  package static func predictor(threads: Int) -> Predictor {
    { network, inputs in Inference(network, threads: threads).probabilities(inputs) }
  }

  static func batch(_ symbols: [LabelledPolylines], _ format: InputFormat) -> Batch {
    let inputs = [Float](unsafeUninitializedCapacity: symbols.count * format.size) { buffer, count in
      count = symbols.count * format.size
      guard let first = buffer.baseAddress else { return }
      for (row, symbol) in symbols.enumerated() {
        let size = symbol.drawing.bounds?.size.max() ?? 0
        format.write(
          symbol.drawing, dot: symbol.relativeSize.map { size * InputFormat.dot / max($0, 1e-6) },
          into: first + row * format.size)
      }
    }
    return Batch(inputs: inputs, labels: symbols.map(\.label))
  }

  /// Whether there is no validation data.
  package var isEmpty: Bool { pictures.count + strokes.count == 0 }

  /// Measures an ensemble of networks; a look-alike of the right class counts as right.
  package func evaluate(_ networks: [Network], predict: Predictor) -> ValidationResult {
    let onStrokes = strokes.count > 0 ? measure(networks, strokes, predict) : nil
    let onPictures = pictures.count > 0 ? measure(networks, pictures, predict) : nil
    let first = onPictures ?? onStrokes ?? Measures(classes: classCount)
    return ValidationResult(
      loss: first.loss, accuracy: first.accuracy,
      strokeAccuracy: onPictures == nil ? nil : onStrokes?.accuracy)
  }

  private func measure(_ networks: [Network], _ batch: Batch, _ predict: Predictor) -> Measures {
    var measures = Measures(classes: classCount)
    for (row, label) in zip(networks.meanProbabilities(batch, predict), batch.labels) {
      let known = row.prefix(classCount)
      let sum = max(known.reduce(0, +), 1e-30)
      var probabilities = [Double](repeating: 0, count: classCount)
      for (index, probability) in known.enumerated() { probabilities[folded[index]] += probability / sum }
      measures.add(label: folded[label], probabilities: probabilities)
    }
    return measures
  }

  /// Fits a model's temperature and chooses its rule of refusal.
  package func calibrate(
    _ model: inout Model, refusedShare: Double, predict: Predictor
  ) throws(ModelResultError) {
    guard !isEmpty else { return }
    var scores: [Float] = []
    var labels: [Int] = []
    let digits = [pictures, strokes].map { model.networks.meanProbabilities($0, predict) }
    for (rows, batch) in zip(digits, [pictures, strokes]) {
      for (row, label) in zip(rows, batch.labels) {
        // Digits alone: the temperature is for the probabilities among digits.
        scores += row.prefix(classCount).map { Float(log(max($0, 1e-38))) }
        labels.append(label)
      }
    }
    model.temperature = Calibration.temperature(scores: scores, classes: classCount, labels: labels)
    let calibrated = model
    func confidence(_ row: [Double]) throws(ModelResultError) -> Double {
      try calibrated.answer(probabilities: row.map(Float.init)).confidence
    }
    let digitConfidences = try digits.map { (rows) throws(ModelResultError) in try rows.map(confidence) }
    let nonDigitConfidences = try model.networks.meanProbabilities(foreign, predict).map(confidence)
    // The share is kept for pictures and for strokes: the lower threshold refuses at most the share of both.
    let rules = digitConfidences.filter { !$0.isEmpty }.map {
      Refusal.chosen(digits: $0, foreign: nonDigitConfidences, allowed: refusedShare)
    }
    if let lowest = rules.min(by: { $0.threshold < $1.threshold }), !nonDigitConfidences.isEmpty {
      model.refusal = lowest
    }
  }
}

extension [Network] {
  /// The mean of the networks' probabilities for each sample.
  func meanProbabilities(_ batch: Batch, _ predict: ValidationSet.Predictor) -> [[Double]] {
    guard let outputs = first?.architecture.outputs else { return [] }
    var means = [[Double]](repeating: [Double](repeating: 0, count: outputs), count: batch.count)
    for network in self {
      let rows = predict(network, batch.inputs)
      for row in 0..<batch.count {
        for k in 0..<outputs { means[row][k] += Double(rows[row * outputs + k]) / Double(count) }
      }
    }
    return means
  }
}
