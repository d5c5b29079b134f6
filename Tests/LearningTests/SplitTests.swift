import Learning
import Testing

@Suite struct SplitTests {
  @Test func wholeWritersAreKeptOut() {
    let writers = (0..<600).map { $0 * $0 % 37 }
    let kept = Set(Split.byWriter(writers, count: 100))
    #expect(kept.count > 80 && kept.count <= 100)
    let outside = Set(writers.indices.filter { !kept.contains($0) }.map { writers[$0] })
    #expect(kept.allSatisfy { !outside.contains(writers[$0]) })
    #expect(Set(Split.byWriter(writers, count: 100)) == kept)
  }

  @Test func withoutWritersTheCountIsExact() {
    #expect(Set(Split.plain(60, count: 10)).count == 10)
    #expect(Split.plain(5, count: 10).count == 5)
  }

  @Test func somebodyIsLeftToLearnFrom() {
    #expect(Split.heldOut([3, 1, 2, 3], count: 2).count == 2)
    #expect(Split.heldOut([3, 1], count: 6).count == 1)
    #expect(Split.heldOut([3], count: 6).isEmpty)
  }
}
