// How often checkpoints are saved.

import Testing
import Training

@Suite struct CheckpointThrottleTests {
  /// Simulates 100 seconds of training: returns the number of checkpoints and the longest time between them.
  private func simulate(checkpointSeconds: Double, epochSeconds: Double) -> (count: Int, longest: Double) {
    var throttle = CheckpointThrottle(share: 0.05)
    var (clock, last, count, longest) = (0.0, 0.0, 0, 0.0)
    while clock < 100 {
      clock += epochSeconds
      guard throttle.isDue(at: clock) else { continue }
      longest = max(longest, clock - last)
      throttle.record(from: clock, to: clock + checkpointSeconds)
      clock += checkpointSeconds
      last = clock
      count += 1
    }
    return (count, longest)
  }

  @Test func eachLongEpochHasACheckpoint() {
    #expect(simulate(checkpointSeconds: 0.05, epochSeconds: 1).count == 96)
  }

  @Test func shortEpochsShareACheckpoint() {
    let (count, longest) = simulate(checkpointSeconds: 0.05, epochSeconds: 0.125)
    // A twentieth of the time, and at most that and one epoch after the last checkpoint.
    #expect(Double(count) * 0.05 <= 5.05 && count > 80)
    #expect(longest <= 0.05 * 19 + 0.125 + 1e-9)
  }

  @Test func theFirstCheckpointIsDueAtOnce() {
    #expect(CheckpointThrottle(share: 0.05).isDue(at: 0))
  }
}
