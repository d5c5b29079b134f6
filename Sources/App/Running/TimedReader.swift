// Calls that may never return, such as reading a file of a server that is gone, with a time limit.

import Basics
import Synchronization

/// A thread for calls that may never return; it is replaced when a call exceeds its limit.
package final class TimedReader: Sendable {
  private let queue = Mutex(BackgroundQueue())
  private let limit: Duration

  /// Makes a reader with a time limit for each call.
  package init(limit: Duration) { self.limit = limit }

  /// Calls a function on the thread, and waits for its value.
  ///
  /// Only one caller may wait at a time.
  ///
  /// - Returns: The value; nil where the function does not return in time.
  /// - Throws: What the function throws.
  package func value<Value: Sendable, Failure>(
    of function: @escaping @Sendable () throws(Failure) -> Value
  ) throws(Failure) -> Value? {
    let done = Semaphore()
    let outcome = Outcome<Value, Failure>()
    let queue = queue.withLock { $0 }
    queue.submit {
      let result = Result(catching: function)
      outcome.result.withLock { $0 = result }
      done.post()
    }
    if done.wait(within: limit) { return try outcome.result.withLock { $0 }?.get() }
    queue.cancel()
    self.queue.withLock { $0 = BackgroundQueue() }
    return nil
  }

  /// The result that one thread leaves for another.
  private final class Outcome<Value: Sendable, Failure: Error>: Sendable {
    let result = Mutex<Result<Value, Failure>?>(nil)
  }
}
