import NeuralNetwork
import Testing

@Suite struct ArchitectureTests {
  @Test func aPerceptronHasItsTensors() throws {
    let architecture = try Architecture("784-100s-10")
    #expect(architecture.input == Shape(vector: 784))
    #expect(architecture.layers.map { $0 as? Dense } == [Dense(units: 100), nil, Dense(units: 10)])
    #expect(architecture.layers[1] as? Activation == .sigmoid)
    #expect(
      architecture.tensors.map(\.name) == ["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"])
    #expect(architecture.tensors.map(\.shape) == [[100, 784], [100], [10, 100], [10]])
    #expect(architecture.parameterCount == 79_510)
    #expect(architecture.multiplyAdds == 79_400)
    #expect(architecture.output == .softmax)
  }

  @Test func theTwoStageNetworkHasItsShapes() throws {
    let architecture = try Architecture("32C5-32C5-P2-D0.25-64C3-64C3-P2-D0.25-256-D0.5-10")
    #expect(architecture.input == Shape(height: 28, width: 28, channels: 1))
    #expect(architecture.outputs == 10)
    #expect(architecture.parameterCount == 887_530)
    #expect(architecture.shapes.contains(Shape(height: 7, width: 7, channels: 64)))
    #expect(architecture.layers.filter { $0 as? Dropout == Dropout(0.25) }.count == 2)
  }

  @Test func theBatchNormNetworkHasNoBiasesBeforeItsNorms() throws {
    let architecture = try Architecture("32C3n-32C3n-P2-64C3n-64C3n-P2-128C3n-128C3n-G-10")
    #expect(architecture.layers.filter { $0 is BatchNorm }.count == 6)
    #expect(!architecture.tensors.contains { $0.name.hasPrefix("conv") && $0.role == .bias })
    #expect(architecture.parameterCount == 288_170)
    #expect(architecture.statisticCount == 896)
    #expect(architecture.tensors[3].name == "norm1.running_mean")
  }

  @Test(arguments: [
    ("28x28-8C5V-P2-10", 12), ("28x28x1-8C3S2-P2-10", 7), ("784-8C2-P2-10", 14), ("8C7VS2-A2-10", 0),
    ("8C7S2V-A2-10", 5), ("8C5-P3S2-10", 13), ("9x9-8C4V-P2-10", 3),
  ])
  func sizesFollowKernelStrideAndPadding(text: String, size: Int) throws {
    guard size > 0 else {
      #expect(throws: ArchitectureError.self) { try Architecture(text) }
      return
    }
    let architecture = try Architecture(text)
    let pool = try #require(architecture.layers.firstIndex { $0 is Pool })
    #expect(architecture.shapes[pool + 1] == Shape(height: size, width: size, channels: 8))
  }

  @Test func suffixesChooseTheActivation() throws {
    let architecture = try Architecture("9-5s-5t-5r-5l-5i-5-5nt-B-t-D0.5-3s")
    let activations = architecture.layers.compactMap { $0 as? Activation }
    #expect(activations == [.sigmoid, .tanh, .relu, .leakyRelu, .relu, .tanh, .tanh])
    #expect(architecture.output == .sigmoid)
    #expect(architecture.description == "9-5s-5t-5r-5l-5i-5-5nt-B-t-D0.5-3s")
  }

  @Test(arguments: [
    ("", 0), ("784", 3), ("784-", 4), ("784--10", 4), ("-10", 0), ("10q-10", 2), ("32C-10", 3),
    ("32C9-10", 3), ("32C3S3-10", 5), ("784-100r-10r", 11), ("784-100-32C3-10", 8), ("784-10-D0.5", 7),
    ("D1-10", 1), ("Dx-10", 1), ("32C3", 0), ("P2-P2-P2-P2-P2-10", 12), ("0-10", 0),
    ("99999999999999999999-10", 0),
    ("1048576-1048576-1048576-10", 8), ("1048576x1048576-10", 0), ("28x-10", 3), ("28x28x-10", 6),
    ("P65-10", 0),
    ("Z-10", 0), ("784-100é-10", 7), ("784 -10", 3), ("10-P2-10", 3), ("8C3x-10", 4), ("1x9-8C1x8-10", 8),
  ])
  func mistakesPointAtTheirPlace(text: String, offset: Int) {
    let error = #expect(throws: ArchitectureError.self) { try Architecture(text) }
    #expect(error?.offset == offset, "\(error.map(\.description) ?? "no error")")
  }

  @Test func aMistakeIsShownWithACaret() {
    let error = #expect(throws: ArchitectureError.self) { try Architecture("784-1x-10") }
    #expect(
      error?.description == """
        'x' does not belong to this item; write a dash between items
          784-1x-10
               ^
        """)
  }

  @Test func everyPrefixAndEveryChangedByteIsReadOrRefused() {
    let text = "28x28x1-32C5S2Vnl-P2-A2S1-D0.25-G-B-t-100s-10s"
    let bytes = Array(text.utf8)
    var refused = 0
    for index in bytes.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = bytes
        changed[index] = byte
        if (try? Architecture(String(decoding: changed, as: UTF8.self))) == nil { refused += 1 }
      }
      if (try? Architecture(String(decoding: bytes[..<index], as: UTF8.self))) == nil { refused += 1 }
    }
    #expect(refused > bytes.count * 200)
  }

  @Test(arguments: [
    "20000C1-P1-P1-P1-P1-10", "28x28-1000C3-1000C3-10", "1448x1449-10", "1x1x1000000-1C7-10",
    "512x512-8C3-10", "1-1048576-1048576-10", String(repeating: "64C3-", count: 45) + "10",
  ])
  func networksThatNeedTooMuchMemoryAreRefused(text: String) {
    let error = #expect(throws: ArchitectureError.self) { try Architecture(text) }
    #expect(error?.message.contains("too large") == true, "\(error.map(\.description) ?? "")")
  }

  @Test func theValuesOfAllLayersAreCounted() throws {
    #expect(try Architecture("784-100s-10").valueCount == 784 + 100 + 100 + 10)
    // A convolution reads a border of zeros.
    #expect(try Architecture("28x28-2C5V-10").valueCount >= 28 * 28 + 2 * 2 * 24 * 24 + 10)
    #expect(try Architecture("28x28-2C5-10").valueCount >= 32 * 32 + 2 * 2 * 28 * 28 + 10)
  }

  @Test func tooManyLayersAreRefused() {
    let deep = String(repeating: "B-", count: 300) + "10"
    #expect(throws: ArchitectureError.self) { try Architecture(deep) }
  }
}

