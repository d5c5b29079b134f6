/// Networks as an ONNX model, for every other runtime.
///
/// The input `input` is `[batch, channels, height, width]`, or `[batch, values]` where the architecture starts
/// from a row of numbers; the output `probabilities` is `[batch, outputs]`. What only training needs is left out.
/// The numbers of messages and fields are those of onnx.proto; the operators are those of operator set 17.
public struct ONNX: Sendable {
  /// The networks; where there are several, their probabilities are averaged.
  public var networks: [Network]
  /// What softmax's sums are divided by.
  public var temperature: Double
  /// What the graph is called.
  public var name: String
  /// Strings that say what the model is.
  public var metadata: [String: String]

  /// Networks to be written.
  public init(
    _ networks: [Network], temperature: Double = 1, name: String = "inkling", metadata: [String: String] = [:]
  ) {
    precondition(!networks.isEmpty)
    self.networks = networks
    self.temperature = temperature
    self.name = name
    self.metadata = metadata
  }

  /// ONNX's own version that the file keeps to, the one that came with operator set 17.
  private static let version = 8
  private static let operatorSet = 17
  private static let float = 1

  /// The file's bytes.
  public var bytes: [UInt8] {
    var model = Protobuf()
    model.add(1, Self.version)
    model.add(2, "inkling")
    model.add(7, graph)
    model.add(8) { set in
      set.add(1, "")
      set.add(2, Self.operatorSet)
    }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      model.add(14) { entry in
        entry.add(1, key)
        entry.add(2, value)
      }
    }
    return model.bytes
  }

  private var graph: [UInt8] {
    var graph = ONNXGraph()
    let output = "probabilities"
    let last = networks.count == 1 && temperature == 1 ? output : nil
    let answers = networks.enumerated().map { index, network in
      graph.add(network, prefix: networks.count == 1 ? "" : "\(index).", giving: last)
    }
    if last == nil {
      var mean = answers[0]
      if answers.count > 1 { mean = graph.node("Mean", answers, giving: temperature == 1 ? output : nil) }
      if temperature != 1 { graph.cool(mean, by: Float(temperature), giving: output) }
    }
    var message = Protobuf()
    for node in graph.nodes { message.add(1, node) }
    message.add(2, name)
    for tensor in graph.tensors { message.add(5, tensor) }
    let input = networks[0].architecture
    message.add(11, Self.value(ONNXGraph.input, ONNXGraph.inputSizes(of: input)))
    message.add(12, Self.value(output, [input.outputs]))
    return message.bytes
  }

  /// The name and type of an input or output; the batch may have any size.
  private static func value(_ name: String, _ sizes: [Int]) -> [UInt8] {
    var value = Protobuf()
    value.add(1, name)
    value.add(2) { type in
      type.add(1) { tensor in
        tensor.add(1, float)
        tensor.add(2) { shape in
          shape.add(1) { $0.add(2, "batch") }
          for size in sizes { shape.add(1) { $0.add(1, size) } }
        }
      }
    }
    return value.bytes
  }
}

/// The nodes and tensors of a graph as they are added.
struct ONNXGraph {
  private(set) var nodes: [[UInt8]] = []
  private(set) var tensors: [[UInt8]] = []

  static let input = "input"

  /// What an attribute of a node may be.
  enum Attribute {
    case float(Float)
    case integer(Int)
    case integers([Int])
  }

  /// The sizes of the input beyond the batch: a picture's, or a vector's where a dense layer comes first.
  static func inputSizes(of architecture: Architecture) -> [Int] {
    let input = architecture.input
    return readsVector(architecture) ? [input.count] : [input.channels, input.height, input.width]
  }

  private static func readsVector(_ architecture: Architecture) -> Bool {
    for layer in architecture.layers {
      switch layer {
      case .dense: return architecture.input.isVector
      case .convolution, .maxPool, .averagePool, .globalAveragePool: return false
      case .batchNorm, .dropout, .activation: continue
      }
    }
    return architecture.input.isVector
  }

