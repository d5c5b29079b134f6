/// The mean of each channel over the whole picture: a vector.
///
///     global average pool = "G"
public struct GlobalAveragePool: LayerDefinition {
  /// Makes a global average pool.
  public init() {}

  /// The words `global average pool`.
  public var description: String { "global average pool" }

  /// The words `mean of each map`.
  public var title: String { "mean of each map" }

  /// A vector with one value for each channel.
  public func outputShape(for input: Shape) -> Shape? { Shape(vector: input.channels) }

  static let letters = "G"
  static let traits = LayerTraits(readsPicture: true, givesVector: true, canBeLast: true)

  static func parse(_ item: inout ItemScanner) throws(ArchitectureError) -> [any LayerDefinition] {
    [GlobalAveragePool()]
  }

  func makeStage(_ context: StageContext) -> any Stage {
    let picture = context.input.value.shape
    let whole = KernelSize(height: picture.height, width: picture.width)
    return PoolStage(context: context, pool: Pool(.mean, size: whole, stride: 1))
  }

  func addNodes(to graph: inout ONNXGraph, input: String, weights: [String], isPicture: Bool) -> String {
    graph.node("Flatten", [graph.node("GlobalAveragePool", [input])])
  }
}
