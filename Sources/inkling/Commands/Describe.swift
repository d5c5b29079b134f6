// `inkling describe`: the layers of a network, and how the modes of a model read.

import Basics
import CommandSupport
import NeuralNetwork
import Preprocessing
import Recognition

extension Command {
  static let describe = Command(
    "describe", position: 90,
    summary:
      "Print a network's layers: output shapes, parameters, multiply-adds; and how a model's modes read",
    operands: "MODEL|ARCHITECTURE", operandCount: 1...1,
    options: [.flag("json", "print the table as JSON")],
    discussion: """
      MODEL is a .safetensors file or the name of a shipped model. ARCHITECTURE is a text, for example

        784-100s-10
        32C5-32C5-P2-D0.25-64C3-64C3-P2-D0.25-256-D0.5-10
        32C3n-32C3n-P2-64C3n-64C3n-P2-128C3n-128C3n-G-10

      Dashes separate the layers:
        100      dense layer of 100 units          32C5    convolution, 32 filters of 5x5
        P2 A2    maximum or mean of 2x2 pixels     G       mean of each channel
        D0.5     dropout                           B       batch norm
        32C1x5   convolution along a row           P1x2    maximum of two neighbours in a row
      A first bare number, or 28x28x1, is the input (default: 28x28x1). Letters after a convolution: S2
      stride 2, V no padding. Letters after a convolution or a dense layer: n batch norm before the
      activation; then s sigmoid, t tanh, r ReLU, l leaky ReLU, i none (default: r). Softmax follows the
      last dense layer, or a sigmoid for each output where it has the letter s.
      """
  ) { arguments throws(Failure) in
    let word = arguments.operands[0]
    let architectures: [Architecture]
    var model: Model?
    // An architecture starts with a digit or a capital letter, a model's name with a small letter.
    if word.contains("/") || word.hasSuffix(".safetensors") || word.first?.isLowercase == true {
      let read = try Model(named: word)
      architectures = read.parts.flatMap(\.networks).map(\.architecture)
      model = read
    } else {
      do throws(ArchitectureError) {
        architectures = [try Architecture(word)]
      } catch {
        throw .usage(error.description)
      }
    }
    if arguments.has("json") {
      var members = model.map(Self.members(of:)) ?? []
      if architectures.count == 1 {
        members += Self.members(of: architectures[0])
      } else {
        members.append(("networks", .array(architectures.map { .object(Self.members(of: $0)) })))
        members += [
          ("parameters", .integer(architectures.reduce(0) { $0 + $1.parameterCount })),
          ("multiply_adds", .integer(architectures.reduce(0) { $0 + $1.multiplyAdds })),
        ]
      }
      printLine(JSON.object(members).text)
      return
    }
    printLine(
      ((model.map { [Self.text(of: $0)] } ?? []) + Self.tables(of: architectures)).joined(separator: "\n\n"))
  }

  /// The tables of networks: one for all neighbours of the same architecture, with their numbers, and a total.
  private static func tables(of architectures: [Architecture]) -> [String] {
    guard architectures.count > 1 else {
      return architectures.map { "\($0.text)\n\n\(ArchitectureTable($0).text)" }
    }
    var tables: [String] = []
    var first = 0
    while first < architectures.count {
      let architecture = architectures[first]
      let count = architectures[first...].prefix { $0 == architecture }.count
      let numbers = count == 1 ? "network \(first + 1)" : "networks \(first + 1) to \(first + count)"
      tables.append("\(numbers): \(architecture.text)\n\n\(ArchitectureTable(architecture).text)")
      first += count
    }
    let parameters = NumberText.count(architectures.reduce(0) { $0 + $1.parameterCount })
    let multiplyAdds = NumberText.count(architectures.reduce(0) { $0 + $1.multiplyAdds })
    return tables + [
      "all \(architectures.count) networks: \(parameters) parameters, \(multiplyAdds) multiply-adds"
    ]
  }

