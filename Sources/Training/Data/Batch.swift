// The input of a training step: network inputs and labels.

import Preprocessing

/// Some samples as inputs of the network.
package struct Batch: Sendable, Equatable {
  /// The numbers in an input.
  package static let inputSize = InputNormalizer.side * InputNormalizer.side

  /// `inputSize` numbers for each sample: 0 paper, 1 ink.
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
}
