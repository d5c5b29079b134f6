// Another program, started, watched and waited for.

import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Another program: its answer is empty, and what it says on standard error is kept.
struct ChildProcess: ~Copyable {
  /// How a program ended.
  struct Ending {
    /// Its exit code, or 128 and the signal that ended it.
    let code: Int32
    /// What it said on standard error.
    let words: String
  }

  private let process: pid_t
  private let errors: Int32

  /// Starts a program that is looked for in `$PATH`; nil where it is not installed.
  init?(_ words: [String]) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, words[0], &actions, nil, &arguments, environ)
    close(ends[1])
    guard code == 0 else {
      close(ends[0])
      return nil
    }
    self.process = process
    errors = ends[0]
  }

  /// Waits until the program ends, calling now and then; where the call answers no, the program is ended.
  consuming func wait(_ goesOn: () -> Bool) -> Ending {
    var words: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    var isStopped = false
    while true {
      var request = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
      let ready = poll(&request, 1, 100)
      if !isStopped, !goesOn() {
        // A program may have come to ignore the politer signals, through whoever started us.
        kill(process, SIGKILL)
        isStopped = true
      }
      if ready <= 0 { continue }
      let count = read(errors, &piece, piece.count)
      // The pipe ends when the program does: nobody else holds its other end.
      if count <= 0 { break }
      if words.count < 1 << 16 { words += piece[..<count] }
    }
    close(errors)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    return Ending(code: code, words: String(decoding: words, as: UTF8.self))
  }
}
