// Progress on standard error: one line that is redrawn on a terminal, plain lines elsewhere.

import Basics
import CLibrary

/// A line of progress.
package struct ProgressLine {
  /// Whether standard error is a terminal, where the line can be redrawn.
  private let isTerminal = isatty(STDERR_FILENO) == 1 && StandardOutput.isCapable
  private var isOpen = false
  private var drawnAt = 0.0

  /// Makes a line that is not shown yet.
  package init() {}

  /// Redraws the line, at most ten times a second unless `now`; does nothing without a terminal.
  package mutating func show(_ text: @autoclosure () -> String, now: Bool = false) {
    guard isTerminal else { return }
    let time = MonotonicClock.seconds
    guard now || time - drawnAt >= 0.1 else { return }
    drawnAt = time
    isOpen = true
    writeError("\r\u{1B}[K" + String(text().prefix(Self.columns - 1)))
  }

  /// Replaces the line by a text that stays, on a terminal and elsewhere.
  package mutating func settle(_ text: String) {
    writeError((isOpen ? "\r\u{1B}[K" : "") + text + "\n")
    isOpen = false
  }

  /// Removes the line.
  package mutating func clear() {
    if isOpen { writeError("\r\u{1B}[K") }
    isOpen = false
  }

  /// A bar of 20 characters, filled by a share.
  package static func bar(_ share: Double) -> String {
    let filled = Int(clamping: (min(1, max(0, share)) * 20).rounded())
    return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled) + "]"
  }

  /// The number of columns of the terminal; its last one stays empty, since some terminals wrap there.
  package static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 8 ? Int(size.ws_col) : 80
  }
}
