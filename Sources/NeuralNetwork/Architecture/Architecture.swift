/// What a network is made of, as a short text that a person can write, and everything that follows from it.
///
/// The items of the text have dashes between them, from the input to the output:
///
///     784-100s-10
///     32C5-32C5-P2-D0.25-64C3-64C3-P2-D0.25-256-D0.5-10
///     32C3n-32C3n-P2-64C3n-64C3n-P2-128C3n-128C3n-G-10
///
///     architecture = [ input "-" ] item { "-" item }
///     input        = COUNT | HEIGHT "x" WIDTH [ "x" CHANNELS ]     without it: 28x28x1
///     item         = dense | convolution | pool | "G" | "B" | dropout | activation
///     dense        = UNITS [ "n" ] [ activation | "i" ]
///     convolution  = FILTERS "C" WINDOW [ "S" STRIDE ] [ "V" ] [ "n" ] [ activation | "i" ]
///     pool         = ( "P" | "A" ) WINDOW [ "S" STRIDE ]           stride: the window's width where not given
///     window       = SIDE | HEIGHT "x" WIDTH
///     dropout      = "D" PROBABILITY                               from 0 to below 1
///     activation   = "s" | "t" | "r" | "l"
///
/// `P` gives the largest value of each window, `A` its mean, `G` the mean of each channel over the whole picture;
/// `B` is a batch norm. `S` is the stride (1 where not given), `V` leaves out the windows that reach over the edge
/// ("valid", else "same"). `n` puts a batch norm between the weights and the activation, in place of the bias. The
/// activations are sigmoid, tanh, ReLU and leaky ReLU, and `i` is none (identity); behind a dense layer or
/// convolution it is ReLU where nothing is written. A first item that is a bare number is the input. Before a
/// convolution or pool a square number is a square picture, so `784-32C5-…` is the same as `28x28x1-32C5-…`.
///
/// The last item gives the output: a dense layer, whose logits become probabilities by softmax, or with `s` by a
/// sigmoid each; or `G`, by softmax. A dense layer after a picture reads it channel by channel, as PyTorch flattens.
public struct Architecture: Sendable, Hashable, CustomStringConvertible {
  /// What the logits become.
  public enum Output: String, Sendable, Hashable {
    /// Probabilities of classes of which one is right.
    case softmax
    /// A probability for each output by itself.
    case sigmoid
  }

  /// The text as it was written.
  public let text: String
  /// The shape of the input.
  public let input: Shape
  /// Layer `i` reads `shapes[i]` and gives `shapes[i + 1]`.
  public let shapes: [Shape]
  /// What the logits become.
  public let output: Output
  /// The tensors with the weights, in the order of the layers.
  public let tensors: [NamedTensor]
  /// The number of values that training changes.
  public let parameterCount: Int
  /// The values of the input and of all layers for one sample, with the zeros around them.
  public let valueCount: Int
  /// The number of running means and variances of batch norms.
  public let statisticCount: Int

  let definitions: [any LayerDefinition]

  /// The most trained values of a network: 128 MiB of them.
  ///
  /// Training keeps up to five times as many.
  public static let mostParameters = 1 << 25
  /// The most values that the input and all layers of a network have for one sample, with the zeros around them.
  ///
  /// Inference keeps the values of at most 28 samples, so this bounds its memory to 224 MiB.
  public static let mostValues = 1 << 21

  /// The layers; an item such as `32C3n` is three of them.
  public var layers: [any Layer] { definitions }

  /// The number of probabilities in the output.
  public var outputs: Int { shapes[shapes.count - 1].count }

  /// The multiplications with a learnt weight for one sample.
  public var multiplyAdds: Int {
    definitions.indices.reduce(0) { $0 + multiplyAdds(ofLayer: $1) }
  }

  /// The multiplications of one layer.
  ///
  /// - Parameter layer: The layer's index.
  /// - Returns: The multiplications with a learnt weight for one sample.
  public func multiplyAdds(ofLayer layer: Int) -> Int {
    definitions[layer].multiplyAdds(input: shapes[layer], output: shapes[layer + 1])
  }

  /// The tensors of one layer.
  ///
  /// - Parameter layer: The layer's index.
  /// - Returns: The tensors, in the order of the file.
  public func tensors(ofLayer layer: Int) -> [NamedTensor] { tensors.filter { $0.layer == layer } }

  /// The text.
  public var description: String { text }

  /// Reads an architecture.
  ///
  /// - Parameter text: The items with dashes between them.
  /// - Throws: `ArchitectureError` with the position of the first mistake.
  public init(_ text: String) throws(ArchitectureError) {
    var parser = ArchitectureParser(text)
    try parser.parse()
    self.text = text
    input = parser.shapes[0]
    definitions = parser.layers
    shapes = parser.shapes
    output = parser.output
    valueCount = parser.values + parser.shapes[parser.shapes.count - 1].count

    var tensors: [NamedTensor] = []
    var numbers: [String: Int] = [:]
    // The ends of the trained values and of the statistics.
    var ends = [true: 0, false: 0]
    for (index, layer) in parser.layers.enumerated() {
      let sizes = layer.tensors(input: parser.shapes[index])
      if !sizes.isEmpty { numbers[layer.tensorName, default: 0] += 1 }
      let name = "\(layer.tensorName)\(numbers[layer.tensorName] ?? 0)"
      for size in sizes {
        let start = ends[size.role.isTrained] ?? 0
        let range = start..<start + size.count
        tensors.append(
          NamedTensor(
            name: "\(name).\(size.role.rawValue)", layer: index, role: size.role, shape: size.shape,
            range: range))
        ends[size.role.isTrained] = range.upperBound
      }
    }
    self.tensors = tensors
    parameterCount = ends[true] ?? 0
    statisticCount = ends[false] ?? 0
  }

  /// Whether two architectures have the same text, from which everything else follows.
  public static func == (a: Architecture, b: Architecture) -> Bool { a.text == b.text }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
