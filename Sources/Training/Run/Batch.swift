// What a training step learns from: inputs and labels side by side.

/// Some samples, ready for the network.
package struct Batch: Sendable, Equatable {
  /// A row of 784 numbers for each sample: 0 paper, 1 ink.
  package var inputs: [Float]
  /// The class of each sample.
  package var labels: [Int]

  /// Makes a batch.
  package init(inputs: [Float], labels: [Int]) {
    self.inputs = inputs
    self.labels = labels
  }

  /// The number of samples.
  package var count: Int { labels.count }
  /// Numbers to a sample.
  package static let inputSize = 28 * 28
}
