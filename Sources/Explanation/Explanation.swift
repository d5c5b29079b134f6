// The reading of one symbol by a network: every layer's values, and each pixel's influence on the answer.

package import NeuralNetwork
import Preprocessing
package import Recognition

/// The values inside a network that reads a symbol.
package struct Explanation: Sendable {
  /// The output of one layer.
  package struct LayerOutput: Sendable {
    /// A short description of the layer.
    package let title: String
    /// The shape of its values.
    package let shape: Shape
    /// The values, row by row, pixel by pixel, channel by channel.
    package let values: [Float]
    /// The labels of the values; empty except for the output layer.
    package let names: [String]
    /// Whether the layer only pools the maps before it.
    let isPool: Bool
  }

  /// The symbol.
  package let symbol: Symbol
  /// The model's name.
  package let model: String
  /// The number of networks whose answers are averaged; the layers are those of the first.
  package let networkCount: Int
  /// The layers that are shown, in the network's order.
  package let layers: [LayerOutput]
  /// For each pixel gradient × input: above 0 where its ink increases the answer's logit.
  package let influence: [Float]
}

/// Explains readings of one model.
///
/// One explanation takes a forward and a backward pass through the first network, a millisecond or two, so the window can
/// update it while the user draws.
package final class Explainer: Sendable {
  private let name: String
  private let networkCount: Int
  private let network: Network
  private let labels: [String]
  private let inference: Inference

  /// Prepares explanations; nil for a model that does not read pictures of the standard size.
  package init?(_ model: Model) {
    guard let network = model.networks.first,
      network.architecture.input.count == InputNormalizer.side * InputNormalizer.side
    else { return nil }
    name = model.name
    networkCount = model.networks.count
    labels = model.classes.labels
    self.network = network
    inference = Inference(network)
  }

  /// Explains the reading of a symbol; nil if its input has not the model's size.
  ///
  /// - Throws: `ModelResultError` if a value is not a finite number.
  package func explanation(of symbol: Symbol) throws(ModelResultError) -> Explanation? {
    guard symbol.input.count == network.architecture.input.count else { return nil }
    let activations = inference.activations(symbol.input)
    let architecture = network.architecture
    var layers: [Explanation.LayerOutput] = []
    for (index, activation) in activations.enumerated() {
      let layer = architecture.layers[activation.layer]
      let isOutput = index + 1 == activations.count
      // The output of a convolution or dense layer is shown after the activation that follows it.
      if !isOutput, architecture.layers[activations[index + 1].layer] is Activation { continue }
      layers.append(
        Explanation.LayerOutput(
          title: isOutput ? "output sums" : title(of: layer, at: activation.layer),
          shape: activation.shape, values: activation.values,
          names: isOutput ? labels + ["–"] : [], isPool: layer is Pool))
    }
    let isNone = symbol.isNone && architecture.outputs > labels.count
    let answer = isNone ? labels.count : labels.firstIndex(of: symbol.candidates.first?.label ?? "") ?? 0
    let gradient = Training.inputGradient(of: network, input: symbol.input, output: answer)
    guard gradient.allSatisfy(\.isFinite), layers.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else {
      throw ModelResultError(model: name)
    }
    return Explanation(
      symbol: symbol, model: name, networkCount: networkCount, layers: layers,
      influence: zip(gradient, symbol.input).map { $0 * $1 })
  }

  /// A layer's title; that of an activation begins with the layer before it.
  private func title(of layer: any Layer, at index: Int) -> String {
    guard layer is Activation else { return layer.title }
    let layers = network.architecture.layers
    let before = layers[..<index].lastIndex { !($0 is BatchNorm) }
    return (before.map { title(of: layers[$0], at: $0) } ?? "values") + ", " + layer.title
  }
}

extension Symbol {
  /// Whether the model read it as none of its labels.
  var isNone: Bool { refused && background >= 0.5 }
}
