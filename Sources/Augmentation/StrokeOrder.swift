// Varies the order and the direction of strokes, which a network that reads strokes must not rely on too much.

package import Basics

extension PolylineDrawing {
  /// Exchanges two strokes, or reverses one or all of them, each with a small probability.
  package mutating func varyStrokeOrder(random: inout SplitMix64) {
    guard !strokes.isEmpty else { return }
    if strokes.count > 1, random.bernoulli(0.12) {
      strokes.swapAt(random.index(below: strokes.count), random.index(below: strokes.count))
    }
    if random.bernoulli(0.06) { strokes[random.index(below: strokes.count)].reverse() }
    if random.bernoulli(0.02) {
      strokes.reverse()
      for index in strokes.indices { strokes[index].reverse() }
    }
  }
}
