// The input of a training step: network inputs and labels.

/// Some samples as inputs of the network.
package struct Batch: Sendable, Equatable {
  /// The numbers of all inputs, sample by sample.
  package var inputs: [Float]
  /// The class of each sample.
  package var labels: [Int]

  /// The number of samples.
  package var count: Int { labels.count }
}
