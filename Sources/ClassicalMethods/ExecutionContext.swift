// Threads, progress and interruption of a long calculation.

import Basics
import Synchronization

/// A calculation was stopped on request.
package struct Stopped: Error, Sendable, Equatable {
  /// Makes the error.
  package init() {}
}

/// How a long calculation runs: on how many threads, where it reports its progress, and when it must stop.
package struct ExecutionContext: Sendable {
  /// The number of threads.
  package let threads: Int
  /// Receives the completed share, 0…1, from the thread that started the calculation.
  package let report: @Sendable (Double) -> Void
  /// Whether the calculation must stop; called often, from any thread.
  package let isStopped: @Sendable () -> Bool

  /// Makes a context; by default two threads, no report, and no interruption.
  package init(
    threads: Int = 2, report: @escaping @Sendable (Double) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.threads = max(1, threads)
    self.report = report
    self.isStopped = isStopped
  }

  /// The same context, whose 0…1 is reported as a part of the whole calculation.
  func part(_ from: Double, _ to: Double) -> ExecutionContext {
    let report = report
    return ExecutionContext(
      threads: threads, report: { report(from + (to - from) * $0) }, isStopped: isStopped)
  }

  /// Part `index` of `count` equal parts of the interval from `from` to `to`.
  func part(_ index: Int, of count: Int, from: Double = 0, to: Double = 1) -> ExecutionContext {
    let width = (to - from) / Double(count)
    return part(from + width * Double(index), from + width * Double(index + 1))
  }

  /// The same context without reports.
  var quiet: ExecutionContext { ExecutionContext(threads: threads, isStopped: isStopped) }

  func check() throws(Stopped) {
    if isStopped() { throw Stopped() }
  }

  /// Runs jobs on consecutive ranges of `count` rows, at most `rowsAtOnce` each, and each on the next free thread.
  ///
  /// Which thread runs a job is not determined, so a job's result may depend on its range alone.
  func runJobs(rows count: Int, atOnce rowsAtOnce: Int, _ job: (Range<Int>) -> Void) throws(Stopped) {
    let chunks = (0..<count).chunks(of: rowsAtOnce)
    let begun = Atomic<Int>(0)
    ThreadPool(count: min(threads, chunks.count)).run { thread in
      while !isStopped() {
        let next = begun.add(1, ordering: .relaxed).oldValue
        guard next < chunks.count else { return }
        job(chunks[next])
        if thread == 0 { report(Double(next + 1) / Double(chunks.count)) }
      }
    }
    try check()
  }
}

extension Range<Int> {
  /// Consecutive ranges of `size` numbers; the last one may be shorter.
  func chunks(of size: Int) -> [Range<Int>] {
    stride(from: lowerBound, to: upperBound, by: size).map { $0..<Swift.min(upperBound, $0 + size) }
  }

  /// Part `index` of `count` nearly equal parts; a fixed part for each thread makes sums reproducible to the bit.
  func part(_ index: Int, of count: Int) -> Range<Int> {
    (lowerBound + self.count * index / count)..<(lowerBound + self.count * (index + 1) / count)
  }
}
