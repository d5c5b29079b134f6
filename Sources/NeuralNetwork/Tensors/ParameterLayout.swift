// The order in which kernels read a network's weights: by block of outputs, and in a block by the terms of a window
// or sample in the order in which they lie in memory. Training works on this packed list; snapshots are unpacked.

import Kernels

/// The blocks that hold a number of columns; the last one may be padded.
func blockCount(_ columns: Int) -> Int { (columns + kernels.blockWidth - 1) / kernels.blockWidth }

/// The position of each of a network's parameters in the packed list.
struct ParameterLayout {
  /// The packed ranges of the tensors of each layer of the architecture.
  private(set) var ranges: [[NamedTensor.Role: Range<Int>]]
  /// Numbers in the packed list, padding included.
  private(set) var count = 0
  /// How many of the first numbers have a gradient that is summed by part of the batch.
  private(set) var partedCount = 0
  /// For each parameter of the network its position in the packed list.
  private var positions: [Int]

  /// Packs tensors, those of the layers in `partedLayers` first.
  ///
  /// `inputs` are the shapes that the layers read.
  init(_ tensors: [NamedTensor], inputs: [Shape], partedLayers: [Bool]) {
    let tensors = tensors.filter(\.role.isTrained)
    ranges = [[NamedTensor.Role: Range<Int>]](repeating: [:], count: partedLayers.count)
    positions = [Int](repeating: 0, count: tensors.reduce(0) { $0 + $1.count })
    for tensor in tensors where partedLayers[tensor.layer] { add(tensor, input: inputs[tensor.layer]) }
    partedCount = count
    for tensor in tensors where !partedLayers[tensor.layer] { add(tensor, input: inputs[tensor.layer]) }
  }

  private mutating func add(_ tensor: NamedTensor, input: Shape) {
    let block = kernels.blockWidth
    let isMatrix = tensor.shape.count > 1
    let outputs = tensor.shape[0]
    let terms = isMatrix ? tensor.count / outputs : 1
    let range = count..<count + blockCount(outputs) * terms * block
    ranges[tensor.layer][tensor.role] = range
    count = range.upperBound
    let channels = input.channels
    // The terms come from the pixels of a window, or of the whole picture.
    let pixels = terms / channels
    positions.withUnsafeMutableBufferPointer { positions in
      var index = tensor.range.lowerBound
      for output in 0..<outputs {
        let start = range.lowerBound + output / block * terms * block + output % block
        guard isMatrix else {
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

  /// The layout without positions, for weights that are packed once: the positions take twice their memory.
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
