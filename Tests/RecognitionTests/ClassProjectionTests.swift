// From the outputs of a part to the classes of a mode.

import Recognition
import Testing

@Suite struct ClassProjectionTests {
  @Test func whatAModeExcludesCountsAsRareAsItIsThere() {
    let part = Classes(labels: ["2", "Z"], hasBackground: true)
    let mode = ReadingMode.sums
    let projection = ClassProjection(from: part, to: mode.classes, excluded: mode.excludedFrequency)
    let answer = Answer(
      logits: projection.evidence([0.3, 0.6, 0.1], least: 1e-9), classes: mode.classes, temperature: 1)
    #expect(answer.best == 2)
    // Of Z a fifth counts, of what is no character all.
    #expect(abs(answer.background - (0.12 + 0.1) / (0.3 + 0.12 + 0.1)) < 1e-6)
  }
}
