// A network made simpler for inference. Batch norm is a line through each channel and is folded into the weights of
// the convolution or dense layer before it; dropout is left out.

import Kernels

/// What inference runs: fewer layers, with weights packed for the kernels.
///
/// `@unchecked Sendable`: the weights are written in `init` alone.
final class InferenceNetwork: @unchecked Sendable {
  /// The layers that remain.
  private(set) var layers: [any LayerDefinition] = []
  /// For each of them, the last layer of the architecture that it replaces.
  private(set) var replaced: [Int] = []
  /// Layer `i` reads `shapes[i]`.
  private(set) var shapes: [Shape]
  private let store: ParameterStore
  private let preparedWeights: [FloatBuffer?]

  init(_ network: Network) {
    let architecture = network.architecture
    shapes = [architecture.input]
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
        let parts: [(NamedTensor.Role, [Int], [Float])] = [
          (.weight, folded.shape, folded.weight), (.bias, [folded.bias.count], folded.bias),
        ]
        for (role, shape, added) in parts where !added.isEmpty {
          let range = values.count..<values.count + added.count
          tensors.append(NamedTensor(name: "", layer: layers.count, role: role, shape: shape, range: range))
          values += added
        }
        layers.append(folded.layer)
        replaced.append(last)
        shapes.append(architecture.shapes[last + 1])
      }
      index = last + 1
    }
    let layout = ParameterLayout(
      tensors, inputs: shapes, partedLayers: [Bool](repeating: false, count: layers.count))
    store = ParameterStore(layout.withoutPositions, parts: 0)
    layout.pack(values, into: store.values.pointer)
    preparedWeights = layers.indices.map { [layers, store, shapes] index in
      layers[index].preparedWeights(
        store.tensor(layout.ranges[index][.weight] ?? 0..<0).values, input: shapes[index])
    }
  }

  /// The stages and memory for one call at a time.
  func makeGraph(keepsValues: Bool = false) -> NetworkGraph {
    NetworkGraph(
      layers, shapes: shapes, store: store,
      configuration: .inference(shapes, keepsValues: keepsValues), preparedWeights: preparedWeights)
  }
}

extension Network {
  /// The values of a layer's tensors.
  fileprivate func tensors(ofLayer layer: Int) -> LayerTensors {
    let tensors = architecture.tensors(ofLayer: layer)
    return LayerTensors(
      shape: tensors.first?.shape ?? [],
      values: Dictionary(uniqueKeysWithValues: tensors.map { ($0.role, self[$0]) }))
  }
}
