import Synchronization
import Testing

@testable import Neural

@Suite struct TeamTests {
  @Test func eachThreadDoesItsPartOnce() {
    let team = Team(count: 4)
    let counts = (0..<4).map { _ in Counter() }
    for _ in 0..<500 { team.run { counts[$0].value.add(1, ordering: .relaxed) } }
    #expect(counts.allSatisfy { $0.value.load(ordering: .relaxed) == 500 })
  }

  @Test func aTeamThatNobodyHoldsIsGone() {
    weak var left: Team?
    do {
      let team = Team(count: 3)
      team.run { _ in }
      left = team
    }
    // Its end waits for its threads' ends.
    #expect(left == nil)
  }

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }
}
