// What a run's epochs were like: one row each, as a table that any program reads.

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
    /// The loss on validation pictures, or nil without any.
    package var validationLoss: Double?
    /// The share of validation pictures read right.
    package var accuracy: Double?
    /// The share of kept-out writers' strokes read right.
    package var strokeAccuracy: Double?
    /// Training samples a second.
    package var speed: Double
    /// Seconds since the run began, pauses left out.
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

  /// The table with a header, numbers in full, an empty field where nothing was measured.
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

  /// Adds the epochs of the next network of the same recipe: they are counted on, and so are its seconds.
  package mutating func append(_ next: History) {
    let (epochs, seconds) = (rows.last?.epoch ?? 0, rows.last?.seconds ?? 0)
    rows += next.rows.map { row in
      var row = row
      row.epoch += epochs
      row.seconds += seconds
      return row
    }
  }

  /// Reads such a table, or gives nil where it is none.
  package init?(csv: String) {
    let lines = csv.split(separator: "\n")
    guard let header = lines.first, header == Self.header else { return nil }
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == 8, let epoch = Int(fields[0]), let rate = Double(fields[1]),
        let loss = Double(fields[2]),
        let speed = Double(fields[6]), let seconds = Double(fields[7])
      else { return nil }
      rows.append(
        Row(
          epoch: epoch, learningRate: rate, loss: loss, validationLoss: Double(fields[3]),
          accuracy: Double(fields[4]), strokeAccuracy: Double(fields[5]), speed: speed, seconds: seconds))
    }
  }
}
