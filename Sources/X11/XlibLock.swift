// A lock around state of the process that Xlib and its extensions do not protect.

import Synchronization

private let lock = Mutex(())

/// Runs work on one thread at a time.
///
/// Xlib keeps its input methods and the number of users of its locale in variables of the process. The libraries of
/// extensions keep lists of the displays that use them: a display is added with its first request about an extension,
/// and removed when it is closed. Without the lock, two displays that are opened and closed on two threads free
/// entries that the other still uses.
@discardableResult
func withXlibLock<Result>(_ work: () -> Result) -> Result {
  withoutActuallyEscaping(work) { work in lock.withLock { _ in work() } }
}
