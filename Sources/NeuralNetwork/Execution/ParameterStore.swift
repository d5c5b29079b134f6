// A network's weights and their gradients while it trains, packed as kernels want them.

import Kernels

/// Weights, gradients, and the gradients of convolutions by part of the batch.
final class ParameterStore {
  let layout: ParameterLayout
  let values: FloatBuffer
  let gradients: FloatBuffer
  private let parted: [FloatBuffer]

  init(_ architecture: Architecture, parts: Int) {
    layout = ParameterLayout(architecture)
    values = FloatBuffer(layout.count)
    gradients = FloatBuffer(layout.count)
    let count = layout.partedCount
    parted = (0..<parts).map { _ in FloatBuffer(count) }
  }

  /// Weights that nobody trains.
  init(_ layout: ParameterLayout) {
    self.layout = layout
    values = FloatBuffer(layout.count)
    gradients = FloatBuffer(0)
    parted = []
  }

  /// A tensor's place in both lists.
  struct Tensor {
    fileprivate let store: ParameterStore
    let range: Range<Int>

    var values: UnsafeMutablePointer<Float> { store.values.floats + range.lowerBound }
    var gradient: UnsafeMutablePointer<Float> { store.gradients.floats + range.lowerBound }
    func gradient(part: Int) -> UnsafeMutablePointer<Float> {
      store.parted[part].floats + range.lowerBound
    }
  }

  func tensor(_ range: Range<Int>) -> Tensor { Tensor(store: self, range: range) }

  func clearGradients() {
    gradients.clear()
    for part in parted { part.clear() }
  }

  /// The parts' gradients, always in the same order, so that the sum is the same to the bit.
  func gatherParts(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<layout.partedCount)
    for part in parted {
      kernels.addList(
        part.floats + range.lowerBound, to: gradients.floats + range.lowerBound, count: range.count)
    }
  }
}
