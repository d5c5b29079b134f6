/// Networks as an ONNX model, for other runtimes.
///
/// The input `input` is `[batch, channels, height, width]`, or `[batch, values]` where the architecture starts
/// from a vector; the output `probabilities` is `[batch, outputs]`. Layers that only training needs are left out.
/// The numbers of messages and fields are those of onnx.proto; the operators are those of operator set 17.
public struct ONNX: Sendable {
  /// The networks; where there are several, their probabilities are averaged.
  public var networks: [Network]
  /// The logits are divided by this.
  public var temperature: Double
  /// The graph's name.
  public var name: String
  /// Strings that describe the model.
  public var metadata: [String: String]

  /// Makes a model to be written.
  ///
  /// - Parameters:
  ///   - networks: The networks; where there are several, their probabilities are averaged.
  ///   - temperature: The logits are divided by this.
  ///   - name: The graph's name.
  ///   - metadata: Strings that describe the model.
  public init(
    _ networks: [Network], temperature: Double = 1, name: String = "inkling", metadata: [String: String] = [:]
  ) {
    precondition(!networks.isEmpty)
    self.networks = networks
    self.temperature = temperature
    self.name = name
    self.metadata = metadata
  }

  /// The version of the file format, which came with operator set 17.
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
    let outputs = networks.enumerated().map { index, network in
      graph.add(network, prefix: networks.count == 1 ? "" : "\(index).", output: last)
    }
    if last == nil {
      var mean = outputs[0]
      if outputs.count > 1 { mean = graph.node("Mean", outputs, output: temperature == 1 ? output : nil) }
      if temperature != 1 { graph.applyTemperature(Float(temperature), to: mean, output: output) }
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

extension ONNXGraph {
  static let input = "input"

  /// The sizes of the input beyond the batch: a picture's, or a vector's where the first layer with weights is dense.
  static func inputSizes(of architecture: Architecture) -> [Int] {
    let input = architecture.input
    return readsPicture(architecture) ? [input.channels, input.height, input.width] : [input.count]
  }

  private static func readsPicture(_ architecture: Architecture) -> Bool {
    let traits = architecture.definitions.map(\.traits)
    return traits.first { $0.readsPicture || $0.givesVector }?.readsPicture == true
      || !architecture.input.isVector
  }

  /// Adds a network and gives the name of its probabilities.
  mutating func add(_ network: Network, prefix: String, output: String?) -> String {
    let architecture = network.architecture
    var value = Self.input
    var isPicture = Self.readsPicture(architecture)
    for (index, layer) in architecture.definitions.enumerated() {
      let tensors = architecture.tensors(ofLayer: index)
      for tensor in tensors { add(tensor: prefix + tensor.name, tensor.shape, network[tensor]) }
      value = layer.addNodes(
        to: &self, input: value, weights: tensors.map { prefix + $0.name }, isPicture: isPicture)
      if layer.traits.givesVector { isPicture = false }
    }
    switch architecture.output {
    case .softmax: return node("Softmax", [value], [("axis", .integer(1))], output: output)
    case .sigmoid: return node("Sigmoid", [value], output: output)
    }
  }

  /// Divides the logarithms of probabilities by the temperature, and makes them sum to 1 again.
  mutating func applyTemperature(_ temperature: Float, to value: String, output: String) {
    add(tensor: "smallest", [], [1e-38])
    add(tensor: "temperature", [], [temperature])
    let logarithm = node("Log", [node("Max", [value, "smallest"])])
    _ = node("Softmax", [node("Div", [logarithm, "temperature"])], [("axis", .integer(1))], output: output)
  }
}
