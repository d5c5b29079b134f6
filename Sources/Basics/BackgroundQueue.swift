// A thread for slow work, so that the caller never waits for it.

import CLibrary

/// A thread that runs jobs one after the other, and sleeps while there are none.
package final class BackgroundQueue: Sendable {
  private let shared = Shared()

  /// Starts the thread.
  ///
  /// - Parameter hasLowPriority: Whether other threads of the program go first, such as the one that draws.
  package init(hasLowPriority: Bool = false) {
    let shared = shared
    SystemThread {
      // On Linux a thread's niceness is its own; five is a third of an ordinary thread's share.
      if hasLowPriority { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5) }
      shared.run()
    }?.detach()
  }

  deinit { shared.close(discardingJobs: false) }

  /// Puts a job at the end of the queue; with `only`, in place of all that have not begun.
  package func submit(only: Bool = false, _ job: @escaping @Sendable () -> Void) {
    shared.submit(only: only, job)
  }

  /// Waits until all jobs that were submitted so far have ended; false where that takes longer than `limit`.
  package func finish(within limit: Duration) -> Bool {
    let done = Semaphore()
    submit { done.post() }
    return done.wait(within: limit)
  }

  /// Ends the thread when the current job has ended; jobs that wait are dropped.
  package func cancel() { shared.close(discardingJobs: true) }

  /// Whether a job waits.
  package var hasWaitingJob: Bool { shared.hasWaitingJob }

  /// What the queue and its thread share; the thread keeps this object alive, not the queue.
  ///
  /// `@unchecked Sendable`: `jobs` and `isClosed` are touched with the condition locked.
  private final class Shared: @unchecked Sendable {
    private var jobs: [@Sendable () -> Void] = []
    private var isClosed = false
    private let condition = Condition()

    func submit(only: Bool, _ job: @escaping @Sendable () -> Void) {
      condition.locked {
        if only { jobs.removeAll() }
        jobs.append(job)
        condition.signalAll()
      }
    }

    var hasWaitingJob: Bool { condition.locked { !jobs.isEmpty } }

    /// Runs all jobs; ends when the queue is gone and none is left.
    func run() {
      while let job = next() { job() }
    }

    func close(discardingJobs: Bool) {
      condition.locked {
        if discardingJobs { jobs.removeAll() }
        isClosed = true
        condition.signalAll()
      }
    }

    private func next() -> (@Sendable () -> Void)? {
      condition.locked {
        while jobs.isEmpty {
          if isClosed { return nil }
          condition.wait()
        }
        return jobs.removeFirst()
      }
    }
  }
}
