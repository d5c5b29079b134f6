/// An architecture as a table: for each layer what it gives, how many weights it has and how often it multiplies.
public struct ArchitectureTable: Sendable {
  /// A line of the table.
  public struct Row: Sendable, Hashable {
    /// What the layer does.
    public let layer: String
    /// What it gives.
    public let shape: Shape
    /// How many values training changes.
    public let parameters: Int
    /// The multiplications with a learnt weight for one sample.
    public let multiplyAdds: Int
  }

  /// The input, the layers, and what makes probabilities of the last sums.
  public let rows: [Row]

  /// The table of an architecture.
  public init(_ architecture: Architecture) {
    var rows = [Row(layer: "input", shape: architecture.input, parameters: 0, multiplyAdds: 0)]
    for (index, layer) in architecture.layers.enumerated() {
      let parameters = architecture.tensors(ofLayer: index).filter(\.role.isTrained).map(\.count).reduce(0, +)
      rows.append(
        Row(
          layer: layer.description, shape: architecture.shapes[index + 1], parameters: parameters,
          multiplyAdds: architecture.multiplyAdds(ofLayer: index)))
    }
    let shape = rows[rows.count - 1].shape
    rows.append(Row(layer: architecture.output.rawValue, shape: shape, parameters: 0, multiplyAdds: 0))
    self.rows = rows
  }

  /// The table as text, numbers to the right, the sums in the last line.
  public var text: String {
    let parameters = rows.map(\.parameters).reduce(0, +)
    let multiplyAdds = rows.map(\.multiplyAdds).reduce(0, +)
    var lines = [["layer", "output shape", "parameters", "multiply-adds"]]
    lines += rows.map {
      [$0.layer, $0.shape.description, Self.grouped($0.parameters), Self.grouped($0.multiplyAdds)]
    }
    lines.append(["total", "", Self.grouped(parameters), Self.grouped(multiplyAdds)])
    let widths = (0..<4).map { column in lines.map { $0[column].count }.max() ?? 0 }
    let texts = lines.map { line in
      let cells = line.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - line[column].count)
        return column < 2 ? line[column] + space : space + line[column]
      }
      return cells.joined(separator: "  ")
    }
    return texts.joined(separator: "\n")
  }

  /// A number with a comma before every third digit from the right; a dash for none.
  private static func grouped(_ number: Int) -> String {
    if number == 0 { return "–" }
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text = "," + text }
      text = String(digit) + text
    }
    return text
  }
}

extension Layer: CustomStringConvertible {
  /// In words, for example `convolution 3×3, stride 2, valid`.
  public var description: String {
    switch self {
    case .convolution(let c):
      "convolution \(c.kernel)×\(c.kernel)" + (c.stride == 1 ? "" : ", stride \(c.stride)")
        + (c.padding == .valid ? ", valid" : "")
    case .dense: "dense"
    case .maxPool(let pool): "max pool \(pool.words)"
    case .averagePool(let pool): "average pool \(pool.words)"
    case .globalAveragePool: "global average pool"
    case .batchNorm: "batch norm"
    case .dropout(let probability): "dropout \(probability)"
    case .activation(.sigmoid): "sigmoid"
    case .activation(.tanh): "tanh"
    case .activation(.relu): "ReLU"
    case .activation(.leakyRelu): "leaky ReLU"
    }
  }
}

extension Layer.Pool {
  fileprivate var words: String { "\(size)×\(size)" + (stride == size ? "" : ", stride \(stride)") }
}
