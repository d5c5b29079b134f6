// Dropout: in training each value is zero with a probability, and the others are scaled up to the same mean. The
// draws depend on seed, step, layer, sample and place alone, so that threads do not matter and a resumed run goes on.

import Basics
import Kernels

/// One dropout layer of a network in training.
final class DropoutStage {
  private let input: LayerBoundary
  private let output: LayerBoundary
  private let threshold: UInt32
  private let scale: Float
  private let layer: Int
  private let draws: Draws

  /// What a step's draws follow from; training sets it before each wave.
  final class Draws {
    var seed: UInt64 = 0
    var step: UInt64 = 0
    var firstSample = 0
    /// Whether values are dropped at all; where a network is only looked at, they are not.
    var isOn = true
  }

  init(_ probability: Double, layer: Int, from input: LayerBoundary, to output: LayerBoundary, draws: Draws) {
    self.input = input
    self.output = output
    self.layer = layer
    self.draws = draws
    threshold = UInt32(clamping: min(probability * 0x1p32, Double(UInt32.max)))
    scale = Float(1 / (1 - probability))
  }

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      for sample in group.first..<group.first + group.count {
        drop(input.value, output.value, sample, group)
      }
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let from = output.gradient, let to = input.gradient else { return }
    plan.eachGroup { [self] group in
      for sample in group.first..<group.first + group.count { drop(from, to, sample, group) }
      input.gate(group)
    }
  }

  private func drop(_ from: ActivationBuffer, _ to: ActivationBuffer, _ sample: Int, _ group: Group) {
    let place = SplitMix64.mix(
      draws.seed ^ SplitMix64.mix(draws.step << 8 | UInt64(layer)) ^ UInt64(draws.firstSample + sample)
        << 40)
    let key = UInt32(truncatingIfNeeded: SplitMix64.mix(place))
    let source = from.at(sample, group)
    let target = to.at(sample, group)
    for line in 0..<to.shape.height {
      kernels.dropout(
        source + line * from.lineStride, into: target + line * to.lineStride, count: to.lineLength,
        firstIndex: line * to.lineLength, key: key, threshold: draws.isOn ? threshold : 0,
        scale: draws.isOn ? scale : 1)
    }
  }
}
