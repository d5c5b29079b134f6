// `inkling export`: a model for other programs.

import Formats
import NeuralNetwork
import Recognition

extension Command {
  static let export = Command(
    name: "export",
    summary: "Write a model for other programs: ONNX, text matrices, safetensors",
    operands: "MODEL",
    operandCount: 1...1,
    options: [
      .value("onnx", "FILE", "write ONNX: 'input' [batch, 1, 28, 28] or [batch, 784], 'probabilities'"),
      .value("theta", "FOLDER", "write Theta1.txt and Theta2.txt, of a network with one hidden layer"),
      .value("safetensors", "FILE", "write the model itself"),
      .flag("force", "replace files that exist"),
    ],
    discussion: """
      MODEL is a .safetensors file, the name of a shipped model, or a folder that holds Theta1.txt and
      Theta2.txt. The ONNX model gives the probabilities that Inkling gives: an ensemble's mean, with
      the model's temperature. Its input has 0 for paper and 1 for ink. At least one output is needed.
      """
  ) { arguments throws(Failure) in
    let onnx = arguments.text("onnx")
    let theta = arguments.text("theta")
    let safetensors = arguments.text("safetensors")
    guard onnx != nil || theta != nil || safetensors != nil else {
      throw .usage("'export' needs --onnx FILE, --theta FOLDER or --safetensors FILE")
    }
    let model = try Model.read(arguments.operands[0])
    let isForced = arguments.has("force")
    if let onnx {
      let file = ONNX(
        model.networks, temperature: model.temperature, name: model.name, metadata: model.metadata)
      try writeFile(file.bytes, to: onnx, replacing: isForced)
    }
    if let theta {
      guard model.networks.count == 1, let texts = ThetaText.matrices(of: model.networks[0]) else {
        throw .couldNot(
          "'\(model.name)' is no network with one hidden layer, such as 784-100s-10, so it has no Theta1 and Theta2"
        )
      }
      do throws(FileError) { try Path.makeFolder(theta) } catch { throw Failure(error) }
      try writeFile(texts.theta1, to: Path.join(theta, "Theta1.txt"), replacing: isForced)
      try writeFile(texts.theta2, to: Path.join(theta, "Theta2.txt"), replacing: isForced)
    }
    if let safetensors { try writeFile(model.bytes, to: safetensors, replacing: isForced) }
  }
}
