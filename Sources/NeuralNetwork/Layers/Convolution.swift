import Kernels

/// A two-dimensional convolution (as in every framework: a correlation) over all input channels.
///
///     convolution = FILTERS "C" WINDOW [ "S" STRIDE ] [ "V" ] [ "n" ] [ activation | "i" ]
///
/// Over an input of one row, a window such as `1x5` makes it a one-dimensional convolution.
public struct Convolution: LayerDefinition {
  /// What a convolution does at the picture's edge.
  public enum Padding: Sendable, Hashable {
    /// Zeros around the picture, so that at stride 1 the size stays.
    case same
    /// Only windows that lie wholly inside.
    case valid
  }

  /// Output channels.
  public let filters: Int
  /// The size of the window, each side 1…7.
  public let kernel: KernelSize
  /// Pixels from one window to the next, 1 or 2.
  public let stride: Int
  /// What happens at the edge.
  public let padding: Padding
  /// Whether a learnt constant is added; not before a batch norm, which would subtract it again.
  public let hasBias: Bool

  /// Rows of zeros above the picture.
  ///
  /// The same for every stride, as in PyTorch with `padding=k//2`, so the outputs at stride 2 are every other of
  /// those at stride 1. With even kernels the odd row goes below, as in PyTorch with `padding="same"`.
  public var paddingAbove: Int { padding == .same ? (kernel.height - 1) / 2 : 0 }
  /// Columns of zeros to the left of the picture.
  public var paddingLeft: Int { padding == .same ? (kernel.width - 1) / 2 : 0 }
  /// Rows of zeros below the picture at stride 1.
  public var paddingBelow: Int { padding == .same ? kernel.height - 1 - paddingAbove : 0 }
  /// Columns of zeros to the right of the picture at stride 1.
  public var paddingRight: Int { padding == .same ? kernel.width - 1 - paddingLeft : 0 }

  /// Makes a convolution.
  ///
  /// - Parameters:
  ///   - filters: Output channels.
  ///   - kernel: The size of the window, each side 1…7.
  ///   - stride: Pixels from one window to the next, 1 or 2.
  ///   - padding: What happens at the edge.
  ///   - hasBias: Whether a learnt constant is added.
  public init(
    filters: Int, kernel: KernelSize, stride: Int = 1, padding: Padding = .same, hasBias: Bool = true
  ) {
    self.filters = filters
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.hasBias = hasBias
  }

  /// For example `convolution 3×3, stride 2, valid`.
  public var description: String {
    "convolution \(kernel)" + (stride == 1 ? "" : ", stride \(stride)")
      + (padding == .valid ? ", valid" : "")
  }

  /// For example `32 filters 3×3`.
  public var title: String { "\(filters) filters \(kernel)" }

  /// One value for each window and filter.
  public func outputShape(for input: Shape) -> Shape? {
    Shape(
      height: input.height + paddingAbove + paddingBelow, width: input.width + paddingLeft + paddingRight,
      channels: input.channels
    ).windows(size: kernel, stride: stride, channels: filters)
  }

  /// A multiplication for each output, tap and input channel.
  public func multiplyAdds(input: Shape, output: Shape) -> Int {
    output.count * kernel.count * input.channels
  }

  // MARK: Text

  static let letters = "C"
  static let traits = LayerTraits(
    beginsWithCount: true, readsPicture: true, sumsGradientByPart: true, appliesSlope: true, absorbsNorm: true
  )

  static func parse(_ item: inout ItemScanner) throws(ArchitectureError) -> [any LayerDefinition] {
    let kernel = try item.kernelSize("the size of the convolution's window, 1 to 7,", in: 1...7)
    let stride = try item.optional("S", "the convolution's stride, 1 or 2,", in: 1...2) ?? 1
    let padding = item.skip("V") ? Padding.valid : .same
    let isNormalized = item.skip("n")
    let convolution = Convolution(
      filters: item.count ?? 1, kernel: kernel, stride: stride, padding: padding, hasBias: !isNormalized)
    let norm: [any LayerDefinition] = isNormalized ? [BatchNorm()] : []
    let activation = item.skip("i") ? [] : [Activation.parseSuffix(&item) ?? .relu]
    return [convolution] + norm + activation
  }

  // MARK: Tensors and buffers

  var tensorName: String { "conv" }

  func tensors(input: Shape) -> [TensorSize] {
    [TensorSize(role: .weight, shape: [filters, input.channels, kernel.height, kernel.width])]
      + (hasBias ? [TensorSize(role: .bias, shape: [filters])] : [])
  }

  func inputBorder(_ input: Shape) -> Border {
    let border = Border(before: max(paddingAbove, paddingLeft), after: max(paddingBelow, paddingRight))
    guard let side = tileSide(input: input), let output = outputShape(for: input) else { return border }
    return border.union(
      Tiling.border(side, kernel: kernel.width, padding: paddingLeft, inputs: input, outputs: output))
  }

  func gradientBorder(_ input: Shape, writesInputGradient: Bool) -> Border {
    guard let output = outputShape(for: input) else { return Border() }
    var border = Border()
    if let side = tileSide(input: input) {
      border = Tiling.border(
        side, kernel: kernel.width, padding: kernel.width - 1 - paddingLeft, inputs: output, outputs: input)
    }
    return writesInputGradient
      ? border.union(BackwardPhase.border(self, input: input, output: output)) : border
  }

  // MARK: Execution and export

  func makeStage(_ context: StageContext) -> any Stage { ConvolutionStage(self, context) }

  func folded(_ tensors: LayerTensors, into next: ChannelLine?) -> FoldedLayer? {
    let layer = Convolution(filters: filters, kernel: kernel, stride: stride, padding: padding)
    return FoldedLayer(layer, tensors, into: next)
  }

  /// The weights at the tiles' points, where the convolution runs by tiles.
  func preparedWeights(_ packed: UnsafeMutablePointer<Float>, input: Shape) -> FloatBuffer? {
    guard tileSide(input: input) != nil else { return nil }
    let points = FloatBuffer(count: TiledProduct.weightCount(inputs: input.channels, outputs: filters))
    let scratch = FloatBuffer(count: Scratch.count)
    TiledProduct.prepare(
      points, taps: packed, kernel: kernel.width, inputs: input.channels, outputs: filters,
      blocks: 0..<blockCount(filters), scratch: scratch.pointer)
    return points
  }

  func addNodes(to graph: inout ONNXGraph, input: String, weights: [String], isPicture: Bool) -> String {
    graph.node(
      "Conv", [input] + weights,
      [
        ("kernel_shape", .integers([kernel.height, kernel.width])), ("strides", .integers([stride, stride])),
        ("pads", .integers([paddingAbove, paddingLeft, paddingBelow, paddingRight])),
      ])
  }
}
