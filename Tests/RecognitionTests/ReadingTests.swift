// Readings and calibrated answers.

import Ink
import Recognition
import Testing

@Suite struct ReadingTests {
  private func symbol(_ label: String, _ probability: Double, refused: Bool = false) -> Symbol {
    Symbol(
      box: Box(x: 0, y: 0, width: 1, height: 1),
      candidates: [Candidate(label: label, probability: probability)],
      background: 0, refused: refused, input: [])
  }

  @Test func theTextHasAQuestionMarkWhereASymbolIsRefused() {
    let reading = Reading(symbols: [symbol("4", 0.9), symbol("7", 0.5, refused: true), symbol("2", 0.5)])
    #expect(reading.text == "4?2")
    #expect(abs(reading.confidence - 0.225) < 1e-12)
  }

  @Test func linesAreSeparatedByNewlines() {
    let reading = Reading(symbols: [symbol("1", 1), symbol("2", 1), symbol("3", 1)], lineLengths: [1, 2])
    #expect(reading.text == "1\n23")
  }

  @Test func aLabelledSymbolIsCertainAndKeepsItsOtherCandidates() {
    let box = Box(x: 5, y: 5, width: 20, height: 40)
    let unsure = Symbol(
      box: box,
      candidates: [Candidate(label: "3", probability: 0.6), Candidate(label: "8", probability: 0.4)],
      background: 0.7, refused: true, input: [])
    let reading = Reading(symbols: [symbol("4", 0.9), unsure])
    let labelled = reading.labelled(by: [InkLabel(box, "8")])
    #expect(labelled.text == "48")
    #expect(labelled.symbols[1].candidates.map(\.label) == ["8", "3"])
    #expect(labelled.symbols[1].isLabelled && labelled.symbols[1].confidence == 1)
    #expect(labelled.symbols[0] == reading.symbols[0])
    let elsewhere = InkLabel(Box(x: 50, y: 5, width: 20, height: 40), "8")
    #expect(reading.labelled(by: [elsewhere]) == reading)
  }

  @Test func anEmptyPageReadsAsNothing() {
    #expect(Reading.empty.text.isEmpty)
    #expect(Reading.empty.confidence == 0)
  }

  @Test func anAnswerSeparatesTheBackgroundFromTheLabels() {
    let classes = Classes(labels: ["0", "1"], hasBackground: true)
    let answer = Answer(logits: [1, 2, 1], classes: classes, temperature: 1)
    #expect(abs(answer.probabilities.reduce(0, +) - 1) < 1e-12)
    #expect(abs(answer.background - 0.2119415576170854) < 1e-12)
    #expect(answer.candidates(of: classes).map(\.label) == ["1", "0"])
  }

  @Test func labelsAreRankedWhereTheirShareUnderflows() {
    let classes = Classes(labels: ["0", "1"], hasBackground: true)
    let answer = Answer(logits: [-2000, -1999, 0], classes: classes, temperature: 1)
    #expect(answer.background == 1)
    #expect(answer.best == 1)
    #expect(abs(answer.probabilities.reduce(0, +) - 1) < 1e-12)
  }
}
