// Commands with a model whose file is damaged: each ends with an error that names the model.

import Foundation
import NeuralNetwork
import Recognition
import TestSupport
import Testing

@Suite struct DamagedModelCommandTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("inkling-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("{\"strokes\":[[[200,100],[205,300],[210,500]]]}\n".utf8).write(to: drawing)
  }

  private var drawing: URL { folder.appendingPathComponent("a.jsonl") }

  /// A model with one weight that is finite and so large that results are not.
  private func hugeWeight() throws -> Model {
    var network = Network(try Architecture("28x28-4C3-P4-10"), seed: 3)
    let output = try #require(network.architecture.tensors.last { $0.role == .weight })
    var weights = network[output]
    for place in weights.indices { weights[place] = place % 2 == 0 ? 2.9e38 : -2.9e38 }
    network[output] = weights
    var first = network.architecture.tensors[0]
    first = network.architecture.tensors.first { $0.role == .bias } ?? first
    network[first] = network[first].map { _ in 10 }
    return try Model(name: "huge", networks: [network], classes: .digits)
  }

  private func fails(_ arguments: [String], _ words: String...) throws {
    let result = try Inkling.run(arguments, in: folder)
    #expect(result.status == 65, "\(arguments): \(result)")
    for word in words { #expect(result.errors.contains(word), "\(arguments): \(result.errors)") }
    #expect(!result.text.lowercased().contains("nan"))
  }

  @Test func resultsThatAreNoFiniteNumbersAreAnError() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("huge.safetensors")
    try Data(try hugeWeight().bytes).write(to: file)
    try fails(["read", drawing.path, "--model", file.path], "'huge'", "not finite numbers")
    try fails(["read", drawing.path, "--json", "--model", file.path], "'huge'")
    try fails(["read", drawing.path, "--single", "--model", file.path], "'huge'")
    try fails(["explain", drawing.path, "--out", "a.png", "--model", file.path], "'huge'")
    try fails(["picture", "--out", "b.png", "--strokes", drawing.path, "--model", file.path], "'huge'")
    try fails(["evaluate", file.path, "--ink", labelled().path], "'huge'")
    #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("b.png").path))
  }

  @Test func aChangedByteIsAnError() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("flipped.safetensors")
    var bytes = try hugeWeight().bytes
    bytes[bytes.count - 20] ^= 4
    try Data(bytes).write(to: file)
    for command in [["read", drawing.path], ["picture", "--out", "b.png", "--strokes", drawing.path]] {
      try fails(command + ["--model", file.path], "flipped.safetensors", "damaged", "train the model again")
    }
    try fails(["evaluate", file.path, "--ink", labelled().path], "flipped.safetensors", "damaged")
    try fails(["export", file.path, "--onnx", "a.onnx"], "flipped.safetensors", "damaged")
  }

  @Test func theShippedModelsHaveAChecksum() throws {
    let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Models")
    let files = try FileManager.default.contentsOfDirectory(at: models, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "safetensors" }
    #expect(!files.isEmpty)
    for file in files {
      let bytes = Array(try Data(contentsOf: file))
      #expect(Data(bytes.prefix(20_000)).range(of: Data("\"tensors_crc32\":\"".utf8)) != nil, "\(file.path)")
      #expect(try Model(bytes: bytes).bytes == bytes, "\(file.path)")
    }
  }

  private func labelled() throws -> URL {
    let url = folder.appendingPathComponent("labelled.jsonl")
    try Data("{\"label\":\"1\",\"strokes\":[[[200,100],[205,300],[210,500]]]}\n".utf8).write(to: url)
    return url
  }
}
