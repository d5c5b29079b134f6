// Numbered work shared among threads, with the results handed over in order.

/// Threads that do numbered pieces of work, each taking the next that has not begun.
///
/// `@unchecked Sendable`: `next` and `results` are touched with the condition locked.
package final class OrderedWork<Result: Sendable>: @unchecked Sendable {
  private let count: Int
  private let work: @Sendable (Int) -> Result
  private var next = 0
  private var results: [Int: Result] = [:]
  private let condition = Condition()

  /// Does all the work, and hands over each result, in order, on the caller's thread.
  ///
  /// - Parameters:
  ///   - count: How many pieces of work there are.
  ///   - threads: How many threads work; as many as the machine has processors where it is nil.
  ///   - work: Does the piece with the given number, on any thread.
  ///   - each: Receives each result, in the order of the numbers.
  package static func run(
    _ count: Int, threads: Int? = nil, work: @escaping @Sendable (Int) -> Result,
    each: (Int, Result) -> Void
  ) {
    let wanted = min(max(threads ?? SystemThread.processorCount, 1), count)
    if wanted <= 1 {
      for index in 0..<count { each(index, work(index)) }
      return
    }
    let shared = OrderedWork(count, work)
    let workers = (0..<wanted).compactMap { _ in SystemThread { shared.takeWork() } }
    if workers.isEmpty { shared.takeWork() }
    for index in 0..<count { each(index, shared.result(index)) }
    for worker in workers { worker.join() }
  }

  private init(_ count: Int, _ work: @escaping @Sendable (Int) -> Result) {
    self.count = count
    self.work = work
  }

  private func result(_ index: Int) -> Result {
    condition.locked {
      while true {
        if let result = results.removeValue(forKey: index) { return result }
        condition.wait()
      }
    }
  }

  private func takeWork() {
    while let index = nextIndex() {
      let result = work(index)
      condition.locked {
        results[index] = result
        condition.signalAll()
      }
    }
  }

  /// The number of the next piece of work, or nil when all have begun.
  private func nextIndex() -> Int? {
    condition.locked {
      guard next < count else { return nil }
      defer { next += 1 }
      return next
    }
  }
}
