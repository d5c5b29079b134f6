package import Foundation

/// A running program whose input and output the test has; it is killed with this object.
///
/// Foundation's `Process` waits on a run loop, which a test's thread does not have.
///
/// It is used by one thread at a time, and by a second one only to read the output.
package final class Child: @unchecked Sendable {
  package let identifier: pid_t
  package let input: FileHandle
  package let output: FileHandle
  private var hasEnded = false
  /// One child is started at a time: another one would inherit the pipes and keep them open.
  private static let lock = NSLock()

  package init(_ words: [String], environment: [String: String] = [:]) throws {
    Self.lock.lock()
    defer { Self.lock.unlock() }
    let (inputPipe, outputPipe) = (Pipe(), Pipe())
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, inputPipe.fileHandleForReading.fileDescriptor, 0)
    posix_spawn_file_actions_adddup2(&actions, outputPipe.fileHandleForWriting.fileDescriptor, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    for pipe in [inputPipe, outputPipe] {
      for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
        _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
      }
    }
    // Threads of a test run block signals, and a child would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let merged = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = merged.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var identifier: pid_t = 0
    let status = posix_spawnp(&identifier, words[0], &actions, &attributes, &arguments, &variables)
    guard status == 0 else {
      throw StartFailure(program: words[0], reason: String(cString: strerror(status)))
    }
    self.identifier = identifier
    input = inputPipe.fileHandleForWriting
    output = outputPipe.fileHandleForReading
    try inputPipe.fileHandleForReading.close()
    try outputPipe.fileHandleForWriting.close()
  }

  /// Waits for its end.
  ///
  /// - Returns: The exit code, or minus the number of the signal that ended it.
  @discardableResult
  package func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    hasEnded = true
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  package func stop(_ signal: Int32 = SIGTERM) {
    guard !hasEnded else { return }
    kill(identifier, signal)
    wait()
  }

  deinit { stop(SIGKILL) }
}

/// A program that could not be started.
package struct StartFailure: Error {
  let program: String
  let reason: String
}
