/// What a network is made of, as a short text that a person can write, and everything that follows from it.
///
/// Items stand between dashes, in the order of the way through:
///
///     784-100s-10
///     32C5-32C5-P2-D0.25-64C3-64C3-P2-D0.25-256-D0.5-10
///     32C3n-32C3n-P2-64C3n-64C3n-P2-128C3n-128C3n-G-10
///
///     architecture = [ input "-" ] item { "-" item }
///     input        = COUNT | HEIGHT "x" WIDTH [ "x" CHANNELS ]     without it: 28x28x1
///     item         = dense | convolution | pool | "G" | "B" | dropout | activation
///     dense        = UNITS [ "n" ] [ activation | "i" ]
///     convolution  = FILTERS "C" KERNEL [ "S" STRIDE ] [ "V" ] [ "n" ] [ activation | "i" ]
///     pool         = ( "P" | "A" ) SIZE [ "S" STRIDE ]             stride: SIZE where not given
///     dropout      = "D" PROBABILITY                               from 0 to below 1
///     activation   = "s" | "t" | "r" | "l"
///
/// `P` takes the largest of each window, `A` its mean, `G` the mean of each channel over the whole picture; `B` is a batch norm. `S` is the
/// stride (1 where not given), `V` leaves out the windows that reach over the edge ("valid", else "same"). `n` puts a batch norm between the
/// sums and the activation, in place of the bias. The activations are sigmoid, tanh, ReLU and leaky ReLU, and `i` is
/// none (identity); behind a dense layer or convolution it is ReLU where nothing is written. A first item that is a bare number is the input; a convolution or pool takes a square
/// number as a square picture, so `784-32C5-…` is what `28x28x1-32C5-…` is.
///
/// The last item is the answer: a dense layer, whose outputs become probabilities by softmax, or with `s` by a
/// sigmoid each; or `G`, by softmax. A dense layer after a picture reads it channel by channel, as PyTorch flattens.
public struct Architecture: Sendable, Hashable, CustomStringConvertible {
  /// What the last sums become.
  public enum Output: String, Sendable, Hashable {
    /// Probabilities of classes of which one is right.
    case softmax
    /// A probability for each output by itself.
    case sigmoid
  }

  /// The text as it was written.
  public let text: String
  /// What goes in.
  public let input: Shape
  /// The steps; an item such as `32C3n` is three of them.
  public let layers: [Layer]
  /// What layer `i` reads is `shapes[i]`, what it gives is `shapes[i + 1]`.
  public let shapes: [Shape]
  /// What the last sums become.
  public let output: Output
  /// The tensors with the weights, in the order of the layers.
  public let tensors: [TensorPlace]
  /// How many values training changes.
  public let parameterCount: Int
  /// How many values batch norm keeps besides.
  public let statisticCount: Int

  /// The most values that a network or one of its layers may have: half a gigabyte of them.
  public static let largestCount = 1 << 27

  /// How many probabilities come out.
  public var outputs: Int { shapes[shapes.count - 1].count }

  /// The multiplications with a learnt weight for one sample.
  public var multiplyAdds: Int {
    layers.indices.reduce(0) { $0 + multiplyAdds(ofLayer: $1) }
  }

  /// The multiplications of one layer.
  public func multiplyAdds(ofLayer layer: Int) -> Int {
    layers[layer].multiplyAdds(input: shapes[layer], output: shapes[layer + 1])
  }

  /// The tensors of one layer.
  public func tensors(ofLayer layer: Int) -> [TensorPlace] { tensors.filter { $0.layer == layer } }

  /// The text.
  public var description: String { text }

  /// Reads an architecture.
  public init(_ text: String) throws(ArchitectureError) {
    var parser = ArchitectureParser(text)
    try parser.parse()
    self.text = text
    input = parser.shapes[0]
    layers = parser.layers
    shapes = parser.shapes
    output = parser.output
    let places = TensorPlaces(layers: layers, shapes: shapes)
    tensors = places.tensors
    parameterCount = places.parameterCount
    statisticCount = places.statisticCount
  }
}

/// Gives every tensor its name and its place.
struct TensorPlaces {
  private(set) var tensors: [TensorPlace] = []
  private(set) var parameterCount = 0
  private(set) var statisticCount = 0

  init(layers: [Layer], shapes: [Shape]) {
    var convolutions = 0
    var denses = 0
    var norms = 0
    for (index, layer) in layers.enumerated() {
      let channels = shapes[index].channels
      switch layer {
      case .convolution(let c):
        convolutions += 1
        let name = "conv\(convolutions)"
        add(name, index, .weight, [c.filters, channels, c.kernel, c.kernel])
        if c.hasBias { add(name, index, .bias, [c.filters]) }
      case .dense(let dense):
        denses += 1
        add("dense\(denses)", index, .weight, [dense.units, shapes[index].count])
        if dense.hasBias { add("dense\(denses)", index, .bias, [dense.units]) }
      case .batchNorm:
        norms += 1
        for role in [TensorPlace.Role.weight, .bias, .runningMean, .runningVariance] {
          add("norm\(norms)", index, role, [channels])
        }
      case .maxPool, .averagePool, .globalAveragePool, .dropout, .activation: break
      }
    }
  }

  private mutating func add(_ name: String, _ layer: Int, _ role: TensorPlace.Role, _ shape: [Int]) {
    let start = role.isTrained ? parameterCount : statisticCount
    let range = start..<start + shape.reduce(1, *)
    tensors.append(
      TensorPlace(name: "\(name).\(role.rawValue)", layer: layer, role: role, shape: shape, range: range))
    if role.isTrained { parameterCount = range.upperBound } else { statisticCount = range.upperBound }
  }
}
