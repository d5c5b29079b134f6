import Basics
import CLibrary

/// Starts programs that go on without the panel.
enum ProgramLauncher {
  /// Starts a program that is found by PATH, with no input.
  ///
  /// - Returns: Why it could not be started, or nil.
  static func start(_ words: [String]) -> String? {
    guard let program = words.first else { return nil }
    // The system forgets children that have ended.
    signal(SIGCHLD, SIG_IGN)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The program must not ignore its own children, nor end with the panel's terminal.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGCHLD)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var identifier: pid_t = 0
    let status = posix_spawnp(&identifier, program, &actions, &attributes, &arguments, environ)
    guard status != 0 else { return nil }
    return "\(program) cannot be started: \(String(cString: strerror(status)))."
  }
}
