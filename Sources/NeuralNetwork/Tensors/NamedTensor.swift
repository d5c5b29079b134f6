/// A named tensor of a network, and its range in the network's values.
public struct NamedTensor: Sendable, Hashable {
  /// What a tensor is to its layer.
  public enum Role: String, Sendable, Hashable {
    /// Convolution `[out, in, row, column]`, dense `[out, in]`, batch norm `[channel]`: PyTorch's layouts.
    case weight
    /// One constant for each output.
    case bias
    /// Batch norm's mean over past batches.
    case runningMean = "running_mean"
    /// Batch norm's variance over past batches.
    case runningVariance = "running_var"

    /// Whether training changes the tensor by gradients.
    public var isTrained: Bool { self == .weight || self == .bias }
  }

  /// For example `conv1.weight`, as in the model file.
  public let name: String
  /// The index of its layer in the architecture.
  public let layer: Int
  /// What it is to that layer.
  public let role: Role
  /// Its sizes, slowest first.
  public let shape: [Int]
  /// Its range in `Network.parameters` where it is trained, else in `Network.statistics`.
  public let range: Range<Int>

  /// The number of values.
  public var count: Int { range.count }
}
