// What goes on inside a network that reads one symbol: every layer's values, and which pixels decided.

package import NeuralNetwork
package import Recognition

/// The inside of a reading.
package struct Explanation: Sendable {
  /// What one layer made of the symbol.
  package struct LayerView: Sendable {
    /// What the layer is, in a few words.
    package let title: String
    /// How its values lie.
    package let shape: Shape
    /// Row by row, pixel by pixel, channel by channel.
    package let values: [Float]
    /// What each value stands for, where that has a name.
    package let names: [String]
    /// Whether it makes the maps before it smaller, and nothing more.
    let isPool: Bool
  }

  /// What was read.
  package let symbol: Symbol
  /// The model's name, and the labels of the outputs.
  package let model: String
  /// How many networks answered together; the layers are the first one's.
  package let networkCount: Int
  /// The layers that are worth a look, the first first.
  package let layers: [LayerView]
  /// For each pixel how much its ink spoke for the answer (above 0) or against it: gradient × input.
  package let influence: [Float]
}

/// Explains readings of one model, again and again.
///
/// One explanation costs a pass through the first network and one back, a millisecond or two, so the window's look inside
/// follows the pen.
package final class Explainer: Sendable {
  private let name: String
  private let networkCount: Int
  private let network: Network
  private let labels: [String]
  private let inference: Inference

  /// Makes ready; of several networks that answer together the first is looked into.
  package init?(_ model: Model) {
    guard let network = model.networks.first, network.architecture.input.count == 784 else { return nil }
    name = model.name
    networkCount = model.networks.count
    labels = model.classes.labels
    self.network = network
    inference = Inference(network)
  }

  /// Looks into the reading of a symbol; nil for one whose input is not of the model's size.
  package func explanation(of symbol: Symbol) throws(ModelResultError) -> Explanation? {
    guard symbol.input.count == network.architecture.input.count else { return nil }
    let activations = inference.activations(symbol.input)
    var layers: [Explanation.LayerView] = []
    for (place, activation) in activations.enumerated() {
      let layer = network.architecture.layers[activation.layer]
      // What a convolution or dense layer gives is shown behind the activation that follows it.
      if place + 1 < activations.count,
        case .activation = network.architecture.layers[activations[place + 1].layer]
      {
        continue
      }
      layers.append(
        Explanation.LayerView(
          title: place + 1 == activations.count
            ? "output sums" : Self.title(layer, at: activation.layer, network),
          shape: activation.shape, values: activation.values,
          names: place + 1 == activations.count ? labels + ["–"] : [], isPool: layer.isPool))
    }
    let outputs = network.architecture.outputs
    let isNone = symbol.isNone && outputs > labels.count
    let answer = isNone ? labels.count : labels.firstIndex(of: symbol.candidates.first?.label ?? "") ?? 0
    let gradient = Training.inputGradient(of: network, input: symbol.input, output: answer)
    guard gradient.allSatisfy(\.isFinite), layers.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else {
      throw ModelResultError(model: name)
    }
    return Explanation(
      symbol: symbol, model: name, networkCount: networkCount, layers: layers,
      influence: zip(gradient, symbol.input).map { $0 * $1 })
  }

  /// The layer, or for an activation the one with weights before it.
  private static func title(_ layer: Layer, at place: Int, _ network: Network) -> String {
    switch layer {
    case .convolution(let c): return "\(c.filters) filters \(c.kernel)×\(c.kernel)"
    case .dense(let dense): return "\(dense.units) units"
    case .maxPool(let pool): return "largest of \(pool.size)×\(pool.size)"
    case .averagePool(let pool): return "mean of \(pool.size)×\(pool.size)"
    case .globalAveragePool: return "mean of each map"
    case .batchNorm: return "batch norm"
    case .dropout: return "dropout"
    case .activation(let function):
      let before = network.architecture.layers[..<place].lastIndex { $0 != .batchNorm }
      let name = before.map { title(network.architecture.layers[$0], at: $0, network) } ?? "values"
      let words: [Layer.Activation: String] = [
        .relu: "ReLU", .leakyRelu: "leaky ReLU", .sigmoid: "sigmoid", .tanh: "tanh",
      ]
      return name + ", " + (words[function] ?? "")
    }
  }
}

extension Symbol {
  /// Whether it was read as no digit at all.
  var isNone: Bool { refused && background >= 0.5 }
}

extension Layer {
  /// Whether it pools.
  fileprivate var isPool: Bool {
    switch self {
    case .maxPool, .averagePool: true
    default: false
    }
  }
}
