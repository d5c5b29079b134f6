import Foundation
import NeuralNetwork
import Recognition
import TestSupport
import Testing

@Suite struct ExplainTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try SmallData.write(to: folder)
    let networks = try (1...2).map { Network(try Architecture("28x28-4C3-P2-12-10"), seed: $0) }
    let model = try Model(name: "small", networks: networks, classes: .digits)
    try Data(model.bytes).write(to: URL(fileURLWithPath: folder.path("small.safetensors")))
    return folder
  }

  private func run(_ folder: TemporaryFolder, _ words: String...) throws -> ProgramRun {
    try Inkling.run(
      ["explain"] + words, environment: SmallData.environment(of: folder), in: folder.url)
  }

  @Test(arguments: ["page.pgm", "digits.jsonl"]) func makesAPictureOfAReading(file: String) throws {
    let folder = try folder()
    let png = try run(folder, file, "--model", "small.safetensors")
    #expect(png.status == 0 && png.text == "explanation.png\n", "\(png.errors)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("explanation.png")))
    #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    let svg = try run(folder, file, "--model", "small.safetensors", "--out", "deep.SVG", "--theme", "dark")
    #expect(svg.status == 0, "\(svg.errors)")
    let text = try String(contentsOfFile: folder.path("deep.SVG"), encoding: .utf8)
    #expect(text.hasPrefix("<svg") && text.contains("4 filters 3×3, ReLU") && text.contains("by small"))
    #expect(text.contains("inside the first of the 2 networks"))
    #expect(text.hasSuffix("</svg>\n"))
  }

  @Test func explainsTheDrawingThatIsNamed() throws {
    let folder = try folder()
    let pictures = try ["1", "3"].map { line in
      let outcome = try run(folder, "digits.jsonl", "--model", "small.safetensors", "--line", line, "--force")
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try Data(contentsOf: URL(fileURLWithPath: folder.path("explanation.png")))
    }
    #expect(pictures[0] != pictures[1])
  }

  @Test func wrongWordsEndWithTheirCodes() throws {
    let folder = try folder()
    #expect(try run(folder, "page.pgm", "--out", "picture.gif").status == 64)
    #expect(try run(folder, "page.pgm", "--model", "small.safetensors", "--symbol", "2").status == 64)
    #expect(try run(folder, "digits.jsonl", "--model", "small.safetensors", "--line", "11").status == 65)
    #expect(try run(folder, "none.pgm", "--model", "small.safetensors").status == 66)
    #expect(try run(folder, "page.pgm", "--model", "none.safetensors").status == 66)
    try Data("P5 40 40 255\n".utf8 + [UInt8](repeating: 255, count: 1600)).write(
      to: URL(fileURLWithPath: folder.path("empty.pgm")))
    let empty = try run(folder, "empty.pgm", "--model", "small.safetensors")
    #expect(empty.status == 65 && empty.errors.contains("no ink"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("explanation.png")))
  }
}
