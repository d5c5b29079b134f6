// Equal jobs shared among threads.

import Basics
import Synchronization

extension ExecutionContext {
  /// Runs jobs 0 ..< count, each on whichever thread is free; the thread's number is the second argument.
  ///
  /// Which thread runs a job is not determined, so a job's result may depend on its number alone.
  func share(_ count: Int, _ job: @escaping @Sendable (_ job: Int, _ thread: Int) -> Void) throws(Stopped) {
    let begun = Atomic<Int>(0)
    ThreadPool(count: min(threads, count)).run { thread in
      while !isStopped() {
        let next = begun.add(1, ordering: .relaxed).oldValue
        guard next < count else { return }
        job(next, thread)
        if thread == 0 { report(Double(next + 1) / Double(count)) }
      }
    }
    try check()
  }
}
