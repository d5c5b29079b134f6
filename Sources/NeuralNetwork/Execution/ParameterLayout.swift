// How kernels want a network's weights: packed by block of outputs, the terms of a window or sample in the order in
// which they lie in memory. Everything that trains works on this list; only snapshots turn it back.

import Kernels

/// Where each of a network's parameters stands in the packed list.
struct ParameterLayout {
  /// The packed places of a layer's tensors.
  struct Place {
    var weight: Range<Int> = 0..<0
    var bias: Range<Int> = 0..<0
  }

  /// By layer of the architecture.
  private(set) var places: [Place]
  /// Numbers in the packed list, padding included.
  private(set) var count = 0
  /// The first numbers are those of convolutions, whose gradients are summed by part of the batch.
  private(set) var partedCount = 0
  /// For each parameter of the network its place in the packed list.
  private(set) var positions: [Int]

  init(_ architecture: Architecture) {
    self.init(
      layers: architecture.layers, shapes: architecture.shapes, tensors: architecture.tensors,
      parameterCount: architecture.parameterCount)
  }

  init(layers: [Layer], shapes: [Shape], tensors: [TensorPlace], parameterCount: Int) {
    places = [Place](repeating: Place(), count: layers.count)
    positions = [Int](repeating: 0, count: parameterCount)
    let block = kernels.blockWidth
    func isConvolution(_ tensor: TensorPlace) -> Bool {
      if case .convolution = layers[tensor.layer] { true } else { false }
    }
    let trained = tensors.filter(\.role.isTrained)
    for tensor in trained.filter(isConvolution) + trained.filter({ !isConvolution($0) }) {
      let isWeight = tensor.role == .weight && tensor.shape.count > 1
      let outputs = tensor.shape[0]
      let blocks = (outputs + block - 1) / block
      let terms = isWeight ? tensor.count / outputs : 1
      let range = count..<count + blocks * terms * block
      if tensor.role == .weight {
        places[tensor.layer].weight = range
      } else {
        places[tensor.layer].bias = range
      }
      count = range.upperBound
      if isConvolution(tensor) { partedCount = count }
      let shape = shapes[tensor.layer]
      // A convolution's window counts as the picture that its terms come from.
      let pixels =
        isConvolution(tensor) && isWeight ? tensor.shape[2] * tensor.shape[3] : shape.height * shape.width
      let channels = shape.channels
      positions.withUnsafeMutableBufferPointer { positions in
        var index = tensor.range.lowerBound
        for output in 0..<outputs {
          let start = range.lowerBound + output / block * terms * block + output % block
          guard isWeight else {
            positions[index] = start
            index += 1
            continue
          }
          for channel in 0..<channels {
            for pixel in 0..<pixels {
              positions[index] = start + (pixel * channels + channel) * block
              index += 1
            }
          }
        }
      }
    }
  }

  /// The same for weights that are packed and stay so: the list of positions is twice their size.
  var withoutPositions: ParameterLayout {
    var layout = self
    layout.positions = []
    return layout
  }

  func pack(_ parameters: [Float], into packed: UnsafeMutablePointer<Float>) {
    positions.withUnsafeBufferPointer { positions in
      for (index, value) in parameters.enumerated() { packed[positions[index]] = value }
    }
  }

  func unpack(_ packed: UnsafePointer<Float>) -> [Float] {
    [Float](unsafeUninitializedCapacity: positions.count) { result, count in
      count = positions.count
      positions.withUnsafeBufferPointer { positions in
        for index in 0..<positions.count {
          (result.baseAddress.unsafelyUnwrapped + index).initialize(to: packed[positions[index]])
        }
      }
    }
  }
}
