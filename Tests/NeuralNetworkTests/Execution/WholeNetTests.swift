import Foundation
import NeuralNetwork
import Testing

/// Whole networks with each set of kernels, in separate processes, because a process uses only one.
@Suite struct WholeNetTests {
  /// The file for a child process's results.
  static let file = ProcessInfo.processInfo.environment["INKLING_LEVEL_NUMBERS"]

  /// Logits and gradients, tensor by tensor, of the two largest networks that PyTorch's were recorded of.
  static func results() throws -> [[Float]] {
    try PyTorchTests.cases.suffix(2).flatMap { recorded in
      let network = try PyTorchTests.network(recorded.architecture)
      let (inputs, labels) = PyTorchTests.batch(
        network.architecture, recorded.first..<recorded.first + recorded.count)
      let training = Training(network, optimizer: SGD(learningRate: 0), batchSize: recorded.count)
      let gradient = training.gradient(inputs: inputs, labels: labels).gradient
      let tensors = network.architecture.tensors.filter(\.role.isTrained).map { Array(gradient[$0.range]) }
      return [Inference(network).logits(inputs)] + tensors
    }
  }

  @Test(.enabled(if: file != nil, "it runs in a separate process")) func aProcessWritesItsResults() throws {
    let words = try Self.results().map { $0.map(\.bitPattern) }
    try JSONEncoder().encode(words).write(to: URL(fileURLWithPath: try #require(Self.file)))
  }

  static func results(of kernels: String) throws -> [[Float]] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("inkling-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    child.arguments = [
      "--testing-library", "swift-testing", "--filter",
      "NeuralNetworkTests.WholeNetTests/aProcessWritesItsResults",
    ]
    child.environment = ProcessInfo.processInfo.environment.merging([
      "INKLING_KERNELS": kernels, "INKLING_LEVEL_NUMBERS": file.path,
    ]) { $1 }
    child.standardOutput = FileHandle.nullDevice
    child.standardError = FileHandle.nullDevice
    try child.run()
    child.waitUntilExit()
    return try JSONDecoder().decode([[UInt32]].self, from: Data(contentsOf: file))
      .map { $0.map(Float.init(bitPattern:)) }
  }

  @Test(.enabled(if: file == nil, "this process writes the results of one set"))
  func everySetOfKernelsGivesTheSame() throws {
    let expected = try Self.results()
    #expect(expected.count > 20)
    for kernels in ["v4", "v3", "baseline"] {
      let found = try Self.results(of: kernels)
      #expect(found.count == expected.count)
      for (a, b) in zip(found, expected) {
        #expect(distance(a.map(Double.init), b.map(Double.init)) < 5e-5, "\(kernels)")
      }
    }
  }
}
