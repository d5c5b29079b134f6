import NeuralNetwork
import Testing

@Suite struct PyTorchTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let architecture: String
    let first: Int
    let count: Int
    let answers: [[Float]]
    let loss: Double
    let gradients: [Gradient]
    let statistics: [[Float]]
    let losses: [Double]
    let step: Int
    var testDescription: String { architecture }
  }
  struct Gradient: Decodable, Sendable {
    let largest: Float
    let stride: Int
    let values: [Float]
  }

  static let cases: [Case] = (try? Recorded.read("networks.json")) ?? []

  /// The script's formula for pseudo-random numbers: a hashed counter.
  static func noise(_ tensor: Int, _ range: Range<Int>) -> [Double] {
    range.map { index in
      var h = UInt32(truncatingIfNeeded: index) &+ 0x9E37_79B9 &* UInt32(tensor + 1)
      h = (h ^ h >> 16) &* 0x85EB_CA6B
      h = (h ^ h >> 13) &* 0xC2B2_AE35
      return Double(h ^ h >> 16) / 0x1p32
    }
  }

  static func network(_ text: String) throws -> Network {
    var network = Network(try Architecture(text))
    for (index, tensor) in network.architecture.tensors.enumerated() {
      let isNorm = network.architecture.layers[tensor.layer] is BatchNorm
      let spread = (6 / Double(tensor.count / tensor.shape[0])).squareRoot()
      network[tensor] = noise(index, 0..<tensor.count).map { u in
        if tensor.role == .runningVariance || isNorm && tensor.role == .weight { return Float(0.5 + u) }
        return Float((2 * u - 1) * (tensor.role == .weight ? spread : 0.3))
      }
    }
    return network
  }

  static func batch(_ architecture: Architecture, _ samples: Range<Int>) -> (inputs: [Float], labels: [Int]) {
    let size = architecture.input.count
    let inputs = noise(1000, samples.lowerBound * size..<samples.upperBound * size).map { Float($0) }
    return (inputs, noise(1001, samples).map { Int($0 * Double(architecture.outputs)) })
  }

  @Test func allCasesAreRecorded() {
    #expect(Self.cases.count == 15)
  }

  @Test(arguments: cases) func probabilitiesAreTheSame(_ expected: Case) throws {
    let network = try Self.network(expected.architecture)
    let (inputs, _) = Self.batch(network.architecture, expected.first..<expected.first + expected.count)
    let probabilities = Inference(network).probabilities(inputs)
    #expect(relativeError(probabilities, expected.answers.flatMap { $0 }) < 3e-5)
  }

  @Test(arguments: cases) func gradientsAreTheSame(_ expected: Case) throws {
    let network = try Self.network(expected.architecture)
    let (inputs, labels) = Self.batch(network.architecture, expected.first..<expected.first + expected.count)
    let training = Training(network, optimizer: SGD(learningRate: 0), batchSize: expected.count)
    let result = training.gradient(inputs: inputs, labels: labels)
    let (loss, gradient) = (result.loss, result.gradient)
    #expect(abs(loss - expected.loss) < 1e-5 * expected.loss)
    let tensors = network.architecture.tensors.filter(\.role.isTrained)
    for (tensor, recorded) in zip(tensors, expected.gradients) {
      let values = stride(from: tensor.range.lowerBound, to: tensor.range.upperBound, by: recorded.stride)
        .map { gradient[$0] }
      let error = zip(values, recorded.values).map { abs($0 - $1) }.max() ?? .infinity
      #expect(error / recorded.largest < 3e-5, "\(tensor.name)")
    }
  }

  @Test(arguments: cases.filter { !$0.statistics.isEmpty })
  func runningStatisticsAreTheSame(_ expected: Case) throws {
    let network = try Self.network(expected.architecture)
    let (inputs, labels) = Self.batch(network.architecture, expected.first..<expected.first + expected.count)
    let training = Training(network, optimizer: SGD(learningRate: 0), batchSize: expected.count)
    training.step(inputs: inputs, labels: labels)
    #expect(relativeError(training.network.statistics, expected.statistics.flatMap { $0 }) < 1e-5)
  }

  @Test(arguments: cases.filter { !$0.losses.isEmpty })
  func theFirstStepsOfAdamFollowPyTorchs(_ expected: Case) throws {
    let network = try Self.network(expected.architecture)
    let training = Training(network, optimizer: Adam(), batchSize: expected.step)
    for (step, recorded) in expected.losses.enumerated() {
      let (inputs, labels) = Self.batch(
        network.architecture, step * expected.step..<(step + 1) * expected.step)
      let loss = training.step(inputs: inputs, labels: labels)
      #expect(abs(loss / recorded - 1) < 0.02, "step \(step)")
    }
  }
}
