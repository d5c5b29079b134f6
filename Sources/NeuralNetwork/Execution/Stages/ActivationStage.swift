// An activation by itself: sigmoid and tanh, and ReLU where nothing before it could take it along.

import Kernels

extension Layer.Activation {
  /// The kernel's name for it.
  var curve: ActivationKind {
    switch self {
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .relu: .rectify(slope: 0)
    case .leakyRelu: .rectify(slope: Layer.leakySlope)
    }
  }

  /// The slope below zero of those that can be told from the sign of what they gave.
  var slope: Float? {
    if case .rectify(let slope) = curve { slope } else { nil }
  }
}

/// One activation of a network in training; in place where both junctions are the same.
final class ActivationStage {
  private let curve: ActivationKind
  private let input: LayerBoundary
  private let output: LayerBoundary

  init(_ activation: Layer.Activation, from input: LayerBoundary, to output: LayerBoundary) {
    curve = activation.curve
    self.input = input
    self.output = output
  }

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      let (from, to) = (input.value, output.value)
      for sample in group.first..<group.first + group.count {
        let values = to.at(sample, group)
        if input !== output {
          copyLines(
            from: from.at(sample, group), stride: from.lineStride, to: values, stride: to.lineStride,
            lines: to.shape.height, length: to.lineLength)
        }
        kernels.apply(curve, values, stride: to.lineStride, lines: to.shape.height, length: to.lineLength)
      }
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let from = output.gradient, let to = input.gradient else { return }
    plan.eachGroup { [self] group in
      for sample in group.first..<group.first + group.count {
        let gradients = to.at(sample, group)
        if input !== output {
          copyLines(
            from: from.at(sample, group), stride: from.lineStride, to: gradients, stride: to.lineStride,
            lines: to.shape.height, length: to.lineLength)
        }
        kernels.applySlope(
          curve, output.value.at(sample, group), stride: output.value.lineStride,
          gradients: gradients, gradientStride: to.lineStride, lines: to.shape.height,
          length: to.lineLength)
      }
      if input !== output { input.gate(group) }
    }
  }
}
