// Models and their metadata.

import NeuralNetwork
import Recognition
import Testing

@Suite struct ModelTests {
  private func network(_ text: String) throws -> Network { Network(try Architecture(text), seed: 1) }

  @Test func aModelIsRestoredFromItsMetadata() throws {
    let networks = [try network("784-20s-11"), try network("784-30-11")]
    let model = try Model(
      name: "two", networks: networks, classes: .digitsOrNone, preprocessing: "size 20", temperature: 1.25,
      refusal: Refusal(threshold: 0.3, falseAccept: 0.02, falseReject: 0.01), facts: ["seed": "7"])
    #expect(try Model.architectures(in: model.metadata) == networks.map(\.architecture))
    #expect(try Model(networks: networks, metadata: model.metadata) == model)
  }

  @Test func aHeaderWithTheArchitectureAloneIsEnough() throws {
    let network = try network("784-20s-10")
    let model = try Model(networks: [network], metadata: ["architecture": "784-20s-10"])
    #expect(model.classes == .digits && model.temperature == 1 && model.refusal == .never)
  }

  @Test(arguments: [
    (["temperature": "0"], "temperature"), (["temperature": "warm"], "temperature"),
    (["refusal": "2"], "refusal"),
    (["classes": "0 1 2"], "architecture"), (["classes": "0 0 1 2 3 4 5 6 7 8"], "classes"),
    (["inkling": "99"], "version"), (["networks": "2"], "0.architecture"), (["networks": "0"], "networks"),
    (["architecture": "784-C"], "architecture"),
  ])
  func wrongMetadataIsNamed(changes: [String: String], what: String) throws {
    let network = try network("784-20s-10")
    let metadata = ["architecture": "784-20s-10"].merging(changes) { $1 }
    let error = #expect(throws: ModelError.self) {
      _ = try Model.architectures(in: metadata)
      _ = try Model(networks: [network], metadata: metadata)
    }
    #expect(error?.description.hasPrefix("wrong \(what) in the model") == true)
  }

  @Test func probabilitiesOfSeveralNetworksAreAveraged() throws {
    let networks = [try network("784-20s-10"), try network("784-30-10")]
    let model = try Model(name: "two", networks: networks, classes: .digits)
    let answer = try model.answer(
      probabilities: [[0.5, 0.5], [1, 0]].map { $0 + [Float](repeating: 0, count: 8) })
    #expect(abs(answer.probabilities[0] - 0.75) < 1e-12)
  }
}
