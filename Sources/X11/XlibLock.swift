// What Xlib and its extensions keep for the whole process without a guard, guarded here.

import Synchronization

private let turn = Mutex(())

/// Does some work, one thread at a time.
///
/// Xlib lists its input methods and counts the users of its locale in variables of the process, and the libraries of
/// extensions list the displays that use them: entered with a display's first question about an extension, and left
/// when it is closed. Two displays that come and go on two threads would free what the other still needs.
@discardableResult
func exclusively<Result>(_ work: () -> Result) -> Result {
  withoutActuallyEscaping(work) { work in turn.withLock { _ in work() } }
}
