// The epochs of a run, as a table in CSV format.

import Basics

/// The epochs of a run, oldest first.
package struct History: Sendable, Equatable {
  /// One epoch.
  package struct Row: Sendable, Equatable {
    /// The epoch, from 1.
    package var epoch: Int
    /// The learning rate of its last step.
    package var learningRate: Double
    /// The mean loss over its training samples.
    package var loss: Double
    /// The loss on validation pictures; nil without validation data.
    package var validationLoss: Double?
    /// The accuracy on validation pictures.
    package var accuracy: Double?
    /// The accuracy on strokes of held-out writers.
    package var strokeAccuracy: Double?
    /// Training samples per second.
    package var speed: Double
    /// Seconds since the start of the run, without interruptions.
    package var seconds: Double

    /// Makes a row.
    package init(
      epoch: Int, learningRate: Double, loss: Double, validationLoss: Double? = nil, accuracy: Double? = nil,
      strokeAccuracy: Double? = nil, speed: Double, seconds: Double
    ) {
      self.epoch = epoch
      self.learningRate = learningRate
      self.loss = loss
      self.validationLoss = validationLoss
      self.accuracy = accuracy
      self.strokeAccuracy = strokeAccuracy
      self.speed = speed
      self.seconds = seconds
    }
  }

  /// The rows.
  package var rows: [Row] = []

  /// An empty history.
  package init() {}

  private static let header =
    "epoch,learning_rate,loss,validation_loss,validation_accuracy,stroke_accuracy,samples_per_second,seconds"

  /// The table with a header; an empty field for a missing measurement.
  package var csv: String {
    let lines = rows.map { row in
      let fields: [Double?] = [
        row.learningRate, row.loss, row.validationLoss, row.accuracy, row.strokeAccuracy, row.speed,
        row.seconds,
      ]
      return "\(row.epoch)," + fields.map { $0.map { "\($0)" } ?? "" }.joined(separator: ",")
    }
    return ([Self.header] + lines).joined(separator: "\n") + "\n"
  }

  /// Appends the epochs of the next network of the ensemble: its epochs and seconds are counted on.
  package mutating func append(_ next: History) {
    let (epochs, seconds) = (rows.last?.epoch ?? 0, rows.last?.seconds ?? 0)
    rows += next.rows.map { row in
      var row = row
      row.epoch += epochs
      row.seconds += seconds
      return row
    }
  }

  /// The largest number of an epoch that is read.
  private static let mostEpochs = 1 << 30

  /// Reads such a table; nil for any other text, and where a number is none.
  package init?(csv: String) {
    let lines = csv.split(separator: "\n")
    guard let header = lines.first, header == Self.header else { return nil }
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == 8, let epoch = Int(fields[0]), let rate = Double(fields[1]),
        let loss = Double(fields[2]),
        let speed = Double(fields[6]), let seconds = Double(fields[7]),
        (1...Self.mostEpochs).contains(epoch), [rate, loss, speed, seconds].allSatisfy(\.isFinite),
        fields[3...5].allSatisfy({ $0.isEmpty || Double($0)?.isNaN == false })
      else { return nil }
      rows.append(
        Row(
          epoch: epoch, learningRate: rate, loss: loss, validationLoss: Double(fields[3]),
          accuracy: Double(fields[4]), strokeAccuracy: Double(fields[5]), speed: speed, seconds: seconds))
    }
  }
}
