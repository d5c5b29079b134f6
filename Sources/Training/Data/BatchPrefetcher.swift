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
    thread = SystemThread { while queue.append() {} }
  }

  deinit {
    queue.stop()
    thread?.join()
  }

  /// The next batch, or nil after the last; waits until it is made.
  func next() -> Batch? {
    // Where the system gives no thread, the caller's makes the batch.
    if thread == nil { _ = queue.append() }
    return queue.removeFirst()
  }

  /// The batches between the two threads.
  ///
  /// `@unchecked Sendable`: one thread alone calls `append`, and only it touches the variables before `condition`;
  /// those after it are touched with the condition locked.
  private final class Queue: @unchecked Sendable {
    private let maker: BatchMaker
    private let distorter: Distorter
    private var upcoming: Range<Int>
    private var epoch = -1
    private var order: [Int32] = []
    private var fixedBatch: Batch?

    private let condition = Condition()
    private var batches: [Batch] = []
    private var remaining: Int
    private var isStopped = false

    init(_ maker: BatchMaker, distortion: Distortion, range: Range<Int>) {
      self.maker = maker
      distorter = Distorter(distortion)
      upcoming = range
      remaining = range.count
    }

    /// Makes the next batch after the queue has space; false after the last batch or a stop.
    func append() -> Bool {
      let isWanted = condition.locked {
        while !isStopped, batches.count >= BatchPrefetcher.depth { condition.wait() }
        return !isStopped
      }
      guard isWanted, let index = upcoming.popFirst() else { return false }
      let batch = batch(index)
      condition.locked {
        batches.append(batch)
        condition.signalAll()
      }
      return true
    }

    /// Removes the next batch, after it is made; nil after the last batch.
    func removeFirst() -> Batch? {
      condition.locked {
        guard remaining > 0 else { return nil }
        while batches.isEmpty { condition.wait() }
        remaining -= 1
        condition.signalAll()
        return batches.removeFirst()
      }
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
