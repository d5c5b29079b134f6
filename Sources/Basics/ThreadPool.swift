// Threads that run the same function together. A training step has a dozen phases of a fraction of a millisecond;
// starting threads, or a queue, would cost more than the work.

import CLibrary
import Synchronization

/// A fixed number of threads, the caller's among them, that run the same function at the same time.
///
/// `@unchecked Sendable`: `threads` changes in `init` alone; all other state is in the barrier.
package final class ThreadPool: @unchecked Sendable {
  /// How many threads run the function, the caller's among them.
  package let count: Int
  private let barrier = Barrier()
  private var threads: [SystemThread] = []

  /// Starts `count - 1` threads, or as many as the system gives.
  package init(count: Int) {
    let wanted = max(1, count)
    // The threads keep the barrier alive, not the pool, so that the pool's deinit can stop them.
    let barrier = barrier
    for index in 1..<max(2, wanted) where index < wanted {
      guard let thread = SystemThread({ barrier.serve(index) }) else { break }
      threads.append(thread)
    }
    self.count = threads.count + 1
  }

  deinit {
    barrier.close()
    for thread in threads { thread.join() }
  }

  /// Calls `body` once on each thread, with numbers from 0, and returns when all calls have returned.
  package func run(_ body: (Int) -> Void) {
    guard count > 1 else { return body(0) }
    withoutActuallyEscaping(body) { barrier.run($0, on: count) }
  }

  /// Calls `body` once for each number below `count`, on that many threads where the system gives them.
  package static func run(parts count: Int, _ body: (Int) -> Void) {
    let pool = ThreadPool(count: count)
    pool.run { thread in
      for part in stride(from: thread, to: count, by: pool.count) { body(part) }
    }
  }
}

/// What the threads of a pool share: the current function, and how many threads still run it.
///
/// `@unchecked Sendable`: `work` and `isClosed` are written by the owner before `round` is increased, and read by the
/// threads after they have seen the new round.
private final class Barrier: @unchecked Sendable {
  private let round = Atomic<Int>(0)
  private let pending = Atomic<Int>(0)
  private let sleeping = Atomic<Int>(0)
  private var work: ((Int) -> Void)?
  private var isClosed = false
  private let condition = Condition()

  /// A thread reads the counter this often before it yields the processor: about the length of a short phase.
  private static let spinCount = 20_000
  private static let yieldCount = 50

  /// Runs the caller's share of a round, and waits for the other threads.
  func run(_ body: @escaping (Int) -> Void, on count: Int) {
    work = body
    pending.store(count - 1, ordering: .relaxed)
    round.add(1, ordering: .sequentiallyConsistent)
    if sleeping.load(ordering: .sequentiallyConsistent) > 0 { condition.locked { condition.signalAll() } }
    body(0)
    var spins = 0
    while pending.load(ordering: .acquiring) > 0 {
      spins += 1
      if spins > Self.spinCount { sched_yield() }
    }
    work = nil
  }

  /// The body of each other thread: one call of the current function a round, until the pool closes.
  func serve(_ index: Int) {
    var seen = 0
    while true {
      seen = waitForRound(after: seen)
      if isClosed { return }
      work?(index)
      pending.subtract(1, ordering: .releasing)
    }
  }

  /// Stops the threads.
  func close() {
    isClosed = true
    round.add(1, ordering: .sequentiallyConsistent)
    condition.locked { condition.signalAll() }
  }

  private func waitForRound(after seen: Int) -> Int {
    for spin in 0..<Self.spinCount + Self.yieldCount {
      let now = round.load(ordering: .acquiring)
      if now != seen { return now }
      if spin >= Self.spinCount { sched_yield() }
    }
    return condition.locked {
      sleeping.add(1, ordering: .sequentiallyConsistent)
      defer { sleeping.subtract(1, ordering: .sequentiallyConsistent) }
      while true {
        let now = round.load(ordering: .sequentiallyConsistent)
        if now != seen { return now }
        condition.wait()
      }
    }
  }
}
