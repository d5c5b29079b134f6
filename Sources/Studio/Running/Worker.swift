// A thread for slow work: it takes values and gives values, and the window's thread never waits for it.

import Glibc
import Synchronization

/// A thread that does jobs one after the other, and sleeps while there are none.
final class Worker: Sendable {
  private let waiting = Mutex<[@Sendable () -> Void]>([])
  private let signal: Signal
  private let isPatient: Bool

  /// Starts the thread; a patient one leaves the processor to any other that wants it, such as the one that draws.
  init(isPatient: Bool = false) {
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
  func submit(only: Bool = false, _ job: @escaping @Sendable () -> Void) {
    waiting.withLock { jobs in
      if only { jobs.removeAll() }
      jobs.append(job)
    }
    signal.post()
  }

  /// Whether a job waits.
  var isWanted: Bool { waiting.withLock { !$0.isEmpty } }

  private func run() -> UnsafeMutableRawPointer? {
    // On Linux a thread's niceness is its own; five is a third of an ordinary thread's share.
    if isPatient { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5) }
    while true {
      signal.wait()
      while let job = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { job() }
    }
  }
}

/// A semaphore.
private final class Signal: Sendable {
  nonisolated(unsafe) private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func post() { sem_post(semaphore) }

  func wait() {
    while sem_wait(semaphore) != 0 {}
  }
}