@Suite struct ArchitectureTableTests {
  @Test func theTableSaysWhatEachLayerCosts() throws {
    let table = ArchitectureTable(try Architecture("28x28-32C5-P2-8C3S2Vnl-A2S1-100t-10s"))
    #expect(
      table.text == """
        layer                             output shape  parameters  multiply-adds
        input                             28×28×1                –              –
        convolution 5×5                   28×28×32             832        627,200
        ReLU                              28×28×32               –              –
        max pool 2×2                      14×14×32               –              –
        convolution 3×3, stride 2, valid  6×6×8              2,304         82,944
        batch norm                        6×6×8                 16              –
        leaky ReLU                        6×6×8                  –              –
        average pool 2×2, stride 1        5×5×8                  –              –
        dense                             100               20,100         20,000
        tanh                              100                    –              –
        dense                             10                 1,010          1,000
        sigmoid                           10                     –              –
        total                                               24,262        731,144
        """)
  }

  @Test func everyLayerHasItsWords() throws {
    let table = ArchitectureTable(try Architecture("9x9-2C3S2Vnl-A2S1-P2-D0.5-B-s-G-5t-3"))
    #expect(
      table.rows.map(\.layer) == [
        "input", "convolution 3×3, stride 2, valid", "batch norm", "leaky ReLU", "average pool 2×2, stride 1",
        "max pool 2×2", "dropout 0.5", "batch norm", "sigmoid", "global average pool", "dense", "tanh",
        "dense",
        "softmax",
      ])
    #expect(Activation.relu.description == "ReLU")
  }
}
