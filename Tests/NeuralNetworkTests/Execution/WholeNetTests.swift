import Foundation
import NeuralNetwork
import Testing

/// Whole nets on each level of kernels, in processes of their own, since a process has but one.
@Suite struct WholeNetTests {
  /// Where a child is to put its numbers.
  static let place = ProcessInfo.processInfo.environment["INKLING_LEVEL_NUMBERS"]

  /// Answers and gradients, tensor by tensor, of the two whole nets that PyTorch's were recorded of.
  static func numbers() throws -> [[Float]] {
    try PyTorchTests.cases.suffix(2).flatMap { recorded in
      let network = try PyTorchTests.network(recorded.architecture)
      let (inputs, labels) = PyTorchTests.batch(
        network.architecture, recorded.first..<recorded.first + recorded.count)
      let training = Training(network, optimizer: SGD(learningRate: 0), batchSize: recorded.count)
      let gradient = training.gradient(inputs: inputs, labels: labels).gradient
      let tensors = network.architecture.tensors.filter(\.role.isTrained).map { Array(gradient[$0.range]) }
      return [Inference(network).sums(inputs)] + tensors
    }
  }

  @Test(.enabled(if: place != nil, "it runs in a process of its own")) func aLevelTellsItsNumbers() throws {
    let words = try Self.numbers().map { $0.map(\.bitPattern) }
    try JSONEncoder().encode(words).write(to: URL(fileURLWithPath: try #require(Self.place)))
  }

  static func numbers(ofLevel level: String) throws -> [[Float]] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("inkling-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    child.arguments = [
      "--testing-library", "swift-testing", "--filter", "NeuralNetworkTests.WholeNetTests/aLevelTellsItsNumbers",
    ]
    child.environment = ProcessInfo.processInfo.environment.merging([
      "INKLING_KERNELS": level, "INKLING_LEVEL_NUMBERS": file.path,
    ]) { $1 }
    child.standardOutput = FileHandle.nullDevice
    child.standardError = FileHandle.nullDevice
    try child.run()
    child.waitUntilExit()
    return try JSONDecoder().decode([[UInt32]].self, from: Data(contentsOf: file))
      .map { $0.map(Float.init(bitPattern:)) }
  }

  @Test(.enabled(if: place == nil, "another process asks for one level")) func everyLevelGivesTheSame() throws
  {
    let expected = try Self.numbers()
    #expect(expected.count > 20)
    for level in ["v4", "v3", "baseline"] {
      let found = try Self.numbers(ofLevel: level)
      #expect(found.count == expected.count)
      for (a, b) in zip(found, expected) {
        #expect(distance(a.map(Double.init), b.map(Double.init)) < 5e-5, "\(level)")
      }
    }
  }
}
