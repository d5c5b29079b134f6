// A mutex with a condition variable, for state that threads share.

import CLibrary

/// A mutex, and a condition variable on which its holder can wait for another thread's change.
///
/// `@unchecked Sendable`: both pointers are set once, and the system's calls on them are safe on any thread.
package final class Condition: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  /// Makes an unlocked mutex.
  package init() {
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // A deadline must not move when the time of day is set.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Runs `body` with the mutex locked.
  package func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Unlocks the mutex until another thread signals; only within `locked`.
  package func wait() { pthread_cond_wait(condition, mutex) }

  /// Waits, within `locked`, until `isTrue` holds; false where it does not within `limit`.
  package func wait(within limit: Duration, until isTrue: () -> Bool) -> Bool {
    let nanoseconds = 1_000_000_000
    var deadline = timespec()
    clock_gettime(CLOCK_MONOTONIC, &deadline)
    let (seconds, attoseconds) = limit.components
    deadline.tv_nsec += Int(attoseconds / 1_000_000_000)
    deadline.tv_sec += Int(seconds) + deadline.tv_nsec / nanoseconds
    deadline.tv_nsec %= nanoseconds
    while !isTrue() {
      if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { return isTrue() }
    }
    return true
  }

  /// Wakes all threads that wait.
  package func signalAll() { pthread_cond_broadcast(condition) }
}
