// Ctrl-C as a request that running work checks for, so that it can save its state before it ends.

import CLibrary
import Synchronization

/// Whether SIGINT (Ctrl-C) or SIGTERM came since `watch` was called.
package enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// Makes the first SIGINT and the first SIGTERM set `isRequested`; a second one ends the process at once.
  package static func watch() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Interruption.flag.store(true, ordering: .relaxed) }
    action.sa_flags = Int32(bitPattern: SA_RESETHAND)
    sigaction(SIGINT, &action, nil)
    sigaction(SIGTERM, &action, nil)
  }

  /// Whether the work should end.
  package static var isRequested: Bool { flag.load(ordering: .relaxed) }
}
