// A counting semaphore with a time limit.

/// A count of permits that threads wait for.
///
/// `@unchecked Sendable`: `count` is touched with the condition locked.
package final class Semaphore: @unchecked Sendable {
  private let condition = Condition()
  private var count = 0

  /// Makes a semaphore without permits.
  package init() {}

  /// Adds a permit.
  package func post() {
    condition.locked {
      count += 1
      condition.signalAll()
    }
  }

  /// Waits for a permit and takes it.
  package func wait() {
    condition.locked {
      while count == 0 { condition.wait() }
      count -= 1
    }
  }

  /// Waits for a permit and takes it; false where none came within `limit`.
  package func wait(within limit: Duration) -> Bool {
    condition.locked {
      guard condition.wait(within: limit, until: { count > 0 }) else { return false }
      count -= 1
      return true
    }
  }
}
