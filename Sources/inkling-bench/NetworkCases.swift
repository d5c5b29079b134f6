// The cases of networks: training steps, gradients and inference, with the same networks as other programs.

import Basics
import NeuralNetwork

enum NetworkCases {
  static let architectures = [
    "two-stage": "32C5-32C5-P2-64C3-64C3-P2-256-10",
    "batch-norm": "32C3n-32C3n-P2-64C3n-64C3n-P2-128C3n-128C3n-G-10",
    "mlp": "784-100s-10",
  ]

  /// One run of a case, or nil where there is no such case.
  static func run(named name: String, threads: Int) -> (() -> Void)? {
    let words = name.split(separator: " ").map(String.init)
    guard words.count == 2, let text = architectures[words[0]], let architecture = try? Architecture(text)
    else { return nil }
    let network = Network(architecture, seed: 1)
    switch words[1] {
    case "train": return step(network, Adam(), threads)
    case "step": return step(network, SGD(learningRate: 0.1), threads)
    case "gradient":
      let (inputs, labels) = batch(architecture, 60_000)
      let training = Training(network, optimizer: SGD(), threads: threads)
      return { _ = training.gradient(inputs: inputs, labels: labels) }
    case "one": return infer(network, 1, threads)
    case "batch": return infer(network, 256, threads)
    default: return nil
    }
  }

  private static func step(_ network: Network, _ optimizer: any Optimizer, _ threads: Int) -> () -> Void {
    let (inputs, labels) = batch(network.architecture, 128)
    let training = Training(network, optimizer: optimizer, batchSize: 128, threads: threads)
    return { training.step(inputs: inputs, labels: labels) }
  }

  private static func infer(_ network: Network, _ count: Int, _ threads: Int) -> () -> Void {
    let inference = Inference(network, threads: threads)
    let (inputs, _) = batch(network.architecture, count)
    var probabilities = [Float](repeating: 0, count: count * network.architecture.outputs)
    return {
      inputs.withUnsafeBufferPointer { inputs in
        probabilities.withUnsafeMutableBufferPointer { probabilities in
          guard let x = inputs.baseAddress, let y = probabilities.baseAddress else { return }
          inference.probabilities(x, count: count, into: y)
        }
      }
    }
  }

  private static func batch(_ architecture: Architecture, _ count: Int) -> (inputs: [Float], labels: [Int]) {
    var random = Xoshiro256(seed: 1)
    let inputs = (0..<count * architecture.input.count).map { _ in Float(random.uniform()) }
    return (inputs, (0..<count).map { _ in random.index(below: architecture.outputs) })
  }
}
