// What Xlib and its extensions keep for the whole process without a guard, guarded here.

import Synchronization

private let turn = Mutex(())

/// Does some work, one thread at a time.
///
/// Xlib lists its input methods and counts the users of its locale in variables of the process, and the library of
/// input devices gives its list back with the last display that uses it: two displays that come and go on two threads
/// would free what the other still needs.
@discardableResult
func exclusively<Result>(_ work: () -> Result) -> Result {
  withoutActuallyEscaping(work) { work in turn.withLock { _ in work() } }
}
