import Basics
import Datasets
import Evaluation
import Formats
import Ink
import Preprocessing
import TestSupport
import Testing

@Suite struct EvaluationSamplesTests {
  private func locator(_ folder: TemporaryFolder, _ name: String = "") -> DatasetLocator {
    DatasetLocator(given: folder.path(name), environment: [:])
  }

  @Test func imagesOfAnyPolarityAndRangeGiveTheSameInputs() throws {
    let folder = try TemporaryFolder()
    // Tight shapes of 16 by 16 pixels, made of blocks that depend on the image's number.
    var ink: [UInt8] = []
    for image in 0..<30 {
      for y in 0..<16 { for x in 0..<16 { ink.append((x / 3 * 7 + y / 4 * 5 + image) % 9 < 3 ? 1 : 0) } }
    }
    func inputs(_ name: String, _ level: (UInt8) -> UInt8) throws -> [[UInt8]] {
      try folder.writeImages("\(name)/t10k", side: 16, ink.map(level))
      let samples = try EvaluationSamples(.test, from: locator(folder, name), labels: nil, fits: false)
      return try samples.inputs(fittedBy: .usual).map(\.input.picture.levels)
    }
    let usual = try inputs("usual") { $0 * 255 }
    #expect(usual.count == 30 && usual.allSatisfy { $0.count == 784 && $0.contains { $0 > 127 } })
    #expect(try inputs("bits") { $0 } == usual)
    #expect(try inputs("sixteen levels") { $0 * 15 } == usual)
    #expect(try inputs("dark on light") { 255 - $0 * 255 } == usual)
    #expect(try inputs("grey paper") { 40 + $0 * 127 } == usual)
    #expect(try inputs("light ink on grey") { $0 == 0 ? 180 : 250 } == usual)
  }

  @Test func imagesOfMNISTsSizeAreFittedOnlyOnRequest() throws {
    let folder = try TemporaryFolder()
    var pixels = [UInt8](repeating: 0, count: 2 * 784)
    for image in 0..<2 { for row in 0..<9 { pixels[image * 784 + row * 28 + image] = 200 } }
    try folder.writeImages("t10k", side: 28, pixels)
    func inputs(fits: Bool) throws -> [LabelledInput] {
      try EvaluationSamples(.test, from: locator(folder), labels: nil, fits: fits).inputs(fittedBy: .usual)
    }
    let plain = try inputs(fits: false)
    #expect(plain.map(\.label) == ["0", "1"])
    let levels = plain[0].input.picture.levels
    #expect(levels[0] == 200 && levels.count { $0 > 0 } == 9)
    let fitted = try inputs(fits: true)
    #expect(fitted[0].input.picture.levels[0] == 0 && fitted[0].input == fitted[1].input)
  }

  @Test func onlyTheWantedLabelsAreUsed() throws {
    let folder = try TemporaryFolder()
    try folder.write(StrokeFile.file(Samples.digits), "ink.jsonl")
    func inputs(_ labels: Set<String>?) throws -> [LabelledInput] {
      try EvaluationSamples(strokes: folder.path("ink.jsonl"), labels: labels).inputs(fittedBy: .usual)
    }
    #expect(try inputs(nil).count == 20)
    let some = try inputs(["3", "7"])
    #expect(some.map(\.label) == ["3", "7", "3", "7"] && some.map(\.writer) == [0, 0, 1, 1])
    let error = #expect(throws: EvaluationError.self) { try inputs(["x"]) }
    #expect(error?.description.contains("--classes") == true)
  }

  @Test func missingDataIsAnError() throws {
    let folder = try TemporaryFolder()
    #expect(throws: DataError.self) {
      try EvaluationSamples(.test, from: locator(folder), labels: nil, fits: false)
    }
    #expect(throws: DataError.self) { try EvaluationSamples(strokes: folder.path("none.jsonl"), labels: nil) }
  }
}
