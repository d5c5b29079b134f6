import Augmentation
import Basics
import Testing

@Suite struct ForeignTests {
  /// A digit's box of this width and height, as one stroke around it.
  private func specimen(_ label: Int, width: Float) -> Specimen {
    let corners: [SIMD2<Float>] = [
      SIMD2(0, 0), SIMD2(width, 0), SIMD2(width, 1), SIMD2(0, 1), SIMD2(0, 0),
    ]
    var places: [SIMD2<Float>] = []
    for (a, b) in zip(corners, corners.dropFirst()) {
      places += (0..<20).map { a + (b - a) * (Float($0) / 20) }
    }
    return Specimen(trail: Trail([places]), label: label)
  }

  @Test(arguments: [0, 2, 3, 4, 5, 6, 9]) func halfADigitIsLessThanTheWholeAndNoOne(label: Int) throws {
    var halves = 0
    for seed in 0..<200 {
      var random = SplitMix64(seed: UInt64(seed))
      let half = HalfDigit.of(specimen(label, width: 0.8), random: &random)
      let (low, high) = try #require(half.bounds)
      // A scribble is about as wide as high and lies around 0.
      guard low.x >= 0, low.y >= 0 else { continue }
      halves += 1
      let size = high - low
      #expect(min(size.x / 0.8, size.y) <= 0.56)
      #expect(size.x >= 0.3 * size.y)
    }
    #expect(halves > 50)
  }

  @Test func halvesThatAreDigitsBecomeScribbles() throws {
    for label in [1, 7, 8] {
      var random = SplitMix64(seed: 3)
      let trail = HalfDigit.of(specimen(label, width: 0.8), random: &random)
      #expect(try #require(trail.bounds).low.x < 0)
    }
    var random = SplitMix64(seed: 3)
    #expect(try #require(HalfDigit.of(specimen(6, width: 0.2), random: &random).bounds).low.x < 0)
  }

  @Test func scribblesCrossTheirOwnWayManyTimes() {
    // A digit's ink is at most about five times as long as its longer side.
    let long = (0..<300).count { seed in
      var random = SplitMix64(seed: UInt64(seed))
      return SyntheticNonDigits.scribble.draw(random: &random).length > 3
    }
    #expect(long > 200)
  }
}
