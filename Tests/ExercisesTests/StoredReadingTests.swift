// Readings as text.

import Basics
import Exercises
import Foundation
import Ink
import NeuralNetwork
import Recognition
import TestSupport
import Testing

@Suite struct StoredReadingTests {
  private func reading(_ random: inout Xoshiro256) -> Reading {
    func box() -> Box {
      Box(
        x: 4000 * random.uniform() - 10, y: 4000 * random.uniform(), width: 90 * random.uniform(),
        height: 1e-9 * random.uniform())
    }
    let symbols = (0..<random.index(below: 8)).map { _ in
      Symbol(
        box: box(), candidates: ["7", "÷", "R"].map { Candidate(label: $0, probability: random.uniform()) },
        background: random.uniform(), refused: random.index(below: 2) == 0, input: [], levelBox: box(),
        divisionLead: random.index(below: 2) == 0 ? .infinity : 9 * random.uniform())
    }
    let first = random.index(below: symbols.count + 1)
    return Reading(symbols: symbols, lineLengths: [first, symbols.count - first])
  }

  @Test func aReadingIsTheSameAfterItsText() {
    var random = Xoshiro256(seed: 5)
    for _ in 0..<200 {
      let reading = reading(&random)
      #expect(StoredReading.reading(of: StoredReading.text(of: reading)) == reading)
    }
  }

  @Test func aTextThatIsNotWholeIsNoReading() {
    var random = Xoshiro256(seed: 6)
    var reading = reading(&random)
    while reading.symbols.count < 3 { reading = self.reading(&random) }
    let text = StoredReading.text(of: reading)
    for length in 0..<text.count { #expect(StoredReading.reading(of: String(text.prefix(length))) == nil) }
    for (word, other) in [
      ("\n", "\n1 2 3\n"), (" 0.", " nan"), (" 0.", " 2."), ("read", "seen"), ("end", "ende"),
    ] {
      #expect(StoredReading.reading(of: text.replacing(word, with: other)) == nil)
    }
    #expect(StoredReading.reading(of: "inkling reading 2\n2 -2\nend\n") == nil)
  }

  @Test func aKeptReadingIsOfOneProgramOneModelAndOneFile() throws {
    let folder = try TemporaryFolder()
    func model(_ seed: UInt64) throws -> Model {
      try Model(name: "m", networks: [Network(try Architecture("784-10s"), seed: seed)], classes: .digits)
    }
    var random = Xoshiro256(seed: 7)
    let first = reading(&random)
    /// Whether a page is read again by a check that goes on.
    func isReadAgain(version: String, seed: UInt64, page: Int = 0, bytes: [UInt8]) throws -> Bool {
      let kept = try KeptReadings(
        in: folder.url.path, version: version, model: try model(seed), resumes: true)
      var isRead = false
      let result = try kept.reading(ofPage: page, in: bytes) {
        isRead = true
        return first
      }
      #expect(result == first)
      return isRead
    }
    #expect(try isReadAgain(version: "1", seed: 1, bytes: [1, 2]))
    #expect(try !isReadAgain(version: "1", seed: 1, bytes: [1, 2]))
    #expect(try isReadAgain(version: "2", seed: 1, bytes: [1, 2]))
    #expect(try isReadAgain(version: "1", seed: 2, bytes: [1, 2]))
    #expect(try isReadAgain(version: "1", seed: 1, page: 1, bytes: [1, 2]))
    #expect(try isReadAgain(version: "1", seed: 1, bytes: [1, 3]))
    try KeptReadings(in: folder.url.path, version: "1", model: try model(1), resumes: true).remove()
    #expect(!FileManager.default.fileExists(atPath: folder.path("readings")))
  }
}
