// What a layer is: the protocol that each file of this folder implements once, and the list of the layers.

import Kernels

/// One step of a network, without its weights: what it computes and how large it is.
public protocol Layer: Sendable, Hashable, CustomStringConvertible {
  /// A short name for a picture of the layer's values, for example `32 filters 3×3`.
  var title: String { get }

  /// The shape of the output.
  ///
  /// - Parameter input: The shape of the input.
  /// - Returns: The shape, or nil where the input is too small for one window.
  func outputShape(for input: Shape) -> Shape?

  /// The multiplications with a learnt weight for one sample.
  ///
  /// - Parameters:
  ///   - input: The shape of the input.
  ///   - output: The shape of the output.
  /// - Returns: The number of multiplications.
  func multiplyAdds(input: Shape, output: Shape) -> Int
}

extension Layer {
  /// The description.
  public var title: String { description }

  /// The input's shape.
  public func outputShape(for input: Shape) -> Shape? { input }

  /// 0, for a layer without weights.
  public func multiplyAdds(input: Shape, output: Shape) -> Int { 0 }
}

/// The layers.
///
/// A new layer is one file that implements `LayerDefinition`, and one entry here.
let layerTypes: [any LayerDefinition.Type] = [
  Convolution.self, Dense.self, Pool.self, GlobalAveragePool.self, BatchNorm.self, Dropout.self,
  Activation.self,
]

/// What is the same for all layers of a type; a type names those that it has.
struct LayerTraits {
  /// Whether an item of this layer begins with a number, for example `32C3`.
  var beginsWithCount = false
  /// Whether the input must be a picture.
  var readsPicture = false
  /// Whether the output is a vector, which no layer that reads pictures can follow.
  var givesVector = false
  /// Whether the layer can be the last one of a network.
  var canBeLast = false
  /// Whether the weights start at 1 and the biases at 0, whatever the initializer.
  var startsAsIdentity = false
  /// Whether the gradient of the weights is summed by part of the batch and not on all samples at once.
  var sumsGradientByPart = false
  /// Whether the layer runs on all samples of a wave at once, and not on a few at a time.
  var readsWholeWave = false
  /// Whether training needs the whole batch in one wave.
  var needsWholeBatch = false
  /// Whether the layer applies the slope of a ReLU or leaky ReLU that follows.
  var appliesSlope = false
  /// Whether input and output may be the same memory.
  var worksInPlace = false
  /// Whether a batch norm that follows is folded into the weights for inference.
  var absorbsNorm = false
}

/// What the parser, the tensors, training, inference and export need to know of a layer.
protocol LayerDefinition: Layer {
  static var traits: LayerTraits { get }

  // MARK: Text

  /// The letters that select this layer: the item's first letter, or the one after its count.
  static var letters: String { get }

  /// Reads an item whose count and letter are read already; an item may stand for several layers.
  static func parse(_ item: inout ItemScanner) throws(ArchitectureError) -> [any LayerDefinition]

  // MARK: Tensors

  /// The first part of the tensors' names, to which a number is added.
  var tensorName: String { get }
  /// The layer's tensors, in the order of the file.
  func tensors(input: Shape) -> [TensorSize]

  // MARK: Buffers

  /// The slope below 0 of a ReLU or leaky ReLU, which the layer before may apply; else nil.
  var slope: Float? { get }
  /// The zeros that the layer reads around its input.
  func inputBorder(_ input: Shape) -> Border
  /// The zeros that the backward pass reads around the gradient of the output.
  func gradientBorder(_ input: Shape, writesInputGradient: Bool) -> Border

  // MARK: Execution

  /// The stage that runs this layer.
  func makeStage(_ context: StageContext) -> any Stage
  /// The layer that inference runs instead, with its tensors; nil where inference has nothing to do.
  ///
  /// `next` is the batch norm that follows, where `absorbsNorm` says that it is folded into this layer.
  func folded(_ tensors: LayerTensors, into next: ChannelLine?) -> FoldedLayer?
  /// The factor and addend of each channel, for a layer that is a line through each channel in inference.
  func channelLine(_ tensors: LayerTensors) -> ChannelLine?
  /// Weights in another form that all calls of inference share, or nil where the packed weights are enough.
  func preparedWeights(_ packed: UnsafeMutablePointer<Float>, input: Shape) -> FloatBuffer?

  // MARK: Export

  /// Adds the nodes of the layer to an ONNX graph and gives the name of the output.
  func addNodes(to graph: inout ONNXGraph, input: String, weights: [String], isPicture: Bool) -> String
}

extension LayerDefinition {
  static var traits: LayerTraits { LayerTraits() }
  var traits: LayerTraits { Self.traits }

  var tensorName: String { "" }
  func tensors(input: Shape) -> [TensorSize] { [] }

  var slope: Float? { nil }
  func inputBorder(_ input: Shape) -> Border { Border() }
  func gradientBorder(_ input: Shape, writesInputGradient: Bool) -> Border { Border() }

  func folded(_ tensors: LayerTensors, into next: ChannelLine?) -> FoldedLayer? { FoldedLayer(layer: self) }
  func channelLine(_ tensors: LayerTensors) -> ChannelLine? { nil }
  func preparedWeights(_ packed: UnsafeMutablePointer<Float>, input: Shape) -> FloatBuffer? { nil }
}

/// A tensor of a layer, before it has a name and a position.
struct TensorSize {
  let role: NamedTensor.Role
  let shape: [Int]

  var count: Int { shape.reduce(1, *) }
}

/// The values of a layer's tensors, in PyTorch's layout.
struct LayerTensors {
  /// The shape of the first one, the weights.
  let shape: [Int]
  let values: [NamedTensor.Role: [Float]]
}

/// A line through the values of each channel: `x · scale[c] + shift[c]`.
struct ChannelLine {
  let scale: [Float]
  let shift: [Float]
}

/// What inference runs in place of a layer.
struct FoldedLayer {
  let layer: any LayerDefinition
  /// The weights with their shape, and a bias for each output; all empty for a layer without weights.
  var shape: [Int] = []
  var weight: [Float] = []
  var bias: [Float] = []
}

extension FoldedLayer {
  /// A layer with weights and biases, and with the batch norm that follows in them.
  init(_ layer: any LayerDefinition, _ tensors: LayerTensors, into line: ChannelLine?) {
    let outputs = tensors.shape[0]
    var weight = tensors.values[.weight] ?? []
    var bias = tensors.values[.bias] ?? [Float](repeating: 0, count: outputs)
    if let line {
      let terms = weight.count / outputs
      for i in weight.indices { weight[i] *= line.scale[i / terms] }
      for i in bias.indices { bias[i] = bias[i] * line.scale[i] + line.shift[i] }
    }
    self.init(layer: layer, shape: tensors.shape, weight: weight, bias: bias)
  }
}
