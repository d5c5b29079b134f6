// A network made simpler for use: batch norm is a line through each channel by then, and goes into the weights of the
// convolution or dense layer before it; dropout goes away.

import Kernels

/// What inference runs: fewer layers, weights packed for the kernels.
final class InferenceNetwork: @unchecked Sendable {
  /// A layer that is left, and which layer of the architecture its values are those behind.
  struct Step {
    var layer: Layer
    /// The last layer of the architecture that it stands for.
    var last: Int
    /// Scale and shift of a batch norm that found no weights before it.
    var line: (scale: FloatBuffer, shift: FloatBuffer)?
  }

  private(set) var steps: [Step] = []
  /// What step `i` reads is `shapes[i]`.
  private(set) var shapes: [Shape]
  let store: ParameterStore
  /// The weights of convolutions by tiles, at their points.
  private(set) var tiles: [FloatBuffer?] = []

  init(_ network: Network) {
    let architecture = network.architecture
    shapes = [architecture.input]
    var tensors: [TensorPlace] = []
    var values: [Float] = []
    func tensor(_ layer: Int, _ role: TensorPlace.Role) -> [Float]? {
      architecture.tensors(ofLayer: layer).first { $0.role == role }.map { network[$0] }
    }
    func add(_ role: TensorPlace.Role, _ shape: [Int], _ more: [Float], _ step: Int) {
      let range = values.count..<values.count + more.count
      tensors.append(TensorPlace(name: "", layer: step, role: role, shape: shape, range: range))
      values += more
    }
    /// Scale and shift of a batch norm by channel.
    func line(_ layer: Int) -> (scale: [Float], shift: [Float]) {
      let weight = tensor(layer, .weight) ?? []
      let bias = tensor(layer, .bias) ?? []
      let mean = tensor(layer, .runningMean) ?? []
      let variance = tensor(layer, .runningVariance) ?? []
      let scale = weight.indices.map {
        Float(Double(weight[$0]) / (Double(variance[$0]) + Double(Layer.batchNormEpsilon)).squareRoot())
      }
      return (scale, weight.indices.map { Float(Double(bias[$0]) - Double(mean[$0]) * Double(scale[$0])) })
    }

    var index = 0
    while index < architecture.layers.count {
      var layer = architecture.layers[index]
      var last = index
      let isFollowedByNorm =
        index + 1 < architecture.layers.count && architecture.layers[index + 1] == .batchNorm
      var fixedLine: (scale: FloatBuffer, shift: FloatBuffer)?
      switch layer {
      case .dropout:
        index += 1
        continue
      case .convolution, .dense:
        let place = architecture.tensors(ofLayer: index).first { $0.role == .weight }
        let shape = place?.shape ?? []
        var weight = tensor(index, .weight) ?? []
        let outputs = shape[0]
        var bias = tensor(index, .bias) ?? [Float](repeating: 0, count: outputs)
        if isFollowedByNorm {
          let norm = line(index + 1)
          let terms = weight.count / outputs
          for i in weight.indices { weight[i] *= norm.scale[i / terms] }
          for i in bias.indices { bias[i] = bias[i] * norm.scale[i] + norm.shift[i] }
          last = index + 1
        }
        add(.weight, shape, weight, steps.count)
        add(.bias, [outputs], bias, steps.count)
        if case .convolution(let c) = layer {
          layer = .convolution(
            Layer.Convolution(filters: c.filters, kernel: c.kernel, stride: c.stride, padding: c.padding))
        } else if case .dense(let d) = layer {
          layer = .dense(Layer.Dense(units: d.units))
        }
      case .batchNorm:
        let norm = line(index)
        fixedLine = (FloatBuffer(norm.scale), FloatBuffer(norm.shift))
      case .maxPool, .averagePool, .globalAveragePool, .activation: break
      }
      steps.append(Step(layer: layer, last: last, line: fixedLine))
      shapes.append(architecture.shapes[last + 1])
      index = last + 1
    }
    let layout = ParameterLayout(
      layers: steps.map(\.layer), shapes: shapes, tensors: tensors, parameterCount: values.count)
    store = ParameterStore(layout.withoutPositions)
    layout.pack(values, into: store.values.floats)
    tiles = steps.indices.map { tilesOfWeights($0) }
  }

  private func tilesOfWeights(_ step: Int) -> FloatBuffer? {
    guard case .convolution(let layer) = steps[step].layer, layer.tileSide(input: shapes[step]) != nil else {
      return nil
    }
    let channels = shapes[step].channels
    let points = FloatBuffer(TiledProduct.weightCount(inputs: channels, outputs: layer.filters))
    let blocks = (layer.filters + kernels.blockWidth - 1) / kernels.blockWidth
    let scratch = FloatBuffer(Scratch.count)
    TiledProduct.prepare(
      points, taps: store.tensor(store.layout.places[step].weight).values, kernel: layer.kernel,
      inputs: channels, outputs: layer.filters, blocks: 0..<blocks, scratch: scratch.floats)
    return points
  }
}
