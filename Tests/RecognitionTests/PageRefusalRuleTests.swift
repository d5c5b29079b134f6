// The refusal rule for a page, at its thresholds.

import Recognition
import Testing

@Suite struct PageRefusalRuleTests {
  private let rule = Refusal(threshold: 0.7)

  private func digit(_ confidence: Double) -> PageRefusalRule.Evidence {
    PageRefusalRule.Evidence(confidence: confidence, isStroke: false, height: 1)
  }

  private func stroke(_ confidence: Double, height: Double = 1) -> PageRefusalRule.Evidence {
    PageRefusalRule.Evidence(confidence: confidence, isStroke: true, height: height)
  }

  @Test func aSymbolAloneIsJudgedByTheModelsRule() {
    #expect(PageRefusalRule.refused([digit(0.71)], by: rule) == [false])
    #expect(PageRefusalRule.refused([digit(0.69)], by: rule) == [true])
    #expect(PageRefusalRule.refused([], by: rule) == [])
    // A single stroke needs a higher confidence.
    #expect(PageRefusalRule.refused([stroke(0.71)], by: rule) == [true])
    #expect(PageRefusalRule.refused([stroke(0.94)], by: rule) == [false])
  }

  @Test func aConfidentDigitLowersTheThresholdForOthers() {
    #expect(
      PageRefusalRule.refused([digit(0.99), digit(0.31), stroke(0.6)], by: rule) == [false, false, false])
    #expect(PageRefusalRule.refused([digit(0.99), digit(0.29)], by: rule) == [false, true])
    // A lower threshold of the model stays.
    #expect(
      PageRefusalRule.refused([digit(0.99), digit(0.25)], by: Refusal(threshold: 0.2)) == [false, false])
  }

  @Test func withoutAConfidentDigitAllAreRefusedOrNone() {
    #expect(PageRefusalRule.refused([digit(0.95), digit(0.94)], by: rule) == [false, false])
    #expect(PageRefusalRule.refused([digit(0.95), digit(0.9)], by: rule) == [true, true])
    // Strokes are no evidence: the rest of an erased 4 is not a 1.
    #expect(PageRefusalRule.refused([stroke(0.999), digit(0.1)], by: rule) == [true, true])
    #expect(PageRefusalRule.refused([stroke(0.999), stroke(0.999)], by: rule) == [false, false])
  }

  @Test func aLowStrokeIsRefused() {
    #expect(
      PageRefusalRule.refused([digit(0.99), stroke(0.99, height: 0.5), digit(0.99)], by: rule) == [
        false, true, false,
      ])
    #expect(PageRefusalRule.refused([stroke(0.99), stroke(0.99, height: 0.5)], by: rule) == [true, true])
  }

  @Test func aModelWithoutARuleRefusesNothing() {
    #expect(PageRefusalRule.refused([stroke(0.1, height: 0.1), digit(0.1)], by: .never) == [false, false])
  }
}
