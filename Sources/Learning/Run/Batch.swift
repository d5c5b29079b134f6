// What a training step learns from: inputs and labels side by side.

/// Some samples, ready for the network.
public struct Batch: Sendable, Equatable {
  /// A row of 784 numbers for each sample: 0 paper, 1 ink.
  public var inputs: [Float]
  /// The class of each sample.
  public var labels: [Int]

  /// Makes a batch.
  public init(inputs: [Float], labels: [Int]) {
    self.inputs = inputs
    self.labels = labels
  }

  /// The number of samples.
  public var count: Int { labels.count }
  /// Numbers to a sample.
  public static let inputSize = 28 * 28
}
