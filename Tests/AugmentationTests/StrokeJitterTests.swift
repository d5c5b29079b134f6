// Random variations of strokes.

import Augmentation
import Basics
import Testing

@Suite struct StrokeJitterTests {
  private let seven = PolylineDrawing([
    (0...20).map { SIMD2(Float($0), 0) } + (1...20).map { SIMD2(20 - Float($0) / 2, Float($0) * 1.5) },
    (0...8).map { SIMD2(10 + Float($0), 15) },
  ])

  private func varied(_ seed: UInt64, strength: Float = 1) -> PolylineDrawing {
    var random = SplitMix64(seed: seed)
    return StrokeJitter(strength).apply(to: seven, random: &random)
  }

  @Test func aSeedDeterminesTheDrawing() {
    #expect(varied(4) == varied(4))
    #expect(varied(4) != varied(5))
  }

  @Test func strengthZeroOnlyNormalizes() {
    let drawing = varied(1, strength: 0)
    #expect(drawing == seven.normalized)
    #expect(drawing.bounds?.high.y == 0.5)
  }

  @Test func theDigitKeepsItsShapeAndSize() {
    let length = seven.normalized.length
    for seed in 0..<300 {
      let drawing = varied(UInt64(seed))
      #expect(drawing.bounds.map { $0.size.max() < 2 && $0.size.min() > 0.15 } == true)
      #expect(drawing.length > length * 0.6 && drawing.length < length * 2)
      #expect(drawing.strokes.allSatisfy { !$0.isEmpty })
    }
  }

  @Test func dotsAndEmptyDrawingsStayFinite() {
    var random = SplitMix64(seed: 1)
    for strokes in [[], [[SIMD2(3, 3)]], [[SIMD2(3, 3), SIMD2(3, 3)]]] as [[Polyline]] {
      for _ in 0..<50 {
        let varied = StrokeJitter(1).apply(to: PolylineDrawing(strokes), random: &random)
        #expect(varied.strokes.allSatisfy { $0.allSatisfy { $0.x.isFinite && $0.y.isFinite } })
      }
    }
  }
}
