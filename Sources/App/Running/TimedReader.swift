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
  package func value<Value: Sendable>(of function: @escaping @Sendable () -> Value) -> Value? {
    let done = Semaphore()
    let result = Result<Value>()
    let queue = queue.withLock { $0 }
    queue.submit {
      let value = function()
      result.value.withLock { $0 = value }
      done.post()
    }
    if done.wait(within: limit) { return result.value.withLock { $0 } }
    queue.cancel()
    self.queue.withLock { $0 = BackgroundQueue() }
    return nil
  }

  /// The value that one thread leaves for another.
  private final class Result<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}