  /// Adds a network; gives the name of its probabilities.
  mutating func add(_ network: Network, prefix: String, giving output: String?) -> String {
    let architecture = network.architecture
    var value = Self.input
    var isPicture = !Self.readsVector(architecture)
    for (index, layer) in architecture.layers.enumerated() {
      let places = architecture.tensors(ofLayer: index)
      let weights = places.map { prefix + $0.name }
      for place in places { add(tensor: prefix + place.name, place.shape, network[place]) }
      switch layer {
      case .convolution(let c):
        let before = c.paddingBefore
        let after = c.paddingAfter
        value = node(
          "Conv", [value] + weights,
          [
            ("kernel_shape", .integers([c.kernel, c.kernel])), ("strides", .integers([c.stride, c.stride])),
            ("pads", .integers([before, before, after, after])),
          ])
      case .dense:
        if isPicture { value = node("Flatten", [value]) }
        isPicture = false
        value = node("Gemm", [value] + weights, [("transB", .integer(1))])
      case .maxPool(let pool), .averagePool(let pool):
        let operation = if case .maxPool = layer { "MaxPool" } else { "AveragePool" }
        value = node(
          operation, [value],
          [
            ("kernel_shape", .integers([pool.size, pool.size])),
            ("strides", .integers([pool.stride, pool.stride])),
          ])
      case .globalAveragePool:
        value = node("Flatten", [node("GlobalAveragePool", [value])])
        isPicture = false
      case .batchNorm:
        value = node("BatchNormalization", [value] + weights, [("epsilon", .float(Layer.batchNormEpsilon))])
      case .dropout: continue
      case .activation(.sigmoid): value = node("Sigmoid", [value])
      case .activation(.tanh): value = node("Tanh", [value])
      case .activation(.relu): value = node("Relu", [value])
      case .activation(.leakyRelu):
        value = node("LeakyRelu", [value], [("alpha", .float(Layer.leakySlope))])
      }
    }
    switch architecture.output {
    case .softmax: return node("Softmax", [value], [("axis", .integer(1))], giving: output)
    case .sigmoid: return node("Sigmoid", [value], giving: output)
    }
  }

  /// Divides the logarithms of probabilities, and makes them sum to 1 again.
  mutating func cool(_ value: String, by temperature: Float, giving output: String) {
    add(tensor: "smallest", [], [1e-38])
    add(tensor: "temperature", [], [temperature])
    let logarithm = node("Log", [node("Max", [value, "smallest"])])
    _ = node("Softmax", [node("Div", [logarithm, "temperature"])], [("axis", .integer(1))], giving: output)
  }

  /// Adds a node with one output, and gives that output's name.
  mutating func node(
    _ operation: String, _ inputs: [String], _ attributes: [(String, Attribute)] = [],
    giving output: String? = nil
  ) -> String {
    let output = output ?? "\(operation.lowercased())\(nodes.count)"
    var message = Protobuf()
    for input in inputs { message.add(1, input) }
    message.add(2, output)
    message.add(4, operation)
    for (name, attribute) in attributes {
      message.add(5) { field in
        field.add(1, name)
        switch attribute {
        case .float(let value):
          field.add(2, value)
          field.add(20, 1)
        case .integer(let value):
          field.add(3, value)
          field.add(20, 2)
        case .integers(let values):
          for value in values { field.add(8, value) }
          field.add(20, 7)
        }
      }
    }
    nodes.append(message.bytes)
    return output
  }

  private mutating func add(tensor name: String, _ shape: [Int], _ values: [Float]) {
    var raw = ByteWriter()
    raw.append(floats: values)
    var message = Protobuf()
    for size in shape { message.add(1, size) }
    message.add(2, 1)
    message.add(8, name)
    message.add(9, raw.bytes)
    tensors.append(message.bytes)
  }
}
