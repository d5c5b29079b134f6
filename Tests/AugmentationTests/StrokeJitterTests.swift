import Augmentation
import Basics
import Testing

@Suite struct UnsteadinessTests {
  private let seven = Trail([
    (0...20).map { SIMD2(Float($0), 0) } + (1...20).map { SIMD2(20 - Float($0) / 2, Float($0) * 1.5) },
    (0...8).map { SIMD2(10 + Float($0), 15) },
  ])

  @Test func aSeedDeterminesTheDrawing() {
    func drawn(_ seed: UInt64) -> Trail {
      var random = SplitMix64(seed: seed)
      return StrokeJitter(1).vary(seven, random: &random)
    }
    #expect(drawn(4) == drawn(4))
    #expect(drawn(4) != drawn(5))
  }

  @Test func noUnsteadinessOnlyBringsToTheMiddle() {
    var random = SplitMix64(seed: 1)
    let trail = StrokeJitter(0).vary(seven, random: &random)
    #expect(trail == seven.normalized)
    #expect(trail.bounds?.high.y == 0.5)
  }

  @Test func theDigitKeepsItsShapeAndSize() {
    let length = seven.normalized.length
    for seed in 0..<300 {
      var random = SplitMix64(seed: UInt64(seed))
      let trail = StrokeJitter(1).vary(seven, random: &random)
      let bounds = trail.bounds
      #expect(bounds.map { ($0.high - $0.low).max() < 2 && ($0.high - $0.low).min() > 0.15 } == true)
      #expect(trail.length > length * 0.6 && trail.length < length * 2)
      #expect(trail.strokes.allSatisfy { !$0.isEmpty })
    }
  }

  @Test func aDotAndNothingSurvive() {
    var random = SplitMix64(seed: 1)
    for trail in [Trail(), Trail([[SIMD2(3, 3)]]), Trail([[SIMD2(3, 3), SIMD2(3, 3)]])] {
      for _ in 0..<50 {
        let varied = StrokeJitter(1).vary(trail, random: &random)
        #expect(varied.strokes.allSatisfy { $0.allSatisfy { $0.x.isFinite && $0.y.isFinite } })
      }
    }
  }

  @Test(arguments: SyntheticNonDigits.allCases) func foreignSymbolsAreDrawnInTheMiddle(
    kind: SyntheticNonDigits
  ) {
    for seed in 0..<100 {
      var random = SplitMix64(seed: UInt64(seed))
      let trail = kind.draw(random: &random)
      #expect(!trail.strokes.isEmpty)
      #expect(trail.strokes.allSatisfy { $0.allSatisfy { abs($0.x) < 1.5 && abs($0.y) < 1.5 } })
    }
  }
}
