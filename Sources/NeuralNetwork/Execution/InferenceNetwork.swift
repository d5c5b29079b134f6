// A network made simpler for inference. Batch norm is a line through each channel and is folded into the weights of
// the convolution or dense layer before it; dropout is left out.

import Kernels

/// What inference runs: fewer layers, with weights packed for the kernels.
///
/// `@unchecked Sendable`: the weights are written in `init` alone.
final class InferenceNetwork: @unchecked Sendable {
  /// The layers that remain.
  let layers: [any LayerDefinition]
  /// For each of them, the last layer of the architecture that it replaces.
  let replaced: [Int]
  /// Layer `i` reads `shapes[i]`.
  let shapes: [Shape]
  private let store: ParameterStore
  private let preparedWeights: [FloatBuffer?]

  init(_ network: Network) {
    let architecture = network.architecture
    var layers: [any LayerDefinition] = []
    var replaced: [Int] = []
    var shapes = [architecture.input]
    var tensors: [NamedTensor] = []
    var values: [Float] = []
    var index = 0
    while index < architecture.definitions.count {
      let layer = architecture.definitions[index]
      var line: ChannelLine?
      if layer.traits.absorbsNorm, index + 1 < architecture.definitions.count {
        line = architecture.definitions[index + 1].channelLine(network.tensors(ofLayer: index + 1))
      }
      let last = line == nil ? index : index + 1
      if let folded = layer.folded(network.tensors(ofLayer: index), into: line) {
        func add(_ role: NamedTensor.Role, _ shape: [Int], _ added: [Float]) {
          let range = values.count..<values.count + added.count
          tensors.append(NamedTensor(name: "", layer: layers.count, role: role, shape: shape, range: range))
          values += added
        }
        if !folded.weight.isEmpty {
          add(.weight, folded.shape, folded.weight)
          add(.bias, [folded.bias.count], folded.bias)
        }
        layers.append(folded.layer)
        replaced.append(last)
        shapes.append(architecture.shapes[last + 1])
      }
      index = last + 1
    }
    let layout = ParameterLayout(
      tensors, inputs: shapes, partedLayers: [Bool](repeating: false, count: layers.count))
    let store = ParameterStore(layout.withoutPositions, parts: 0)
    layout.pack(values, into: store.values.pointer)
    preparedWeights = layers.indices.map { index in
      layers[index].preparedWeights(
        store.tensor(layout.ranges[index][.weight] ?? 0..<0).values, input: shapes[index])
    }
    self.layers = layers
    self.replaced = replaced
    self.shapes = shapes
    self.store = store
  }

  /// The stages and memory for one call at a time.
  func makeGraph(keepsValues: Bool) -> NetworkGraph {
    NetworkGraph(
      layers, shapes: shapes, store: store,
      configuration: .inference(shapes, keepsValues: keepsValues), preparedWeights: preparedWeights)
  }
}

extension Network {
  /// The values of a layer's tensors.
  fileprivate func tensors(ofLayer layer: Int) -> LayerTensors {
    let tensors = architecture.tensors(ofLayer: layer)
    func values(_ role: NamedTensor.Role) -> [Float]? {
      tensors.first { $0.role == role }.map { self[$0] }
    }
    return LayerTensors(
      shape: tensors.first?.shape ?? [], weight: values(.weight) ?? [], bias: values(.bias),
      runningMean: values(.runningMean) ?? [], runningVariance: values(.runningVariance) ?? [])
  }
}
