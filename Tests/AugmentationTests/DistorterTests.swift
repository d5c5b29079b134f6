// Random distortions of pictures.

import Augmentation
import Basics
import Preprocessing
import Testing

private let side = InputNormalizer.side
private let pixelCount = side * side

@Suite struct DistorterTests {
  /// A picture with a vertical bar in the middle.
  private let bar = (0..<pixelCount).map {
    (12..<16).contains($0 % side) && (5..<23).contains($0 / side) ? Float(1) : 0
  }

  private func varied(_ distortion: Distortion, seed: UInt64 = 1) -> [Float] {
    var random = SplitMix64(seed: seed)
    var target = [Float](repeating: -1, count: pixelCount)
    Distorter(distortion).distort(bar, into: &target, random: &random)
    return target
  }

  private var everything: Distortion {
    var all = Distortion()
    (all.rotation, all.scale, all.shear, all.shift) = (15, 0.15, 10, 2)
    all.elastic = 0.8
    (all.thicknessProbability, all.erasureProbability, all.coarseScanProbability) = (0.5, 0.5, 0.5)
    return all
  }

  @Test func noDistortionChangesNothing() {
    #expect(varied(Distortion()) == bar)
    #expect(Distortion().isIdentity)
  }

  @Test func aShareOfThePicturesIsUnchanged() {
    var half = everything
    half.unchangedProbability = 0.5
    let unchanged = (0..<200).count { varied(half, seed: UInt64($0)) == bar }
    #expect(70...130 ~= unchanged)
    half.unchangedProbability = 1
    #expect(half.isIdentity)
  }

  @Test func aSeedDeterminesTheResult() {
    #expect(varied(everything, seed: 7) == varied(everything, seed: 7))
    #expect(varied(everything, seed: 7) != varied(everything, seed: 8))
  }

  @Test func levelsStayBetweenPaperAndInk() {
    for seed in 0..<200 {
      let picture = varied(everything, seed: UInt64(seed))
      #expect(picture.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(picture.reduce(0, +) > 10, "most of the ink must survive")
    }
  }

  @Test func aShiftMovesTheInkUpToItsBound() {
    var shift = Distortion()
    shift.shift = 3
    var furthest: Float = 0
    for seed in 0..<100 {
      let picture = varied(shift, seed: UInt64(seed))
      let mass = picture.reduce(0, +)
      let x = picture.enumerated().reduce(Float(0)) { $0 + Float($1.offset % side) * $1.element } / mass
      furthest = max(furthest, abs(x - 13.5))
    }
    #expect(furthest > 2 && furthest < 3.01, "\(furthest)")
  }

  @Test func elasticDisplacementsHaveTheirDeviation() {
    // The levels of a horizontal ramp show the horizontal displacement of each pixel.
    let ramp = (0..<pixelCount).map { Float($0 % side) / Float(side) }
    var elastic = Distortion()
    elastic.elastic = 1
    let distorter = Distorter(elastic)
    var random = SplitMix64(seed: 3)
    var target = [Float](repeating: 0, count: pixelCount)
    var (sum, count): (Float, Float) = (0, 0)
    for _ in 0..<200 {
      distorter.distort(ramp, into: &target, random: &random)
      for index in 0..<pixelCount where (6..<22).contains(index % side) && (6..<22).contains(index / side) {
        let moved = (target[index] - ramp[index]) * Float(side)
        sum += moved * moved
        count += 1
      }
    }
    let deviation = (sum / count).squareRoot()
    #expect(abs(deviation - 1) < 0.15, "\(deviation)")
  }
}
