// How often a checkpoint is worth its time.

/// When something that takes a while is due again, so that it takes no more than a share of all the time.
package struct CheckpointThrottle: Sendable {
  private let share: Double
  private var next = -Double.infinity

  /// At most this share of the time.
  package init(share: Double) { self.share = share }

  /// Whether it is due: at once where it was never done.
  package func isDue(at time: Double) -> Bool { time >= next }

  /// It was done, from one moment to another.
  package mutating func wasDone(from began: Double, to end: Double) {
    next = end + (end - began) * (1 / share - 1)
  }
}
