// What every method of the comparison can do: learn from labelled pictures, and name new ones.

/// A way to read digits that learns from labelled pictures.
package protocol Classifier: Sendable {
  /// Learns, and forgets what it learnt before.
  mutating func fit(_ samples: Samples, _ effort: ExecutionContext) throws(Stopped)
  /// The digit of each row.
  func predict(_ pictures: Matrix, _ effort: ExecutionContext) throws(Stopped) -> [UInt8]
  /// The bytes of all that it must remember to predict.
  var bytes: Int { get }
  /// What it learnt, where that can be looked at: a picture a row.
  var learntPictures: Matrix? { get }
}

extension Classifier {
  /// Nothing to look at.
  package var learntPictures: Matrix? { nil }
}

/// Somebody asked a long calculation to stop.
package struct Stopped: Error, Sendable, Equatable {
  /// Makes the error.
  package init() {}
}

/// What a long calculation is given beside its numbers: threads, someone to tell how far it is, a way to be stopped.
package struct ExecutionContext: Sendable {
  /// How many threads may work.
  package let threads: Int
  /// Hears the share that is done, 0…1, now and then and from one thread.
  package let report: @Sendable (Double) -> Void
  /// Whether the work is still wanted; asked often, from any thread.
  package let isStopped: @Sendable () -> Bool

  /// Makes an effort; without words, two threads that nobody watches.
  package init(
    threads: Int = 2, report: @escaping @Sendable (Double) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.threads = max(1, threads)
    self.report = report
    self.isStopped = isStopped
  }

  /// The same effort, whose report is a part of a larger one.
  func part(_ from: Double, _ to: Double) -> ExecutionContext {
    let report = report
    return ExecutionContext(
      threads: threads, report: { report(from + (to - from) * $0) }, isStopped: isStopped)
  }

  /// The same effort, that nobody hears of.
  var quiet: ExecutionContext { ExecutionContext(threads: threads, isStopped: isStopped) }

  func check() throws(Stopped) {
    if isStopped() { throw Stopped() }
  }
}
