import Basics
import Foundation
import NeuralNetwork
import Testing

func exponential(_ x: Double) -> Double { exp(x) }
func logarithm(_ x: Double) -> Double { log(x) }

// max |a − b| / max |b|
func distance(_ a: [Double], _ b: [Double]) -> Double {
  #expect(a.count == b.count)
  let largest = b.reduce(0) { max($0, abs($1)) }
  return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } / max(largest, .leastNormalMagnitude)
}

/// Random samples and labels.
struct Samples {
  let inputs: [Float]
  let labels: [Int]

  init(_ count: Int, for architecture: Architecture, seed: UInt64 = 1) {
    var random = Xoshiro256(seed: seed)
    inputs = (0..<count * architecture.input.count).map { _ in Float(random.uniform(in: 0..<1)) }
    labels = (0..<count).map { _ in random.index(below: architecture.outputs) }
  }

  var doubles: [Double] { inputs.map(Double.init) }
}

@Suite struct GradientTests {
  /// Every layer, odd numbers of channels, both strides and paddings, and unusual orders of layers.
  static let architectures =
    ["7x7x2-5", "5-4s-3", "6-5t-4l-3", "4-3i-t-r-s-2", "6x5x3-4C3-3", "7x7-3C1-2C2V-3", "9x8x2-3C4-1C5t-2"]
    + ["10x10-5C3S2-4C2S2-3", "9x9x3-4C5S2V-2C7-5", "12x12-2C6s-P2-3", "11x11x2-3C3-P3S2-33C3-4"]
    + ["8x8x3-A2-3C3l-A3S1-G-4", "6x6x2-3C3n-P2-3C3ns-G", "5x5x2-B-3C3-B-s-4n-3s", "8x8-17C3nl-G-3"]
    + ["1x12x5-4C1x5n-P1x2-3C1x3S2-4", "6x9x2-3C3x1-A2x1-2C1x4V-3", "1x9x3-3C1x7l-A1x3-5C1x2-G-3"]
    + ["6x6x2-r-3C3-r-t-5-s-3", "8x8-35C3-P2-16C3n-G-34-10s", "7x7x2-P2-s-P2-4", "5x5-D0-3C1S2n-D0-3"]

  /// Convolutions with enough channels for Winograd's tiles: whole tiles and edges, both paddings, both kernels, as
  /// the first layer and between layers that change borders and masks.
  static let tiled =
    ["8x8x16-16C3-3", "6x10x17-18C3V-P2-3", "7x11x3-16C3l-19C5-3", "9x9x16-33C5V-16C3nt-G-3"]
    + ["8x7x2-16C3n-P2S1-17C3-D0-16C3S2-4", "10x6-16C1-20C3s-21C5Vn-A2-3", "4x4x16-16C3-16C3-16C3-2"]

  @Test(arguments: architectures)
  func theReferenceAgreesWithCentralDifferences(_ text: String) throws {
    let architecture = try Architecture(text)
    let samples = Samples(3, for: architecture)
    var reference = ReferenceNetwork(Network(architecture, seed: 2))
    let exact = reference.gradient(samples.doubles, samples.labels).parameters
    var random = Xoshiro256(seed: 3)
    let largest = exact.reduce(0) { max($0, abs($1)) }
    // A few parameters of each tensor are enough, because the same code computes all of them.
    for tensor in architecture.tensors where tensor.role.isTrained {
      for _ in 0..<4 {
        let index = tensor.range.lowerBound + random.index(below: tensor.count)
        // Small, so that no ReLU changes its side.
        let step = 1e-6
        let before = reference.parameters[index]
        func loss(_ shift: Double) -> Double {
          reference.parameters[index] = before + shift
          return reference.loss(samples.doubles, samples.labels)
        }
        let slope = (8 * (loss(step) - loss(-step)) - (loss(2 * step) - loss(-2 * step))) / (12 * step)
        reference.parameters[index] = before
        #expect(abs(slope - exact[index]) <= 1e-6 * largest, "\(tensor.name) of \(text)")
      }
    }
  }

  @Test(arguments: architectures, [2, 5, 19])
  func gradientsAgreeWithTheReference(_ text: String, _ count: Int) throws {
    let architecture = try Architecture(text)
    let samples = Samples(count, for: architecture)
    let network = Network(architecture, seed: 2)
    let expected = ReferenceNetwork(network).gradient(samples.doubles, samples.labels)
    let training = Training(network, optimizer: SGD(learningRate: 0.1), batchSize: 19, threads: 2)
    let result = training.gradient(inputs: samples.inputs, labels: samples.labels)
    let (loss, gradient) = (result.loss, result.gradient)
    #expect(abs(loss - expected.loss) < 1e-5 * expected.loss)
    #expect(distance(gradient.map(Double.init), expected.parameters) < 3e-5)
    #expect(training.network == network)
  }

  @Test(arguments: tiled) func tilesAgreeWithTheReference(_ text: String) throws {
    let architecture = try Architecture(text)
    let samples = Samples(5, for: architecture)
    let network = Network(architecture, seed: 2)
    let reference = ReferenceNetwork(network)
    let expected = reference.gradient(samples.doubles, samples.labels)
    let training = Training(network, optimizer: SGD(learningRate: 0.1), batchSize: 5, threads: 2)
    let result = training.gradient(inputs: samples.inputs, labels: samples.labels)
    let (loss, gradient) = (result.loss, result.gradient)
    #expect(abs(loss - expected.loss) < 1e-5 * expected.loss)
    #expect(distance(gradient.map(Double.init), expected.parameters) < 1e-4)
    let logits = Inference(network).logits(samples.inputs).map(Double.init)
    #expect(distance(logits, reference.logits(samples.doubles, training: false)) < 2e-5)
  }

  @Test func theGradientsOfSeveralWavesAddUp() throws {
    let architecture = try Architecture("784-20s-10")
    let samples = Samples(700, for: architecture)
    let network = Network(architecture, seed: 2)
    let expected = ReferenceNetwork(network).gradient(samples.doubles, samples.labels)
    let training = Training(network, optimizer: SGD(learningRate: 0.1), batchSize: 700, threads: 2)
    let result = training.gradient(inputs: samples.inputs, labels: samples.labels)
    let (loss, gradient) = (result.loss, result.gradient)
    #expect(abs(loss - expected.loss) < 1e-5)
    #expect(distance(gradient.map(Double.init), expected.parameters) < 3e-5)
  }
}
