// `inkling export`: a model as files for other programs.

import CommandSupport
import Formats
import NeuralNetwork
import Recognition

extension Command {
  static let export = Command(
    "export", position: 100, summary: "Write a model for other programs: ONNX, text matrices, safetensors",
    operands: "MODEL", operandCount: 1...1,
    options: [
      .value("onnx", "FILE", "write ONNX: 'input' [batch, 1, 28, 28] or [batch, 784], 'probabilities'"),
      .value("theta", "FOLDER", "write Theta1.txt and Theta2.txt of a network with one hidden layer"),
      .value("safetensors", "FILE", "write Inkling's own format"),
      .flag("force", "replace files that exist"),
    ],
    discussion: """
      MODEL is a .safetensors file, the name of a shipped model, or a folder with Theta1.txt and Theta2.txt.
      The ONNX model gives the same probabilities as Inkling: the mean of an ensemble, with the model's
      temperature. Its input is 0 for paper and 1 for ink. Give at least one of --onnx, --theta, --safetensors.
      """
  ) { arguments throws(Failure) in
    let onnx = arguments.text("onnx")
    let theta = arguments.text("theta")
    let safetensors = arguments.text("safetensors")
    guard onnx != nil || theta != nil || safetensors != nil else {
      throw .usage("'export' needs --onnx FILE, --theta FOLDER or --safetensors FILE")
    }
    let model = try Model(named: arguments.operands[0])
    let isForced = arguments.has("force")
    if let onnx {
      let file = ONNX(
        model.networks, temperature: model.temperature, name: model.name, metadata: model.metadata)
      try writeFile(file.bytes, to: onnx, replacing: isForced)
    }
    if let theta {
      guard model.networks.count == 1, let texts = ThetaText.matrices(of: model.networks[0]) else {
        throw .couldNot(
          "'\(model.name)' has no Theta1 and Theta2: only a network with one hidden layer, such as 784-100s-10, has them"
        )
      }
      try makeFolder(theta)
      try writeFile(texts.theta1, to: Path.join(theta, "Theta1.txt"), replacing: isForced)
      try writeFile(texts.theta2, to: Path.join(theta, "Theta2.txt"), replacing: isForced)
    }
    if let safetensors { try writeFile(model.bytes, to: safetensors, replacing: isForced) }
  }
}
