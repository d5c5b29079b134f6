// Makes batches on a thread of its own, a few ahead of the step that wants them.

import Basics
import NeuralNetwork

/// Batches made ahead, in order; what they hold does not depend on when they are made.
final class BatchPrefetcher {
  private let shared: Shared
  private let thread: SystemThread?

  /// How many batches wait at most: enough for a moment in which this thread gets no processor.
  private static let depth = 4

  /// Starts to make the batches of a range, in their order.
  init(_ range: Range<Int>, make: @escaping @Sendable (Int) -> Batch) {
    let shared = Shared(range: range, make: make)
    self.shared = shared
    thread = SystemThread { shared.work() }
  }

  deinit {
    shared.stop()
    thread?.join()
  }

  /// The next batch, or nil after the last; waits until it is made.
  func next() -> Batch? {
    thread != nil ? shared.take() : shared.makeNext()
  }

  /// What both threads see, behind one lock.
  private final class Shared: @unchecked Sendable {
    private let make: @Sendable (Int) -> Batch
    private let end: Int
    private var upcoming: Int
    private var taken: Int
    private var ready: [Batch] = []
    private var isStopped = false
    private let condition = Condition()

    init(range: Range<Int>, make: @escaping @Sendable (Int) -> Batch) {
      self.make = make
      upcoming = range.lowerBound
      taken = range.lowerBound
      end = range.upperBound
    }

    func work() {
      while let index = next() {
        let batch = make(index)
        condition.locked {
          ready.append(batch)
          condition.signalAll()
        }
      }
    }

    /// The next batch to make, once there is room for it; nil when all are made or nobody wants more.
    private func next() -> Int? {
      condition.locked {
        while !isStopped, ready.count >= BatchPrefetcher.depth { condition.wait() }
        guard !isStopped, upcoming < end else { return nil }
        defer { upcoming += 1 }
        return upcoming
      }
    }

    func take() -> Batch? {
      condition.locked {
        guard taken < end else { return nil }
        while ready.isEmpty { condition.wait() }
        taken += 1
        condition.signalAll()
        return ready.removeFirst()
      }
    }

    func makeNext() -> Batch? {
      guard taken < end else { return nil }
      defer { taken += 1 }
      return make(taken)
    }

    func stop() {
      condition.locked {
        isStopped = true
        condition.signalAll()
      }
    }
  }
}
