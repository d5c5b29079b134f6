// `inkling describe`: the layers of a network, and the refusal rule of a model.

import Basics
import CommandSupport
import NeuralNetwork
import Recognition

extension Command {
  static let describe = Command(
    "describe", position: 90,
    summary: "Print a network's layers: output shapes, parameters, multiply-adds; and a model's refusal rule",
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
      architectures = read.networks.map(\.architecture)
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
      }
      print(JSON.object(members).text)
      return
    }
    let tables = architectures.map { "\($0.text)\n\n\(ArchitectureTable($0).text)" }
    print(((model.map { [Self.text(of: $0)] } ?? []) + tables).joined(separator: "\n\n"))
  }

  /// A model's name and its refusal rule.
  private static func text(of model: Model) -> String {
    let rule = model.refusal
    if rule.threshold == 0 { return "model \(model.name)" }
    let shares = [
      rule.falseReject.map { "\(NumberText.percent($0)) % of digits refused" },
      rule.falseAccept.map { "\(NumberText.percent($0)) % of non-digits accepted" },
    ].compactMap(\.self)
    return "model \(model.name)\n"
      + "refuses symbols below a confidence of \(NumberText.percent(rule.threshold)) %"
      + (shares.isEmpty ? "" : ": on validation data \(shares.joined(separator: ", "))")
  }

  private static func members(of model: Model) -> [(String, JSON)] {
    func number(_ share: Double?) -> JSON { share.map { .number($0) } ?? .null }
    return [
      ("name", .string(model.name)), ("temperature", .number(model.temperature)),
      (
        "refusal",
        .object([
          ("threshold", .number(model.refusal.threshold)),
          ("false_accept", number(model.refusal.falseAccept)),
          ("false_reject", number(model.refusal.falseReject)),
        ])
      ),
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
