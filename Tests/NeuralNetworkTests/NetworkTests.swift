import NeuralNetwork
import Testing

@Suite struct NetworkTests {
  @Test func theSameSeedGivesTheSameWeights() throws {
    let architecture = try Architecture("32C5n-P2-10")
    let network = Network(architecture, seed: 7)
    #expect(network == Network(architecture, seed: 7))
    #expect(network != Network(architecture, seed: 8))
    #expect(network["norm1.weight"] == [Float](repeating: 1, count: 32))
    #expect(network["norm1.running_var"] == [Float](repeating: 1, count: 32))
    #expect(network["norm1.bias"] == [Float](repeating: 0, count: 32))
    #expect(network["nothing"] == nil)
  }

  @Test(arguments: [0, 0.15, 1])
  func uniformFillsItsRange(radius: Double) throws {
    let network = Network(try Architecture("784-100s-10"), seed: 1, initializer: .uniform(radius))
    let values = network.parameters.map(Double.init)
    #expect(values.allSatisfy { abs($0) <= radius })
    #expect((values.max() ?? 0) >= 0.999 * radius)
    #expect((values.min() ?? 0) <= -0.999 * radius)
    #expect(abs(values.reduce(0, +) / Double(values.count)) <= 0.01 * radius)
  }

  @Test func xavierAndHeHaveTheirVariance() throws {
    let architecture = try Architecture("64C3-64C5-10")
    let tensor = architecture.tensors[2]
    let inputs = 64.0 * 25
    let xavier = Network(architecture, seed: 3, initializer: .xavier)[tensor].map { abs(Double($0)) }
    let radius = (6 / (2 * inputs)).squareRoot()
    let largest = try #require(xavier.max())
    #expect((0.999 * radius...1.001 * radius).contains(largest))
    let he = Network(architecture, seed: 3, initializer: .he)[tensor].map(Double.init)
    let variance = he.map { $0 * $0 }.reduce(0, +) / Double(he.count)
    #expect(abs(variance * inputs / 2 - 1) < 0.02)
    #expect(Network(architecture)["conv1.bias"] == [Float](repeating: 0, count: 64))
  }

  @Test func tensorsAreReadAndWritten() throws {
    var network = Network(try Architecture("4C3n-3"))
    for tensor in network.architecture.tensors {
      let values = (0..<tensor.count).map { Float($0) }
      network[tensor] = values
      #expect(network[tensor.name] == values)
    }
  }

  @Test func initializersAreWrittenAsText() {
    for text in ["uniform:0.15", "uniform:1.0", "xavier", "he"] {
      #expect(Initializer(text)?.description == text)
    }
    for text in ["", "uniform", "uniform:", "uniform:-1", "uniform:inf", "Xavier"] {
      #expect(Initializer(text) == nil)
    }
  }
}
