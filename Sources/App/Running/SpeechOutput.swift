// Lines of text for a screen reader, written to a FIFO or a descriptor without ever waiting for the reader.

import Basics
import CLibrary

/// The output of spoken lines.
///
/// A line that the reader is not ready for is lost. A FIFO without a reader is tried again with the next line.
package final class SpeechOutput {
  /// Where the lines go.
  private enum Target {
    /// A FIFO, opened when it has a reader.
    case fifo(path: String)
    /// A descriptor that this program was given, opened once more so that it need not wait.
    case descriptor
    /// A socket, which is told with each line not to wait.
    case socket
  }

  /// Why lines cannot be written to what the user has named.
  package struct Problem: Error, Sendable {
    /// The reason and what to do.
    package let reason: String
  }

  /// Longer lines are cut: a FIFO takes this many bytes as one, and no voice reads more.
  private static let mostBytes = 1000

  private let target: Target
  private var descriptor: Int32 = -1

  /// Prepares to write to the descriptor of a number, or to a FIFO of a path.
  package init(to name: String) throws(Problem) {
    // A reader that ends would end the program otherwise.
    signal(SIGPIPE, SIG_IGN)
    guard let number = Int32(name) else {
      var status = stat()
      guard stat(name.nameBytes, &status) == 0 else {
        throw Problem(reason: "'\(name)' cannot be opened: \(FileAccess.systemMessage); make it with mkfifo")
      }
      guard status.st_mode & S_IFMT == S_IFIFO else {
        throw Problem(reason: "'\(name)' is no FIFO; make one with mkfifo")
      }
      target = .fifo(path: name)
      return
    }
    var status = stat()
    guard number >= 0, fstat(number, &status) == 0 else {
      throw Problem(reason: "the descriptor \(name) is not open; redirect it, such as \(name)>FIFO")
    }
    if status.st_mode & S_IFMT == S_IFSOCK {
      (target, descriptor) = (.socket, number)
      return
    }
    // A descriptor of its own: to make the given one not wait would change it for other programs too.
    target = .descriptor
    descriptor = open("/proc/self/fd/\(number)", O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | O_APPEND)
    guard descriptor >= 0 else {
      throw Problem(reason: "the descriptor \(name) cannot be written: \(FileAccess.systemMessage)")
    }
  }

  deinit { if case .socket = target {} else if descriptor >= 0 { close(descriptor) } }

  /// Writes lines; those that the reader is not ready for are lost.
  package func say(_ lines: [String]) {
    for line in lines { write(Self.bytes(of: line)) }
  }

  /// A line without line ends and control characters in it, cut where it is too long.
  private static func bytes(of line: String) -> [UInt8] {
    var scalars = String.UnicodeScalarView()
    var count = 0
    for scalar in line.unicodeScalars {
      count += UTF8.width(scalar)
      if count > mostBytes { break }
      scalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
    }
    return Array(String(scalars).utf8) + [0x0A]
  }

  private func write(_ bytes: [UInt8]) {
    switch target {
    case .socket: _ = send(descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
    case .descriptor: _ = CLibrary.write(descriptor, bytes, bytes.count)
    case .fifo(let path):
      let mode = O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
      if descriptor < 0 { descriptor = open(path.nameBytes, mode) }
      guard descriptor >= 0 else { return }
      // The reader has gone; another one may come.
      if CLibrary.write(descriptor, bytes, bytes.count) < 0, errno == EPIPE {
        close(descriptor)
        descriptor = -1
      }
    }
  }
}
