import NeuralNetwork
import Testing
import Training

@Suite struct PaceTests {
  /// How often something that takes so long is done in 100 seconds after epochs that take so long, and when last.
  private func times(taking cost: Double, afterEpochsOf epoch: Double) -> (count: Int, longest: Double) {
    var pace = CheckpointThrottle(share: 0.05)
    var (clock, last, count, longest) = (0.0, 0.0, 0, 0.0)
    while clock < 100 {
      clock += epoch
      guard pace.isDue(at: clock) else { continue }
      longest = max(longest, clock - last)
      pace.wasDone(from: clock, to: clock + cost)
      clock += cost
      last = clock
      count += 1
    }
    return (count, longest)
  }

  @Test func longEpochsAreAllKept() {
    #expect(times(taking: 0.05, afterEpochsOf: 1).count == 96)
  }

  @Test func quickOnesShareACheckpoint() {
    let (count, longest) = times(taking: 0.05, afterEpochsOf: 0.125)
    // A twentieth of the time, and never more than that and one epoch from the last.
    #expect(Double(count) * 0.05 <= 5.05 && count > 80)
    #expect(longest <= 0.05 * 19 + 0.125 + 1e-9)
  }

  @Test func theFirstIsDueAtOnce() {
    #expect(CheckpointThrottle(share: 0.05).isDue(at: 0))
  }
}
