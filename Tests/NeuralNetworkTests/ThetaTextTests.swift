import NeuralNetwork
import Testing

@Suite struct ThetaTextTests {
  @Test func whatIsWrittenIsRead() throws {
    let network = Network(try Architecture("5-4s-3s"), seed: 1, initializer: .uniform(0.15))
    let texts = try #require(ThetaText.matrices(of: network))
    #expect(try ThetaText.network(theta1: texts.theta1, theta2: texts.theta2) == network)
    #expect(ThetaText.matrices(of: Network(try Architecture("5-4s-D0.5-3"))) != nil)
    #expect(ThetaText.matrices(of: Network(try Architecture("5-4n-3"))) == nil)
    #expect(ThetaText.matrices(of: Network(try Architecture("5-3"))) == nil)
  }

  @Test func biasesComeFirst() throws {
    let theta1 = "# made by hand\n1.0e0 2 3\n\n-4,5 6\r\n"
    let theta2 = "% one output\n7\t8;9"
    let network = try ThetaText.network(theta1: Array(theta1.utf8), theta2: Array(theta2.utf8))
    #expect(network.architecture.text == "2-2s-1s")
    #expect(network["dense1.weight"] == [2, 3, 5, 6])
    #expect(network["dense1.bias"] == [1, -4])
    #expect(network["dense2.weight"] == [8, 9])
    #expect(network["dense2.bias"] == [7])
  }

  @Test(arguments: [
    ("", "1 2", "Theta1", 0), ("1 2\n3 4", "", "Theta2", 0), ("1 2\n3 x", "1 2 3", "Theta1", 6),
    ("1 2\n3", "1 2 3", "Theta1", 4), ("1 2\n3 4", "1 2", "Theta2", 0), ("1", "1 2", "Theta1", 0),
    ("1 nan", "1 2", "Theta1", 2), ("1 inf", "1 2", "Theta1", 2), ("1 1e99", "1 2", "Theta1", 2),
  ])
  func damagedTextsAreRefused(theta1: String, theta2: String, matrix: String, offset: Int) {
    let error = #expect(throws: ThetaError.self) {
      try ThetaText.network(theta1: Array(theta1.utf8), theta2: Array(theta2.utf8))
    }
    #expect(error?.matrix == matrix)
    #expect(error?.offset == offset)
  }

  @Test func everyPrefixAndChangedByteIsReadOrRefused() {
    let theta1 = Array("0.5 1e-3 2\n# x\n-1 .25 3\n".utf8)
    let theta2 = Array("1 2 3\n4 5 6".utf8)
    for index in theta1.indices {
      _ = try? ThetaText.network(theta1: Array(theta1.prefix(index)), theta2: theta2)
      for byte in UInt8.min...UInt8.max {
        var changed = theta1
        changed[index] = byte
        _ = try? ThetaText.network(theta1: changed, theta2: theta2)
      }
    }
  }
}
