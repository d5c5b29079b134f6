// Makes batches on a thread of its own, a few ahead of the step that wants them.

import Neural

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Batches made ahead, in order; what they hold does not depend on when they are made.
final class BatchAhead {
  private let shared: Shared
  private var thread = pthread_t()
  private let hasThread: Bool

  /// How many batches wait at most: enough to ride over a moment without a processor.
  private static let depth = 4

  /// Starts to make the batches of a range, in their order.
  init(_ range: Range<Int>, make: @escaping @Sendable (Int) -> Batch) {
    shared = Shared(range: range, make: make)
    let box = Unmanaged.passRetained(shared)
    hasThread =
      pthread_create(
        &thread, nil,
        { pointer in
          guard let pointer else { return nil }
          Unmanaged<Shared>.fromOpaque(pointer).takeRetainedValue().work()
          return nil
        }, box.toOpaque()) == 0
    if !hasThread { box.release() }
  }

  deinit {
    guard hasThread else { return }
    shared.stop()
    pthread_join(thread, nil)
  }

  /// The next batch, or nil after the last; waits until it is made.
  func next() -> Batch? {
    hasThread ? shared.take() : shared.makeNext()
  }

  /// What both threads see, behind one lock.
  private final class Shared: @unchecked Sendable {
    private let make: @Sendable (Int) -> Batch
    private let end: Int
    private var upcoming: Int
    private var taken: Int
    private var ready: [Batch] = []
    private var isStopped = false
    private let gate = Gate()

    init(range: Range<Int>, make: @escaping @Sendable (Int) -> Batch) {
      self.make = make
      upcoming = range.lowerBound
      taken = range.lowerBound
      end = range.upperBound
    }

    func work() {
      while let index = next() {
        let batch = make(index)
        gate.locked {
          ready.append(batch)
          gate.announce()
        }
      }
    }

    /// The next batch to make, once there is room for it; nil when all are made or nobody wants more.
    private func next() -> Int? {
      gate.locked {
        while !isStopped, ready.count >= BatchAhead.depth { gate.wait() }
        guard !isStopped, upcoming < end else { return nil }
        defer { upcoming += 1 }
        return upcoming
      }
    }

    func take() -> Batch? {
      gate.locked {
        guard taken < end else { return nil }
        while ready.isEmpty { gate.wait() }
        taken += 1
        gate.announce()
        return ready.removeFirst()
      }
    }

    func makeNext() -> Batch? {
      guard taken < end else { return nil }
      defer { taken += 1 }
      return make(taken)
    }

    func stop() {
      gate.locked {
        isStopped = true
        gate.announce()
      }
    }
  }
}
