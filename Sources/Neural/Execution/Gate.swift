// A lock, and a place to wait for a change of what it guards: what threads share is written once.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A lock with a place where its holder may wait until another thread has changed something.
package final class Gate: @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let change: UnsafeMutablePointer<pthread_cond_t>

  /// Makes an open gate.
  package init() {
    lock = .allocate(capacity: 1)
    change = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    pthread_cond_init(change, nil)
  }

  deinit {
    pthread_cond_destroy(change)
    pthread_mutex_destroy(lock)
    change.deallocate()
    lock.deallocate()
  }

  /// Runs a body that no other thread's runs beside.
  package func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }

  /// Lets others in until one of them says that something has changed; only within `locked`.
  package func wait() { pthread_cond_wait(change, lock) }

  /// Says to all who wait that something has changed.
  package func announce() { pthread_cond_broadcast(change) }
}
