import Glibc

/// Wakes the thread that waits in ``Display/events(waiting:)``; any thread may hold it and call it.
///
/// It is the classical pipe to oneself: a byte written to it ends the poll.
package final class Waker: Sendable {
  let readEnd: Int32
  private let writeEnd: Int32

  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Makes the waiting thread return an ``Event/woken``, once for any number of calls before it looks.
  package func wake() {
    var byte: UInt8 = 1
    // A full pipe is as good as a written one, so the result does not matter.
    _ = write(writeEnd, &byte, 1)
  }

  /// Takes all bytes out of the pipe; true if there were any.
  func drain() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 64)
    var found = false
    while read(readEnd, &bytes, bytes.count) > 0 { found = true }
    return found
  }
}
