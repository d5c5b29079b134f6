// Limits how often checkpoints are saved.

/// Decides when a repeated task is due, so that it takes at most a given share of the time.
package struct CheckpointThrottle: Sendable {
  private let share: Double
  private var next = -Double.infinity

  /// At most this share of the time.
  package init(share: Double) { self.share = share }

  /// Whether the task is due; the first time is due at once.
  package func isDue(at time: Double) -> Bool { time >= next }

  /// Records when the task began and ended.
  package mutating func record(from began: Double, to end: Double) {
    next = end + (end - began) * (1 / share - 1)
  }
}
