// Makes batches on a thread of its own, a few ahead of the step that wants them.

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
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let change: UnsafeMutablePointer<pthread_cond_t>

    init(range: Range<Int>, make: @escaping @Sendable (Int) -> Batch) {
      self.make = make
      upcoming = range.lowerBound
      taken = range.lowerBound
      end = range.upperBound
      lock = .allocate(capacity: 1)
      change = .allocate(capacity: 1)
      pthread_mutex_init(lock, nil)
      pthread_cond_init(change, nil)
    }

    deinit {
      pthread_cond_destroy(change)
      pthread_mutex_destroy(lock)
      change.deallocate()
      lock.deallocate()
    }

    func work() {
      while true {
        pthread_mutex_lock(lock)
        while !isStopped, ready.count >= BatchAhead.depth { pthread_cond_wait(change, lock) }
        let index = upcoming
        let isOver = isStopped || index >= end
        upcoming += 1
        pthread_mutex_unlock(lock)
        if isOver { return }
        let batch = make(index)
        pthread_mutex_lock(lock)
        ready.append(batch)
        pthread_cond_signal(change)
        pthread_mutex_unlock(lock)
      }
    }

    func take() -> Batch? {
      pthread_mutex_lock(lock)
      defer { pthread_mutex_unlock(lock) }
      guard taken < end else { return nil }
      while ready.isEmpty { pthread_cond_wait(change, lock) }
      taken += 1
      pthread_cond_signal(change)
      return ready.removeFirst()
    }

    func makeNext() -> Batch? {
      guard taken < end else { return nil }
      defer { taken += 1 }
      return make(taken)
    }

    func stop() {
      pthread_mutex_lock(lock)
      isStopped = true
      pthread_cond_signal(change)
      pthread_mutex_unlock(lock)
    }
  }
}
