/// The nodes and tensors of an ONNX graph, in the order in which they are added.
struct ONNXGraph {
  private(set) var nodes: [[UInt8]] = []
  private(set) var tensors: [[UInt8]] = []

  /// The value of a node's attribute.
  enum Attribute {
    case float(Float)
    case integer(Int)
    case integers([Int])
  }

  /// Adds a node with one output, and gives that output's name.
  mutating func node(
    _ operation: String, _ inputs: [String], _ attributes: [(String, Attribute)] = [],
    output: String? = nil
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

  mutating func add(tensor name: String, _ shape: [Int], _ values: [Float]) {
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
