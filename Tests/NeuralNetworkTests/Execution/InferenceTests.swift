import Foundation
import NeuralNetwork
import Testing

@Suite struct InferenceTests {
  /// A network after some steps, whose batch norms are not the identity.
  static func trained(_ text: String) throws -> Network {
    let architecture = try Architecture(text)
    let samples = Samples(9, for: architecture, seed: 5)
    let training = Training(Network(architecture, seed: 2), optimizer: Adam(), batchSize: 9, threads: 2)
    for _ in 0..<3 { training.step(inputs: samples.inputs, labels: samples.labels) }
    return training.network
  }

  @Test(arguments: GradientTests.architectures)
  func logitsAgreeWithTheReference(_ text: String) throws {
    let network = try Self.trained(text)
    let inference = Inference(network, threads: 2)
    let reference = ReferenceNetwork(network)
    for count in [1, 2, 27, 28, 29, 61] {
      let samples = Samples(count, for: network.architecture, seed: 7)
      let expected = reference.logits(samples.doubles, training: false)
      #expect(distance(inference.logits(samples.inputs).map(Double.init), expected) < 2e-5, "\(count)")
    }
  }

  @Test func probabilitiesSumToOneAndNoSamplesGiveNone() throws {
    let network = try Self.trained("6x6x2-3C3n-P2-3C3ns-G")
    let samples = Samples(3, for: network.architecture)
    let probabilities = Inference(network).probabilities(samples.inputs)
    #expect(abs(probabilities.reduce(0, +) - 3) < 1e-5)
    #expect(Inference(network).probabilities([]).isEmpty)
  }

  @Test func manyThreadsMayCallAtTheSameTime() async throws {
    let network = try Self.trained("8x8-35C3-P2-16C3n-G-34-10s")
    let inference = Inference(network, threads: 2)
    let samples = Samples(70, for: network.architecture)
    let alone = inference.logits(samples.inputs)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<5).allSatisfy { _ in inference.logits(samples.inputs) == alone } }
      }
      for await same in group { #expect(same) }
    }
  }

  @Test func activationsAreThoseOfTheRemainingLayers() throws {
    let network = try Self.trained("6x6x2-3C3n-P2-D0.2-4C3-5")
    let samples = Samples(1, for: network.architecture)
    let inference = Inference(network)
    let activations = inference.activations(samples.inputs)
    #expect(activations.last?.values == inference.logits(samples.inputs))
    for activation in activations {
      #expect(activation.shape == network.architecture.shapes[activation.layer + 1])
      #expect(activation.values.count == activation.shape.count)
    }
  }

  @Test func theInputGradientIsTheSlopeOfTheLogit() throws {
    let network = try Self.trained("6x6x2-3C3nt-P2-D0.2-4C3Vs-5")
    let samples = Samples(1, for: network.architecture)
    let gradient = Training.inputGradient(of: network, input: samples.inputs, output: 3)
    let reference = ReferenceNetwork(network)
    for index in stride(from: 0, to: gradient.count, by: 5) {
      func logit(_ shift: Double) -> Double {
        var inputs = samples.doubles
        inputs[index] += shift
        return reference.logits(inputs, training: false)[3]
      }
      #expect(abs((logit(1e-6) - logit(-1e-6)) / 2e-6 - Double(gradient[index])) < 1e-4)
    }
  }
}
