import Kernels

/// A function applied to each value: an item of its own, or the suffix of a convolution or dense layer.
///
///     activation = "s" | "t" | "r" | "l"
public enum Activation: String, LayerDefinition, CaseIterable {
  /// 1 / (1 + exp(-x)).
  case sigmoid = "s"
  /// The hyperbolic tangent.
  case tanh = "t"
  /// max(x, 0).
  case relu = "r"
  /// x above 0, `leakySlope`·x below.
  case leakyRelu = "l"

  /// The slope of the leaky ReLU below 0, PyTorch's.
  public static let leakySlope: Float = 0.01

  /// The function's name.
  public var description: String {
    switch self {
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    case .relu: "ReLU"
    case .leakyRelu: "leaky ReLU"
    }
  }

  // MARK: Text

  static let letters = "strl"
  static let traits = LayerTraits(worksInPlace: true)

  static func parse(_ item: inout ItemScanner) throws(ArchitectureError) -> [any LayerDefinition] {
    item.letter.flatMap { Activation(rawValue: String($0)) }.map { [$0] } ?? []
  }

  /// Reads a letter behind the weights, or gives nil where there is none.
  static func parseSuffix(_ item: inout ItemScanner) -> Activation? {
    guard let written = item.next.flatMap({ Activation(rawValue: String($0)) }) else { return nil }
    item.skip()
    return written
  }

  // MARK: Buffers

  /// The kernel's name for it.
  var kind: ActivationKind {
    switch self {
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .relu: .rectify(slope: 0)
    case .leakyRelu: .rectify(slope: Self.leakySlope)
    }
  }

  /// Only these functions leave the sign of the input in the output.
  var slope: Float? {
    if case .rectify(let slope) = kind { slope } else { nil }
  }

  // MARK: Execution and export

  func makeStage(_ context: StageContext) -> any Stage {
    ActivationStage(context: context, kind: kind)
  }

  func addNodes(to graph: inout ONNXGraph, input: String, weights: [String], isPicture: Bool) -> String {
    switch self {
    case .sigmoid: graph.node("Sigmoid", [input])
    case .tanh: graph.node("Tanh", [input])
    case .relu: graph.node("Relu", [input])
    case .leakyRelu: graph.node("LeakyRelu", [input], [("alpha", .float(Self.leakySlope))])
    }
  }
}

/// An activation that no layer before it applies; it works in place where both boundaries are the same.
private struct ActivationStage: Stage {
  let context: StageContext
  let kind: ActivationKind

  func addForward(to plan: inout Plan) {
    plan.eachGroup { [self] group in
      let (from, to) = (input.value, output.value)
      for sample in group.samples {
        if input !== output { to.copy(sample, group, from: from) }
        kernels.apply(
          kind, to.at(sample, group), stride: to.lineStride, lines: to.shape.height, length: to.lineLength)
      }
    }
  }

  func addBackward(to plan: inout Plan) {
    guard let from = output.gradient, let to = input.gradient else { return }
    plan.eachGroup { [self] group in
      for sample in group.samples {
        if input !== output { to.copy(sample, group, from: from) }
        kernels.applySlope(
          kind, output.value.at(sample, group), stride: output.value.lineStride,
          gradients: to.at(sample, group), gradientStride: to.lineStride, lines: to.shape.height,
          length: to.lineLength)
      }
      if input !== output { input.applyMask(group) }
    }
  }
}
