import Augmentation
import Basics
import Testing

@Suite struct DistortionTests {
  /// A picture with an upright bar in the middle.
  private let bar = (0..<784).map { (12..<16).contains($0 % 28) && (5..<23).contains($0 / 28) ? Float(1) : 0 }

  private func varied(_ distortion: Distortion, seed: UInt64 = 1) -> [Float] {
    var random = SplitMix64(seed: seed)
    var target = [Float](repeating: -1, count: 784)
    Distorter(distortion).vary(bar, into: &target, random: &random)
    return target
  }

  private var everything: Distortion {
    var all = Distortion()
    (all.rotation, all.scale, all.shear, all.shift) = (15, 0.15, 10, 2)
    (all.elastic, all.thickness, all.erase, all.coarse) = (0.8, 0.5, 0.5, 0.5)
    return all
  }

  @Test func nothingAskedChangesNothing() {
    #expect(varied(Distortion()) == bar)
    #expect(Distortion().changesNothing)
  }

  @Test func aShareIsLeftAsItIs() {
    var half = everything
    half.plain = 0.5
    let plain = (0..<200).count { varied(half, seed: UInt64($0)) == bar }
    #expect(70...130 ~= plain)
    half.plain = 1
    #expect(half.changesNothing)
  }

  @Test func aSeedDeterminesTheResult() {
    #expect(varied(everything, seed: 7) == varied(everything, seed: 7))
    #expect(varied(everything, seed: 7) != varied(everything, seed: 8))
  }

  @Test func inkStaysBetweenPaperAndInk() {
    for seed in 0..<200 {
      let picture = varied(everything, seed: UInt64(seed))
      #expect(picture.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(picture.reduce(0, +) > 10, "most of the ink must survive")
    }
  }

  @Test func aShiftMovesTheInkAsFarAsAsked() {
    var shift = Distortion()
    shift.shift = 3
    var furthest: Float = 0
    for seed in 0..<100 {
      let picture = varied(shift, seed: UInt64(seed))
      let mass = picture.reduce(0, +)
      let x = picture.enumerated().reduce(Float(0)) { $0 + Float($1.offset % 28) * $1.element } / mass
      furthest = max(furthest, abs(x - 13.5))
    }
    #expect(furthest > 2 && furthest < 3.01, "\(furthest)")
  }

  @Test func elasticBendsByItsDeviation() {
    // A ramp from left to right shows by how much each place was moved across.
    let ramp = (0..<784).map { Float($0 % 28) / 28 }
    var elastic = Distortion()
    elastic.elastic = 1
    let distorter = Distorter(elastic)
    var random = SplitMix64(seed: 3)
    var target = [Float](repeating: 0, count: 784)
    var (sum, count): (Float, Float) = (0, 0)
    for _ in 0..<200 {
      distorter.vary(ramp, into: &target, random: &random)
      for index in 0..<784 where (6..<22).contains(index % 28) && (6..<22).contains(index / 28) {
        let moved = (target[index] - ramp[index]) * 28
        sum += moved * moved
        count += 1
      }
    }
    let deviation = (sum / count).squareRoot()
    #expect(abs(deviation - 1) < 0.15, "\(deviation)")
  }
}
