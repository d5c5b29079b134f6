// The exponential moving average of the weights, which is more accurate than the weights of a single step.

import NeuralNetwork

/// The exponential moving average of a network's weights and statistics.
struct WeightAverage: Sendable {
  /// The steps between two updates: an update copies the weights, so it is made only every eighth step, with the
  /// eighth power of the smoothing.
  static let stride = 8

  private let smoothing: Double
  private(set) var parameters: [Float]
  private(set) var statistics: [Float]
  /// The updates so far.
  private(set) var count: Int

  /// Starts with the weights of a network.
  init(_ network: Network, smoothing: Double) {
    self.init(smoothing: smoothing, parameters: network.parameters, statistics: network.statistics, count: 0)
  }

  /// Continues from a checkpoint.
  init(smoothing: Double, parameters: [Float], statistics: [Float], count: Int) {
    self.smoothing = smoothing
    self.parameters = parameters
    self.statistics = statistics
    self.count = count
  }

  /// Adds the weights after `stride` steps.
  mutating func add(_ network: Network) {
    count += 1
    var kept = 1.0
    for _ in 0..<Self.stride { kept *= smoothing }
    // Less smoothing at the start, so that the untrained weights lose their influence quickly.
    let share = Float(1 - min(kept, Double(count) / Double(count + 9)))
    Self.move(&parameters, towards: network.parameters, by: share)
    Self.move(&statistics, towards: network.statistics, by: share)
  }

  private static func move(_ values: inout [Float], towards others: [Float], by share: Float) {
    values.withUnsafeMutableBufferPointer { values in
      others.withUnsafeBufferPointer { others in
        for k in values.indices { values[k] += (others[k] - values[k]) * share }
      }
    }
  }

  /// A network of the same architecture with the averaged weights.
  func network(like other: Network) -> Network {
    other.replacing(parameters: parameters, statistics: statistics)
  }
}

extension Network {
  /// The network with other parameters and statistics.
  func replacing(
    parameters: some Collection<Float>, statistics: some Collection<Float>
  ) -> Network {
    var network = self
    network.parameters = Array(parameters)
    network.statistics = Array(statistics)
    return network
  }
}
