/// The two text matrices of classic programs with one hidden layer, Theta1.txt and Theta2.txt.
///
/// Theta1 has a row for each hidden unit, Theta2 one for each output; the first number of a row is the bias, the
/// others are the weights. Spaces, tabs or commas separate numbers, and each row is a line; what follows `#` or `%`
/// is a comment. Such programs have sigmoids on both layers, so the network is `784-100s-10s` or the like.
public enum ThetaText {
  /// The two texts.
  public struct Matrices: Sendable, Hashable {
    /// The weights of the hidden layer.
    public let theta1: [UInt8]
    /// The weights of the output layer.
    public let theta2: [UInt8]
  }

  /// Reads the two matrices.
  ///
  /// - Parameters:
  ///   - theta1: The text with the weights of the hidden layer.
  ///   - theta2: The text with the weights of the output layer.
  /// - Returns: A network with sigmoids on both layers.
  /// - Throws: `ThetaError` with the position of the first mistake.
  public static func network(theta1: [UInt8], theta2: [UInt8]) throws(ThetaError) -> Network {
    let hidden = try matrix(theta1, named: "Theta1")
    let output = try matrix(theta2, named: "Theta2")
    guard output[0].count == hidden.count + 1 else {
      throw ThetaError(
        matrix: "Theta2", line: 1, offset: 0,
        expected: "\(hidden.count + 1) numbers in a row, one more than Theta1 has rows",
        found: "\(output[0].count)")
    }
    let inputs = hidden[0].count - 1
    let text = "\(inputs)-\(hidden.count)s-\(output.count)s"
    let architecture: Architecture
    do throws(ArchitectureError) {
      architecture = try Architecture(text)
    } catch {
      throw ThetaError(
        matrix: "Theta1", line: 1, offset: 0, expected: "sizes of a network",
        found: "\(text): \(error.message)")
    }
    var parameters: [Float] = []
    for rows in [hidden, output] {
      for row in rows { parameters += row.dropFirst() }
      parameters += rows.map { $0[0] }
    }
    return Network(architecture, parameters: parameters, statistics: [])
  }

  /// Writes the two matrices of a network with one hidden layer.
  ///
  /// - Parameter network: The network.
  /// - Returns: The two texts, or nil for a network of other layers.
  public static func matrices(of network: Network) -> Matrices? {
    let architecture = network.architecture
    let layers = architecture.layers.filter { !($0 is Dropout) }
    guard layers.count == 3, layers[1] is Activation, let hidden = layers[0] as? Dense, hidden.hasBias,
      let output = layers[2] as? Dense, output.hasBias
    else { return nil }
    let tensors = architecture.tensors.map { network[$0] }
    return Matrices(
      theta1: text(tensors[0], bias: tensors[1]), theta2: text(tensors[2], bias: tensors[3]))
  }

  private static func text(_ weights: [Float], bias: [Float]) -> [UInt8] {
    let columns = weights.count / bias.count
    let rows = bias.enumerated().map { row, constant in
      ([constant] + weights[row * columns..<(row + 1) * columns]).map { "\($0)" }.joined(separator: " ")
    }
    return rows.flatMap { Array("\($0)\n".utf8) }
  }

  private static func matrix(_ bytes: [UInt8], named name: String) throws(ThetaError) -> [[Float]] {
    var rows: [[Float]] = []
    var position = 0
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      let start = position
      position += line.count + 1
      let content = line.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "%") }
      let words = content.split { " \t\r,;".utf8.contains($0) }
      if words.isEmpty { continue }
      var row: [Float] = []
      row.reserveCapacity(words.count)
      for word in words {
        guard let value = Float(String(decoding: word, as: UTF8.self)), value.isFinite else {
          throw ThetaError(
            matrix: name, line: index + 1, offset: start + word.startIndex - line.startIndex,
            expected: "a number",
            found: "'\(String(decoding: word.prefix(20), as: UTF8.self))'")
        }
        row.append(value)
      }
      let wanted = rows.first?.count ?? max(2, row.count)
      guard row.count == wanted else {
        throw ThetaError(
          matrix: name, line: index + 1, offset: start,
          expected: rows.isEmpty ? "a bias and at least one weight" : "\(wanted) numbers as in the first row",
          found: "\(row.count)")
      }
      rows.append(row)
    }
    guard !rows.isEmpty else {
      throw ThetaError(matrix: name, line: 1, offset: 0, expected: "rows of numbers", found: "none")
    }
    return rows
  }
}

/// Why a text is not a matrix of a network.
public struct ThetaError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Which of the two texts.
  public let matrix: String
  /// The line, from 1.
  public let line: Int
  /// The position in the text, in bytes from 0.
  public let offset: Int
  /// What the format requires there.
  public let expected: String
  /// What the text has there.
  public let found: String

  /// What was expected, what was found, where, and what to do.
  public var description: String {
    "\(matrix) is not a matrix of weights: in line \(line), at byte \(offset), expected \(expected), found \(found); "
      + "write it again, a row of numbers for each unit"
  }
}
