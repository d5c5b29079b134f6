// A signal that ends the program, as a request that running work checks for, so that it can save its state first.

import CLibrary
import Synchronization

/// Whether a signal that ends the program came since `watch` was called.
package enum Interruption {
  private static let signal = Atomic<Int32>(0)

  /// From now on SIGINT (Ctrl-C), SIGTERM, SIGHUP (the terminal was closed) and SIGPIPE (the output's reader has ended) set
  /// `isRequested`.
  ///
  /// The second one of a kind ends the process at once, except for output, of which there may be much.
  package static func watch() {
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] {
      var action = sigaction()
      // A program that nohup started does not end with its terminal.
      if number == SIGHUP, sigaction(number, nil, &action) == 0, isIgnored(action) { continue }
      action = sigaction()
      action.__sigaction_handler.sa_handler = { Interruption.request($0) }
      action.sa_flags = number == SIGPIPE ? 0 : Int32(bitPattern: SA_RESETHAND)
      sigaction(number, &action, nil)
    }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN as (@convention(c) (Int32) -> Void)?, to: Int.self)
  }

  private static func request(_ number: Int32) {
    _ = signal.compareExchange(expected: 0, desired: number, ordering: .relaxed)
  }

  /// Whether the work should end.
  package static var isRequested: Bool { signal.load(ordering: .relaxed) != 0 }

  /// The exit code of a program that a signal has ended, as shells give it; nil where none came.
  package static var exitCode: Failure.Code? {
    let number = signal.load(ordering: .relaxed)
    return number == 0 ? nil : Failure.Code(rawValue: 128 + number)
  }
}
