// Calls that may never return, such as reading a file of a server that is gone: each has a limit of time.

import Basics
import Synchronization

/// A thread for calls that may never return, and another in its place when one does not.
package final class TimedReader: Sendable {
  private let thread = Mutex(BackgroundQueue())
  private let limit: Duration

  /// Makes a reader that waits no longer than a limit.
  package init(limit: Duration) { self.limit = limit }

  /// What a function returns; nil where it does not return in time, and its value is dropped when it does.
  ///
  /// One caller at a time.
  package func answer<Value: Sendable>(_ ask: @escaping @Sendable () -> Value) -> Value? {
    let done = Semaphore()
    let answer = Answer<Value>()
    let worker = thread.withLock { $0 }
    worker.submit {
      let value = ask()
      answer.value.withLock { $0 = value }
      done.post()
    }
    if done.wait(within: limit) { return answer.value.withLock { $0 } }
    worker.cancel()
    thread.withLock { $0 = BackgroundQueue() }
    return nil
  }
}

/// Where one thread leaves a value for another.
private final class Answer<Value: Sendable>: Sendable {
  let value = Mutex<Value?>(nil)
}
