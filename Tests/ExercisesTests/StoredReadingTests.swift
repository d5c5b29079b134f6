// Readings as text.

import Basics
import Exercises
import Ink
import Recognition
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
}
