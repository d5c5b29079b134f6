import Learning
import Testing

@Suite struct UnsteadinessTests {
  private let seven = Path([
    (0...20).map { SIMD2(Float($0), 0) } + (1...20).map { SIMD2(20 - Float($0) / 2, Float($0) * 1.5) },
    (0...8).map { SIMD2(10 + Float($0), 15) },
  ])

  @Test func aSeedDeterminesTheDrawing() {
    func drawn(_ seed: UInt64) -> Path {
      var chance = Chance(seed: seed)
      return Unsteadiness(1).vary(seven, chance: &chance)
    }
    #expect(drawn(4) == drawn(4))
    #expect(drawn(4) != drawn(5))
  }

  @Test func noUnsteadinessOnlyBringsToTheMiddle() {
    var chance = Chance(seed: 1)
    let path = Unsteadiness(0).vary(seven, chance: &chance)
    #expect(path == seven.normalized)
    #expect(path.bounds?.high.y == 0.5)
  }

  @Test func theDigitKeepsItsShapeAndSize() {
    let length = seven.normalized.length
    for seed in 0..<300 {
      var chance = Chance(seed: UInt64(seed))
      let path = Unsteadiness(1).vary(seven, chance: &chance)
      let bounds = path.bounds
      #expect(bounds.map { ($0.high - $0.low).max() < 2 && ($0.high - $0.low).min() > 0.15 } == true)
      #expect(path.length > length * 0.6 && path.length < length * 2)
      #expect(path.strokes.allSatisfy { !$0.isEmpty })
    }
  }

  @Test func aDotAndNothingSurvive() {
    var chance = Chance(seed: 1)
    for path in [Path(), Path([[SIMD2(3, 3)]]), Path([[SIMD2(3, 3), SIMD2(3, 3)]])] {
      for _ in 0..<50 {
        let varied = Unsteadiness(1).vary(path, chance: &chance)
        #expect(varied.strokes.allSatisfy { $0.allSatisfy { $0.x.isFinite && $0.y.isFinite } })
      }
    }
  }

  @Test(arguments: Foreign.allCases) func foreignSymbolsAreDrawnInTheMiddle(kind: Foreign) {
    for seed in 0..<100 {
      var chance = Chance(seed: UInt64(seed))
      let path = kind.draw(chance: &chance)
      #expect(!path.strokes.isEmpty)
      #expect(path.strokes.allSatisfy { $0.allSatisfy { abs($0.x) < 1.5 && abs($0.y) < 1.5 } })
    }
  }
}
