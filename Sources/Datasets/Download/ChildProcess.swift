// A program that runs as a child process.

import Basics
import CLibrary

/// A child process.
///
/// Its standard error is kept, its standard output is discarded.
struct ChildProcess: ~Copyable {
  /// The end of a process.
  struct Ending {
    /// The exit code, or 128 plus the signal that ended the process.
    let code: Int32
    /// The text on standard error.
    let errors: String
  }

  private let process: pid_t
  private let errors: Int32

  /// Starts a program, found by `$PATH`.
  ///
  /// Returns nil if the program is not installed.
  init?(_ commandLine: [String]) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
    var arguments = commandLine.map { strdup($0.nameBytes) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, commandLine[0], &actions, nil, &arguments, environ)
    close(ends[1])
    guard code == 0 else {
      close(ends[0])
      return nil
    }
    self.process = process
    errors = ends[0]
  }

  /// Waits until the process ends.
  ///
  /// Calls `mayContinue` every 100 ms, and ends the process when it returns false.
  consuming func wait(_ mayContinue: () -> Bool) -> Ending {
    var text: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    var isStopped = false
    while true {
      var request = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
      let ready = poll(&request, 1, 100)
      if !isStopped, !mayContinue() {
        // SIGKILL, because a process inherits ignored signals and may ignore SIGTERM.
        kill(process, SIGKILL)
        isStopped = true
      }
      if ready <= 0 { continue }
      let count = read(errors, &piece, piece.count)
      // The pipe ends with the process, which alone holds the other end.
      if count <= 0 { break }
      if text.count < 1 << 16 { text += piece[..<count] }
    }
    close(errors)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    return Ending(code: code, errors: String(decoding: text, as: UTF8.self))
  }
}
