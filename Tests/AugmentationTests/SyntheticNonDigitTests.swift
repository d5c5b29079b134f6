// Synthetic drawings that are no digit, and halves of digits.

import Augmentation
import Basics
import Testing

@Suite struct SyntheticNonDigitTests {
  @Test(arguments: SyntheticNonDigit.allCases) func drawingsAreCentred(kind: SyntheticNonDigit) {
    for seed in 0..<100 {
      var random = SplitMix64(seed: UInt64(seed))
      let drawing = kind.draw(random: &random)
      #expect(!drawing.strokes.isEmpty)
      #expect(drawing.strokes.allSatisfy { $0.allSatisfy { abs($0.x) < 1.5 && abs($0.y) < 1.5 } })
    }
  }

  @Test func scribblesAreLongerThanDigits() {
    // The ink of a digit is at most about five times as long as its longer side.
    let long = (0..<300).count { seed in
      var random = SplitMix64(seed: UInt64(seed))
      return SyntheticNonDigit.scribble.draw(random: &random).length > 3
    }
    #expect(long > 200)
  }
}

@Suite struct HalfDigitTests {
  /// A digit whose only stroke is a box of height 1.
  private func box(_ label: Int, width: Float) -> LabelledPolylines {
    let corners: Polyline = [SIMD2(0, 0), SIMD2(width, 0), SIMD2(width, 1), SIMD2(0, 1), SIMD2(0, 0)]
    var points: Polyline = []
    for (a, b) in zip(corners, corners.dropFirst()) {
      for k in 0..<20 { points.append(a + (b - a) * (Float(k) / 20)) }
    }
    return LabelledPolylines(PolylineDrawing([points]), label: label)
  }

  private func half(_ label: Int, width: Float, seed: UInt64) throws -> PolylineDrawing.Bounds {
    var random = SplitMix64(seed: seed)
    return try #require(HalfDigit.half(of: box(label, width: width), random: &random).bounds)
  }

  @Test(arguments: [0, 2, 3, 4, 5, 6, 9]) func halvesAreSmallerThanTheDigitAndNotNarrow(label: Int) throws {
    var halves = 0
    for seed in 0..<200 {
      let half = try half(label, width: 0.8, seed: UInt64(seed))
      // A scribble is about as wide as high and is centred at 0.
      guard half.low.x >= 0, half.low.y >= 0 else { continue }
      halves += 1
      #expect(min(half.size.x / 0.8, half.size.y) <= 0.56)
      #expect(half.size.x >= 0.3 * half.size.y)
    }
    #expect(halves > 50)
  }

  @Test(arguments: [(1, 0.8), (7, 0.8), (8, 0.8), (6, 0.2)] as [(Int, Float)])
  func halvesThatAreDigitsBecomeScribbles(label: Int, width: Float) throws {
    #expect(try half(label, width: width, seed: 3).low.x < 0)
  }
}
