import CLibrary

/// Wakes the thread that waits in ``Display/events(waiting:)``, from any thread.
///
/// A byte that is written to a pipe ends the poll of its other end.
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

  /// Makes the waiting thread return an ``Event/woken``; several calls before that count as one.
  package func wake() {
    var byte: UInt8 = 1
    // A full pipe ends the poll as well, so the result does not matter.
    _ = write(writeEnd, &byte, 1)
  }

  /// Reads all bytes of the pipe.
  ///
  /// - Returns: Whether there were any.
  func clear() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 64)
    var found = false
    while read(readEnd, &bytes, bytes.count) > 0 { found = true }
    return found
  }
}
