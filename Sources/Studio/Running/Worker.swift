// A thread for slow work: it takes values and gives values, and the window's thread never waits for it.

import Glibc
import Synchronization

/// A thread that does jobs one after the other, and sleeps while there are none.
package final class Worker: Sendable {
  private let waiting = Mutex<[@Sendable () -> Void]>([])
  private let signal: Signal
  private let isPatient: Bool
  private let isRetired = Mutex(false)

  /// Starts the thread; a patient one leaves the processor to any other that wants it, such as the one that draws.
  package init(isPatient: Bool = false) {
    signal = Signal()
    self.isPatient = isPatient
    let box = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { box in
        guard let box else { return nil }
        return Unmanaged<Worker>.fromOpaque(box).takeRetainedValue().run()
      }, box.toOpaque())
    if failed == 0 { pthread_detach(thread) } else { box.release() }
  }

  /// Puts a job at the end of the queue; with `only`, in place of all that have not begun.
  package func submit(only: Bool = false, _ job: @escaping @Sendable () -> Void) {
    waiting.withLock { jobs in
      if only { jobs.removeAll() }
      jobs.append(job)
    }
    signal.post()
  }

  /// Waits until all jobs that were submitted so far are done; false where that takes longer than a limit.
  package func finish(within limit: Duration) -> Bool {
    let done = Signal()
    submit { done.post() }
    return done.wait(within: limit)
  }

  /// Ends the thread when the job under way is done; those that wait are not begun.
  package func retire() {
    isRetired.withLock { $0 = true }
    signal.post()
  }

  /// Whether a job waits.
  var isWanted: Bool { waiting.withLock { !$0.isEmpty } }

  private func run() -> UnsafeMutableRawPointer? {
    // On Linux a thread's niceness is its own; five is a third of an ordinary thread's share.
    if isPatient { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5) }
    while true {
      signal.wait()
      if isRetired.withLock({ $0 }) { return nil }
      while !isRetired.withLock({ $0 }), let job = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
        job()
      }
    }
  }
}

/// A semaphore.
package final class Signal: Sendable {
  // Both are only used by the system's functions for them, which any thread may call.
  nonisolated(unsafe) private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  nonisolated(unsafe) private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Guarded by the mutex.
  nonisolated(unsafe) private var count = 0

  package init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // Limits are not to move with the time of day.
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

  package func post() {
    pthread_mutex_lock(mutex)
    count += 1
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  package func wait() {
    pthread_mutex_lock(mutex)
    while count == 0 { pthread_cond_wait(condition, mutex) }
    count -= 1
    pthread_mutex_unlock(mutex)
  }

  /// Waits no longer than a limit; false where it was reached.
  package func wait(within limit: Duration) -> Bool {
    var deadline = timespec()
    clock_gettime(CLOCK_MONOTONIC, &deadline)
    let (seconds, attoseconds) = limit.components
    deadline.tv_sec += Int(seconds)
    deadline.tv_nsec += Int(attoseconds / 1_000_000_000)
    if deadline.tv_nsec >= 1_000_000_000 {
      deadline.tv_sec += 1
      deadline.tv_nsec -= 1_000_000_000
    }
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while count == 0 {
      if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { break }
    }
    if count == 0 { return false }
    count -= 1
    return true
  }
}
