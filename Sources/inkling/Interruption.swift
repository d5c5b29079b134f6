// Ctrl-C as a wish that the work at hand looks at, instead of a sudden end.

import Basics
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Whether somebody pressed Ctrl-C (or asked the process to end) since `watch` was called.
enum Interruption {
  private static let wish = Atomic<Bool>(false)

  /// Turns SIGINT and SIGTERM into a wish; the second one ends the process at once, as usual.
  static func watch() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Interruption.wish.store(true, ordering: .relaxed) }
    action.sa_flags = Int32(bitPattern: SA_RESETHAND)
    sigaction(SIGINT, &action, nil)
    sigaction(SIGTERM, &action, nil)
  }

  /// Whether the work should end.
  static var isWished: Bool { wish.load(ordering: .relaxed) }
}
