// The mean of the weights over the last steps (EMA): it reads better than the weights of any one step.

import NeuralNetwork

/// An exponential moving average of a network's weights and statistics.
struct WeightAverage: Sendable {
  /// Copying the weights costs something, so only every eighth step is looked at, with the decay's eighth power.
  static let stride = 8

  private let keep: Double
  private(set) var parameters: [Float]
  private(set) var statistics: [Float]
  private(set) var count: Int

  /// Starts with the weights of a network.
  init(_ network: Network, keep: Double) {
    self.keep = keep
    parameters = network.parameters
    statistics = network.statistics
    count = 0
  }

  /// Goes on from a checkpoint.
  init(keep: Double, parameters: [Float], statistics: [Float], count: Int) {
    self.keep = keep
    self.parameters = parameters
    self.statistics = statistics
    self.count = count
  }

  /// Takes the weights after a stride of steps.
  mutating func add(_ network: Network) {
    count += 1
    var kept = 1.0
    for _ in 0..<Self.stride { kept *= keep }
    // Young averages forget faster, so that the first weights, which knew nothing, are soon gone.
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

  /// The averaged network.
  func network(like other: Network) -> Network {
    var result = other
    result.parameters = parameters
    result.statistics = statistics
    return result
  }
}
