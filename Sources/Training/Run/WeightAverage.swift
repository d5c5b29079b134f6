// The exponential moving average of the weights, which is more accurate than the weights of a single step.

import NeuralNetwork

/// The exponential moving average of a network's weights and statistics.
struct WeightAverage: Sendable {
  /// The steps between two updates: an update copies the weights, so it is made only every eighth step, with the
  /// eighth power of the smoothing.
  static let stride = 8

  private let smoothing: Double
  /// The network with the averaged weights.
  private(set) var network: Network
  /// The updates so far.
  private(set) var count: Int

  /// Starts with the weights of a network, or continues with those of a checkpoint.
  init(_ network: Network, smoothing: Double, count: Int = 0) {
    self.network = network
    self.smoothing = smoothing
    self.count = count
  }

  /// Adds the weights after `stride` steps.
  mutating func add(_ other: Network) {
    count += 1
    var kept = 1.0
    for _ in 0..<Self.stride { kept *= smoothing }
    // Less smoothing at the start, so that the untrained weights lose their influence quickly.
    let share = Float(1 - min(kept, Double(count) / Double(count + 9)))
    Self.move(&network.parameters, towards: other.parameters, by: share)
    Self.move(&network.statistics, towards: other.statistics, by: share)
  }

  private static func move(_ values: inout [Float], towards others: [Float], by share: Float) {
    values.withUnsafeMutableBufferPointer { values in
      others.withUnsafeBufferPointer { others in
        for k in values.indices { values[k] += (others[k] - values[k]) * share }
      }
    }
  }
}
