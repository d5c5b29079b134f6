import NeuralNetwork
import Testing
import Training

@Suite struct SplitTests {
  @Test func wholeWritersAreKeptOut() {
    let writers = (0..<600).map { $0 * $0 % 37 }
    let kept = Set(ValidationSplit.byWriter(writers, count: 100))
    #expect(kept.count > 80 && kept.count <= 100)
    let outside = Set(writers.indices.filter { !kept.contains($0) }.map { writers[$0] })
    #expect(kept.allSatisfy { !outside.contains(writers[$0]) })
    #expect(Set(ValidationSplit.byWriter(writers, count: 100)) == kept)
  }

  @Test func withoutWritersTheCountIsExact() {
    #expect(Set(ValidationSplit.plain(60, count: 10)).count == 10)
    #expect(ValidationSplit.plain(5, count: 10).count == 5)
  }

  @Test func somebodyIsLeftToLearnFrom() {
    #expect(ValidationSplit.heldOut([3, 1, 2, 3], count: 2).count == 2)
    #expect(ValidationSplit.heldOut([3, 1], count: 6).count == 1)
    #expect(ValidationSplit.heldOut([3], count: 6).isEmpty)
  }
}
