import Basics

/// An architecture as a table: for each layer its output shape, its weights and its multiplications.
public struct ArchitectureTable: Sendable {
  /// A line of the table.
  public struct Row: Sendable, Hashable {
    /// The layer in words.
    public let layer: String
    /// The shape of its output.
    public let shape: Shape
    /// The number of values that training changes.
    public let parameters: Int
    /// The multiplications with a learnt weight for one sample.
    public let multiplyAdds: Int
  }

  /// The input, the layers, and the function that turns logits into probabilities.
  public let rows: [Row]

  /// Makes the table of an architecture.
  ///
  /// - Parameter architecture: The architecture.
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

  /// The table as text: numbers right-aligned, totals in the last line.
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
    number == 0 ? "–" : NumberText.count(number)
  }
}
