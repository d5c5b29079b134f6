// A network's weights and their gradients, packed in the order in which kernels read them.

import Kernels

/// Weights, gradients, and by part of the batch those gradients that are summed by part.
final class ParameterStore {
  let layout: ParameterLayout
  let values: FloatBuffer
  let gradients: FloatBuffer
  private let parts: [FloatBuffer]

  /// Allocates the memory; 0 parts are for weights without gradients.
  init(_ layout: ParameterLayout, parts: Int) {
    self.layout = layout
    values = FloatBuffer(count: layout.count)
    gradients = FloatBuffer(count: parts == 0 ? 0 : layout.count)
    self.parts = (0..<parts).map { _ in FloatBuffer(count: layout.partedCount) }
  }

  /// The range of a tensor in the weights and in the gradients.
  struct Tensor {
    fileprivate let store: ParameterStore
    let range: Range<Int>

    var values: UnsafeMutablePointer<Float> { store.values.pointer + range.lowerBound }
    var gradient: UnsafeMutablePointer<Float> { store.gradients.pointer + range.lowerBound }
    func gradient(part: Int) -> UnsafeMutablePointer<Float> {
      store.parts[part].pointer + range.lowerBound
    }
  }

  func tensor(_ range: Range<Int>) -> Tensor { Tensor(store: self, range: range) }

  func clearGradients() {
    gradients.clear()
    for part in parts { part.clear() }
  }

  /// Adds the gradients of the parts, always in the same order, so that the sum is the same to the bit.
  func gatherParts(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<layout.partedCount)
    for part in parts {
      kernels.addList(
        part.pointer + range.lowerBound, to: gradients.pointer + range.lowerBound, count: range.count)
    }
  }
}
