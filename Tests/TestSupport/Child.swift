// A program started by a test, which it can talk to, and which is gone when the test is.

package import Foundation

/// A running program with its input and output in the test's hands.
///
/// Foundation's own waits for its end on a run loop, which a test's thread does not have.
package final class Child: @unchecked Sendable {
  package let identifier: pid_t
  package let input: FileHandle
  package let output: FileHandle
  private var hasEnded = false
  /// One at a time, or a child started beside inherits the other's ends and keeps them open.
  private static let lock = NSLock()

  package init(_ words: [String], environment: [String: String] = [:]) throws {
    Self.lock.lock()
    defer { Self.lock.unlock() }
    let (given, taken) = (Pipe(), Pipe())
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, given.fileHandleForReading.fileDescriptor, 0)
    posix_spawn_file_actions_adddup2(&actions, taken.fileHandleForWriting.fileDescriptor, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    for end in [given.fileHandleForWriting, taken.fileHandleForReading] {
      _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
    for end in [given.fileHandleForReading, taken.fileHandleForWriting] {
      _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
    // Threads of a test run block signals, and a child would inherit that and be deaf to its end.
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
      throw ServerFailure(output: "\(words[0]): \(String(cString: strerror(status)))")
    }
    self.identifier = identifier
    input = given.fileHandleForWriting
    output = taken.fileHandleForReading
    try given.fileHandleForReading.close()
    try taken.fileHandleForWriting.close()
  }

  /// Waits for its end; returns the exit code, or the signal's number below zero.
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
