// Model files.

import NeuralNetwork
import Recognition
import Testing

@Suite struct ModelFileTests {
  private func model(_ texts: [String]) throws -> Model {
    try Model(
      name: "try", networks: texts.enumerated().map { Network(try Architecture($1), seed: UInt64($0)) },
      classes: .digits, temperature: 1.5,
      refusal: Refusal(threshold: 0.4, falseAccept: 0.1, falseReject: 0.01),
      facts: ["about": "a \"quoted\" line\nand another"])
  }

  @Test(arguments: [["784-12s-10"], ["28x28-4C3n-P2-10", "784-9-10"]])
  func aModelIsReadBackToTheBit(texts: [String]) throws {
    let model = try model(texts)
    #expect(try Model(bytes: model.bytes) == model)
    #expect(try Model(bytes: model.bytes).bytes == model.bytes)
  }

  @Test func cutAndForeignBytesAreRefused() throws {
    let bytes = try model(["784-3-10"]).bytes
    for length in stride(from: 0, to: bytes.count, by: 997) {
      #expect(throws: ModelFileError.self) { try Model(bytes: Array(bytes.prefix(length))) }
    }
    #expect(throws: ModelFileError.self) { try Model(bytes: Array("no model at all".utf8)) }
  }

  @Test func tensorsOfAnotherNetworkAreRefused() throws {
    var metadata = try model(["784-3-10"]).metadata
    metadata["architecture"] = "784-4-10"
    let file = Safetensors(metadata: metadata, tensors: Network(try Architecture("784-3-10")).tensors())
    #expect(throws: ModelFileError.self) { try Model(bytes: file.bytes) }
  }
}
