// The choice of the validation data.

import Datasets
import Formats
import Testing

@Suite struct ValidationSplitTests {
  @Test func wholeWritersAreHeldOut() {
    let writers = (0..<600).map { Writer($0 * $0 % 37) }
    let heldOut = Set(ValidationSplit.byWriter(writers, count: 100))
    #expect(heldOut.count > 80 && heldOut.count <= 100)
    let outside = Set(writers.indices.filter { !heldOut.contains($0) }.map { writers[$0] })
    #expect(heldOut.allSatisfy { !outside.contains(writers[$0]) })
    #expect(Set(ValidationSplit.byWriter(writers, count: 100)) == heldOut)
  }

  @Test func withoutWritersTheCountIsExact() {
    #expect(Set(ValidationSplit.plain(60, count: 10)).count == 10)
    #expect(ValidationSplit.plain(5, count: 10).count == 5)
  }

  @Test func oneWriterIsAlwaysLeft() {
    #expect(ValidationSplit.heldOut([3, 1, 2, 3], count: 2).count == 2)
    #expect(ValidationSplit.heldOut([3, 1], count: 6).count == 1)
    #expect(ValidationSplit.heldOut([3], count: 6).isEmpty)
  }
}
