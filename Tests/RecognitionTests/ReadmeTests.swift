import Formats
import Foundation
import NeuralNetwork
import Recognition
import Testing

/// The README's example in Swift is compiled and run.
@Suite struct ReadmeTests {
  // The README's lines, in a function with the names of the two files.
  private func answer(_ modelFile: String, _ pictureFile: String) throws -> String {
    let model = try Model(bytes: File.read(modelFile))
    let recognizer = try Recognizer(model)
    let picture = try Document.image(File.read(pictureFile))
    let reading = try recognizer.read(picture)
    for symbol in reading.symbols {
      print(symbol.text, symbol.confidence, symbol.box)
    }
    return reading.text
  }

  @Test func theLinesFromTheReadmeReadAPicture() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("inkling-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let network = Network(try Architecture("28x28-8C3-P2-10"), seed: 1)
    let model = try Model(name: "small", networks: [network], classes: .digits)
    let modelFile = folder.appendingPathComponent("small.safetensors").path
    try Data(model.bytes).write(to: URL(fileURLWithPath: modelFile))
    let pictureFile = folder.appendingPathComponent("one.pgm").path
    var rows = ["P2", "9 40", "255"]
    for y in 0..<40 {
      rows.append((0..<9).map { (3...5 ~= $0 && 4...35 ~= y) ? "0" : "255" }.joined(separator: " "))
    }
    try Data(rows.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: pictureFile))
    #expect(try answer(modelFile, pictureFile).count == 1)
  }
}
