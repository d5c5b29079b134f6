// Makes batches on a thread of its own, some batches ahead of the training step.

import Augmentation
import Basics

/// The batches of the rest of a run, made ahead in order; their contents do not depend on when they are made.
final class BatchPrefetcher {
  private let queue: Queue
  private let thread: SystemThread?

  /// The greatest number of waiting batches: enough for the moments in which the thread has no processor.
  private static let depth = 4

  /// Starts to make the batches of a run from the given step on.
  init(_ maker: BatchMaker, distortion: Distortion, from step: Int, epochs: Int) {
    let queue = Queue(maker, distortion: distortion, range: step..<max(step, epochs * maker.batchesPerEpoch))
    self.queue = queue
    thread = SystemThread { queue.fill() }
  }

  deinit {
    queue.stop()
    thread?.join()
  }

  /// The next batch, or nil after the last; waits until it is made.
  func next() -> Batch? {
    thread != nil ? queue.removeFirst() : queue.makeNext()
  }

  /// The batches between the two threads.
  ///
  /// `@unchecked Sendable`: one thread alone makes batches and touches `epoch`, `order` and `fixedBatch`; all other
  /// variables are touched with the condition locked.
  private final class Queue: @unchecked Sendable {
    private let maker: BatchMaker
    private let distorter: Distorter
    private var epoch = -1
    private var order: [Int32] = []
    private var fixedBatch: Batch?

    private let condition = Condition()
    private let end: Int
    private var made: Int
    private var removed: Int
    private var batches: [Batch] = []
    private var isStopped = false

    init(_ maker: BatchMaker, distortion: Distortion, range: Range<Int>) {
      self.maker = maker
      distorter = Distorter(distortion)
      made = range.lowerBound
      removed = range.lowerBound
      end = range.upperBound
    }

    /// Makes all batches, as long as they are wanted.
    func fill() {
      while let index = nextIndex() {
        let batch = batch(index)
        condition.locked {
          batches.append(batch)
          condition.signalAll()
        }
      }
    }

    /// The number of the next batch to make, after the queue has space; nil after the last batch or a stop.
    private func nextIndex() -> Int? {
      condition.locked {
        while !isStopped, batches.count >= BatchPrefetcher.depth { condition.wait() }
        guard !isStopped, made < end else { return nil }
        defer { made += 1 }
        return made
      }
    }

    /// Removes the next batch, after it is made; nil after the last batch.
    func removeFirst() -> Batch? {
      condition.locked {
        guard removed < end else { return nil }
        while batches.isEmpty { condition.wait() }
        removed += 1
        condition.signalAll()
        return batches.removeFirst()
      }
    }

    /// Makes the next batch on the caller's thread, where the system gives no other thread.
    func makeNext() -> Batch? {
      guard removed < end else { return nil }
      defer { removed += 1 }
      return batch(removed)
    }

    func stop() {
      condition.locked {
        isStopped = true
        condition.signalAll()
      }
    }

    private func batch(_ index: Int) -> Batch {
      if let fixedBatch { return fixedBatch }
      let (epoch, number) = index.quotientAndRemainder(dividingBy: maker.batchesPerEpoch)
      if epoch != self.epoch {
        self.epoch = epoch
        order = maker.order(ofEpoch: epoch)
      }
      let batch = maker.batch(number, ofEpoch: epoch, order: order, with: distorter)
      if maker.isFixed { fixedBatch = batch }
      return batch
    }
  }
}
