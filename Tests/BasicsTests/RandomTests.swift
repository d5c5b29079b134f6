// The random number generators give their references' bits and the promised distributions.

import Basics
import Testing

@Suite struct Xoshiro256Tests {
  @Test func bitsAreThoseOfTheReference() {
    // xoshiro256** by its authors' C code, from the state 1, 2, 3, 4.
    var random = Xoshiro256(state: SIMD4(1, 2, 3, 4))
    let expected: [UInt64] = [11520, 0, 1_509_978_240, 1_215_971_899_390_074_240]
    #expect(expected.map { _ in random?.next() ?? 0 } == expected)
    #expect(Xoshiro256(state: SIMD4()) == nil)
  }

  @Test func streamsDiffer() {
    var firsts: Set<UInt64> = []
    for stream in 0..<1000 {
      var random = Xoshiro256(seed: 5, stream: UInt64(stream))
      firsts.insert(random.next())
    }
    #expect(firsts.count == 1000)
  }

  @Test func distributionsAreAsPromised() {
    var random = Xoshiro256(seed: 2)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.index(below: 7)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    let normals = (0..<100_000).map { _ in random.normal() }
    #expect(abs(normals.reduce(0, +)) / 100_000 < 0.02)
    #expect(abs(normals.map { $0 * $0 }.reduce(0, +) / 100_000 - 1) < 0.02)
  }
}

@Suite struct SplitMix64Tests {
  @Test func bitsAreThoseOfTheReference() {
    // SplitMix64 by Vigna's C code, from the state 1234567.
    var random = SplitMix64(state: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
    ]
    #expect(expected.map { _ in random.next() } == expected)
  }

  @Test func numbersNameStreams() {
    var firsts: Set<UInt64> = []
    for epoch in 0..<30 {
      for sample in 0..<30 {
        var random = SplitMix64(seed: 5, epoch, sample)
        firsts.insert(random.next())
      }
    }
    #expect(firsts.count == 900)
  }

  @Test func distributionsAreAsPromised() {
    var random = SplitMix64(seed: 2)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.index(below: 7)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    let normals = (0..<100_000).map { _ in random.approximateNormal() }
    #expect(abs(normals.reduce(0, +)) / 100_000 < 0.02)
    #expect(abs(normals.map { $0 * $0 }.reduce(0, +) / 100_000 - 1) < 0.02)
    let order = random.permutation(of: 100)
    #expect(order != Array(0..<100))
    #expect(order.sorted() == Array(0..<100))
  }
}
