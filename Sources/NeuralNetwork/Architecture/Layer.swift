/// One step of a network, without its weights: what it computes and how large it is.
public enum Layer: Sendable, Hashable {
  /// A two-dimensional convolution (as in every framework: a correlation), over all input channels.
  case convolution(Convolution)
  /// Every output is a weighted sum of all inputs.
  case dense(Dense)
  /// The largest value of each window.
  case maxPool(Pool)
  /// The mean of each window.
  case averagePool(Pool)
  /// The mean of each channel over the whole picture: a vector.
  case globalAveragePool
  /// Each channel brought to mean 0 and variance 1 over the batch, then scaled and shifted as learnt.
  case batchNorm
  /// In training each value is 0 with this probability, else divided by the rest; in use nothing happens.
  case dropout(Double)
  /// A function applied to each value.
  case activation(Activation)

  /// What a convolution is made of.
  public struct Convolution: Sendable, Hashable {
    /// Output channels.
    public let filters: Int
    /// Width and height of the window, 1…7.
    public let kernel: Int
    /// Pixels from one window to the next, 1 or 2.
    public let stride: Int
    /// What happens at the edge.
    public let padding: Padding
    /// Whether a learnt constant is added; not before a batch norm, which would take it away.
    public let hasBias: Bool

    /// Rows of zeros above the picture, and columns to its left.
    ///
    /// The same for every stride, as in PyTorch with `padding=k//2`, so the outputs at stride 2 are every other of those
    /// at stride 1. With even kernels the odd row goes below, as in PyTorch with `padding="same"`.
    public var paddingBefore: Int { padding == .same ? (kernel - 1) / 2 : 0 }
    /// Rows of zeros below the picture, and columns to its right, at stride 1.
    public var paddingAfter: Int { padding == .same ? kernel - 1 - paddingBefore : 0 }

    /// A convolution.
    public init(filters: Int, kernel: Int, stride: Int = 1, padding: Padding = .same, hasBias: Bool = true) {
      self.filters = filters
      self.kernel = kernel
      self.stride = stride
      self.padding = padding
      self.hasBias = hasBias
    }
  }

  /// What a convolution does at the picture's edge.
  public enum Padding: Sendable, Hashable {
    /// Zeros around it, so that at stride 1 the size stays.
    case same
    /// Only windows that lie wholly inside.
    case valid
  }

  /// What a dense layer is made of.
  public struct Dense: Sendable, Hashable {
    /// How many outputs.
    public let units: Int
    /// Whether a learnt constant is added.
    public let hasBias: Bool

    /// A dense layer.
    public init(units: Int, hasBias: Bool = true) {
      self.units = units
      self.hasBias = hasBias
    }
  }

  /// The windows of a pooling layer; those that would reach over the edge are left out.
  public struct Pool: Sendable, Hashable {
    /// Width and height of a window.
    public let size: Int
    /// Pixels from one window to the next.
    public let stride: Int

    /// Windows of a pooling layer.
    public init(size: Int, stride: Int) {
      self.size = size
      self.stride = stride
    }
  }

  /// A function applied to each value.
  public enum Activation: String, Sendable, Hashable, CaseIterable {
    /// 1 / (1 + exp(-x)).
    case sigmoid = "s"
    /// The hyperbolic tangent.
    case tanh = "t"
    /// max(x, 0).
    case relu = "r"
    /// x above 0, `leakySlope`·x below.
    case leakyRelu = "l"
  }

  /// The slope of the leaky ReLU below 0, PyTorch's.
  public static let leakySlope: Float = 0.01
  /// What batch norm adds to the variance before the root, PyTorch's.
  public static let batchNormEpsilon: Float = 1e-5
  /// The share of a new batch in the running mean and (unbiased) variance, PyTorch's.
  public static let batchNormMomentum: Float = 0.1
}

extension Layer {
  /// What comes out where `input` goes in, or nil where the picture is too small for one window.
  public func outputShape(for input: Shape) -> Shape? {
    func windows(_ size: Int, _ window: Int, _ stride: Int) -> Int? {
      size >= window ? (size - window) / stride + 1 : nil
    }
    switch self {
    case .convolution(let c):
      let rim = c.paddingBefore + c.paddingAfter
      guard let height = windows(input.height + rim, c.kernel, c.stride),
        let width = windows(input.width + rim, c.kernel, c.stride)
      else { return nil }
      return Shape(height: height, width: width, channels: c.filters)
    case .dense(let dense): return Shape(vector: dense.units)
    case .maxPool(let pool), .averagePool(let pool):
      guard let height = windows(input.height, pool.size, pool.stride),
        let width = windows(input.width, pool.size, pool.stride)
      else { return nil }
      return Shape(height: height, width: width, channels: input.channels)
    case .globalAveragePool: return Shape(vector: input.channels)
    case .batchNorm, .dropout, .activation: return input
    }
  }

  /// The multiplications with a learnt weight for one sample.
  public func multiplyAdds(input: Shape, output: Shape) -> Int {
    switch self {
    case .convolution(let c): output.count * c.kernel * c.kernel * input.channels
    case .dense: input.count * output.count
    default: 0
    }
  }
}
