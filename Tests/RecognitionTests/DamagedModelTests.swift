// Models with changed bytes: each is refused, or gives finite results.

import Ink
import NeuralNetwork
import Recognition
import Testing

@Suite struct DamagedModelTests {
  private func model() throws -> Model {
    try Model(
      name: "small", networks: [Network(try Architecture("28x28-4C3-B-P4-11"), seed: 3)],
      classes: .digitsOrNone)
  }

  private var page: Page {
    Page(
      drawing: Drawing([
        Stroke([(200.0, 100.0), (205, 300), (210, 500)].map { .init(Point(x: $0.0, y: $0.1)) })
      ]))
  }

  /// A model file without the checksum, as other programs write it.
  private func withoutChecksum(_ bytes: [UInt8]) throws -> [UInt8] {
    let name = Array("tensors_crc32".utf8)
    let offset = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
    var bytes = bytes
    bytes[offset] = UInt8(ascii: "T")
    return bytes
  }

  @Test func everyFlippedBitOfTheTensorsIsFound() throws {
    let bytes = try model().bytes
    let start = 8 + bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    for offset in stride(from: start, to: bytes.count, by: 61) {
      var damaged = bytes
      damaged[offset] ^= 1 << UInt8(offset % 8)
      let error = #expect(throws: ModelFileError.self) { try Model(bytes: damaged) }
      guard case .safetensors(let cause)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(cause.cause == .checksum)
      #expect(cause.description.contains("damaged"))
      #expect(cause.description.contains("train the model again"))
    }
  }

  @Test func aFileWithoutAChecksumIsRead() throws {
    let model = try model()
    let read = try Model(bytes: try withoutChecksum(model.bytes))
    #expect(read.networks == model.networks)
  }

  @Test func aWeightThatIsNotFiniteIsRefused() throws {
    for value in [Float.nan, .infinity, -.infinity] {
      var network = try model().networks[0]
      network.parameters[5] = value
      let error = #expect(throws: ModelError.self) {
        try Model(name: "small", networks: [network], classes: .digitsOrNone)
      }
      #expect(error?.description.hasPrefix("wrong weights in the model") == true)
    }
    var network = try model().networks[0]
    network.statistics[0] = .nan
    #expect(throws: ModelError.self) {
      try Model(name: "small", networks: [network], classes: .digitsOrNone)
    }
  }

  @Test func manyLargeNetworksAreRefusedBeforeTheirMemoryIsAllocated() throws {
    // Each is allowed by itself, and has few weights.
    let large = try Network(Architecture("28x28-300C1-P1-P1-P1-P1-G-11"), seed: 1)
    #expect(throws: Never.self) {
      try Model(name: "one", networks: [large], classes: .digitsOrNone)
    }
    let error = #expect(throws: ModelError.self) {
      try Model(name: "many", networks: Array(repeating: large, count: 8), classes: .digitsOrNone)
    }
    #expect(error?.description.hasPrefix("wrong networks in the model") == true)
  }

  @Test(arguments: [String(repeating: "7", count: 20_000), "\u{1B}[31m", "a\u{7F}"])
  func labelsThatAreLongOrNotPrintableAreRefused(label: String) throws {
    var metadata = try model().metadata
    metadata["classes"] = "0 1 2 3 4 5 6 7 8 9 \(label)"
    let networks = try model().networks
    let error = #expect(throws: ModelError.self) { try Model(networks: networks, metadata: metadata) }
    let text = try #require(error).description
    #expect(text.hasPrefix("wrong classes in the model") && text.utf8.count < 400)
  }

  /// Single numbers are changed in a file without a checksum.
  @Test(arguments: [
    Float.nan, .infinity, -.infinity, 2.9e38, -2.9e38, .greatestFiniteMagnitude, 1e30, -1e30, 1e-38,
  ])
  func aChangedNumberIsRefusedOrGivesFiniteResults(value: Float) throws {
    let bytes = try withoutChecksum(try model().bytes)
    let start = 8 + bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let pattern = withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
    let count = (bytes.count - start) / 4
    let indices = Array(0..<60) + stride(from: 60, to: count, by: 97)
    var refused = 0
    for index in indices {
      var damaged = bytes
      damaged.replaceSubrange(start + 4 * index..<start + 4 * index + 4, with: pattern)
      do {
        let reading = try Recognizer(try Model(bytes: damaged)).read(page)
        for symbol in reading.symbols {
          #expect(symbol.confidence.isFinite && symbol.background.isFinite)
          #expect(symbol.candidates.allSatisfy { $0.probability.isFinite })
        }
      } catch is ModelFileError {
        refused += 1
      } catch let error as ModelResultError {
        refused += 1
        #expect(error.model == "small")
      }
    }
    if !value.isFinite { #expect(refused == indices.count) }
    if value == 2.9e38 { #expect(refused > 0) }
  }

  @Test func resultsThatAreNotFiniteAreAnError() throws {
    let model = try model()
    let row = [Float](repeating: 1 / 11, count: 11)
    #expect(try model.answer(probabilities: row).confidence.isFinite)
    for value in [Float.nan, .infinity] {
      var other = row
      other[10] = value
      #expect(throws: ModelResultError(model: "small")) { try model.answer(probabilities: [row, other]) }
    }
    let recognizer = try Recognizer(model) { _, _, count in [[Float](repeating: .nan, count: 11 * count)] }
    #expect(throws: ModelResultError(model: "small")) { try recognizer.read(page) }
    #expect(throws: ModelResultError(model: "small")) { try recognizer.read(single: page.drawing.strokes) }
    #expect(throws: ModelResultError(model: "small")) { try recognizer.read(page.image(longerSide: 300)) }
  }
}