  /// A model's name, and what its modes answer and refuse.
  private static func text(of model: Model) -> String {
    var lines = ["model \(model.name)"]
    for mode in model.modes {
      guard let fusion = model.fusion(in: mode), let classes = model.classes(in: mode) else { continue }
      lines.append("mode \(mode.rawValue): \(classes.labels.joined(separator: " "))")
      let isOne = fusion.strokes == fusion.pictures
      for (name, fusion) in [("strokes", fusion.strokes), ("pictures", fusion.pictures)].prefix(isOne ? 1 : 2)
      {
        lines += text(of: fusion, isOne ? "" : " " + name, model).map { "  " + $0 }
      }
    }
    if model.modes.count > 1 {
      let groups = Lookalikes.groups.map { $0.joined(separator: " ") }.joined(separator: ", ")
      lines.append("what a mode excludes counts for its look-alike, or is no symbol: \(groups)")
    }
    return lines.joined(separator: "\n")
  }

  /// What the parts count, and which symbols are refused.
  private static func text(of fusion: Fusion, _ ink: String, _ model: Model) -> [String] {
    var lines: [String] = []
    if model.parts.count > 1 {
      let weights = zip(model.parts, fusion.weights).filter { $0.1 > 0 }.map { part, weight in
        let kind = part.input == .picture ? "pictures" : "pen's path"
        return "\(NumberText.fixed(weight, 2)) \(part.classes.labels.count) classes from the \(kind)"
      }
      lines.append("reads\(ink) by " + weights.joined(separator: ", "))
    }
    let rule = fusion.refusal
    if rule.threshold > 0 {
      let shares = [
        rule.falseReject.map { "\(NumberText.percent($0)) % of its symbols refused" },
        rule.falseAccept.map { "\(NumberText.percent($0)) % of others accepted" },
      ].compactMap(\.self)
      lines.append(
        "refuses\(ink) below a confidence of \(NumberText.percent(rule.threshold)) %"
          + (shares.isEmpty ? "" : ": on validation data \(shares.joined(separator: ", "))"))
      let costs = DecodingCosts.standard
      let beside = NumberText.percent(min(rule.threshold, costs.maxThresholdBesideConfident))
      let without = NumberText.percent(max(rule.threshold, costs.minThresholdWithoutConfident))
      lines.append(
        "among several symbols\(ink): below \(beside) % beside a sure one, below \(without) % where none is sure"
      )
    }
    return lines
  }

  private static func members(of model: Model) -> [(String, JSON)] {
    let modes = model.modes.compactMap { mode -> (String, JSON)? in
      guard let fusion = model.fusion(in: mode), let classes = model.classes(in: mode) else { return nil }
      return (
        mode.rawValue,
        .object([
          ("labels", .array(classes.labels.map { .string($0) })),
          ("strokes", .object(members(of: fusion.strokes))),
          ("pictures", .object(members(of: fusion.pictures))),
        ])
      )
    }
    return [
      ("name", .string(model.name)), ("temperature", .number(model.temperature)),
      ("refusal", .object(members(of: model.refusal))), ("modes", .object(modes)),
      (
        "lookalikes",
        .array(Lookalikes.groups.map { group in .array(group.map { .string($0) }) })
      ),
    ]
  }

  private static func members(of fusion: Fusion) -> [(String, JSON)] {
    [
      ("weights", .array(fusion.weights.map { .number($0) })), ("size_weight", .number(fusion.sizeWeight)),
      ("temperature", .number(fusion.temperature)), ("refusal", .object(members(of: fusion.refusal))),
    ]
  }

  private static func members(of refusal: Refusal) -> [(String, JSON)] {
    func number(_ share: Double?) -> JSON { share.map { .number($0) } ?? .null }
    return [
      ("threshold", .number(refusal.threshold)), ("false_accept", number(refusal.falseAccept)),
      ("false_reject", number(refusal.falseReject)),
    ]
  }

  private static func members(of architecture: Architecture) -> [(String, JSON)] {
    let layers = ArchitectureTable(architecture).rows.map { row in
      JSON.object([
        ("layer", .string(row.layer)), ("output_shape", sizes(row.shape)),
        ("parameters", .integer(row.parameters)), ("multiply_adds", .integer(row.multiplyAdds)),
      ])
    }
    return [
      ("architecture", .string(architecture.text)), ("input_shape", sizes(architecture.input)),
      ("outputs", .integer(architecture.outputs)), ("layers", .array(layers)),
      ("parameters", .integer(architecture.parameterCount)),
      ("multiply_adds", .integer(architecture.multiplyAdds)),
    ]
  }

  private static func sizes(_ shape: Shape) -> JSON {
    .array(
      (shape.isVector ? [shape.channels] : [shape.height, shape.width, shape.channels]).map { .integer($0) })
  }
}
