// Output on standard output, whose failure ends a command with a message and an exit code.

import Basics
import CLibrary
import Formats
import Synchronization

/// Writes a line to standard output.
///
/// A failure is reported at the end of the program by `StandardOutput.finish`.
package func printLine(_ line: String) { StandardOutput.write(line + "\n") }

/// The program's standard output.
package enum StandardOutput {
  /// The text that is not written yet, and the first failure.
  private struct State {
    var waiting: [UInt8] = []
    var errorCode: Int32 = 0
  }

  private static let state = Mutex(State())
  /// Whether standard output is a terminal.
  private static let isTerminal = isatty(STDOUT_FILENO) == 1
  /// Whether colours may be used: on a terminal that has them, unless the user wants none (no-color.org).
  package static let showsColors =
    isTerminal && isCapable && Environment["NO_COLOR"].map(\.isEmpty) ?? true
  /// Whether the terminal obeys more than line ends.
  static let isCapable = !["", "dumb"].contains(Environment["TERM"] ?? "")
  /// The bytes that are collected before they are written to a file or a pipe.
  private static let capacity = 1 << 15

  /// Opens standard input, output and error where they are closed, so that no file takes their place.
  ///
  /// Reading gives the end of a file then, and writing fails.
  static func prepare() {
    for (descriptor, mode) in [
      (STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY),
    ] {
      guard fcntl(descriptor, F_GETFD) < 0, errno == EBADF else { continue }
      // The system gives the smallest free number, which is this one: those below it are open by now.
      _ = open("/dev/null", mode)
    }
  }

  /// Writes a text.
  package static func write(_ text: String) {
    state.withLock { state in
      state.waiting += text.utf8
      if isTerminal || state.waiting.count >= capacity { flush(&state) }
    }
  }

  private static func flush(_ state: inout State) {
    if state.errorCode == 0, !File.write(state.waiting, to: STDOUT_FILENO) { state.errorCode = errno }
    state.waiting = []
  }

  /// Writes what is waiting.
  package static func flush() { state.withLock { flush(&$0) } }

  /// Writes what is waiting; fails where not everything could be written.
  static func finish() throws(Failure) {
    let code = state.withLock { state in
      flush(&state)
      return state.errorCode
    }
    if code != 0 { throw Failure(FileError(.write, "-", code: code)) }
  }
}
