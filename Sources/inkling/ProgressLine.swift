// What is going on, on standard error: one line that is drawn again on a terminal, plain lines elsewhere.

import Basics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A line of progress.
struct ProgressLine {
  /// Whether standard error is a terminal, where the line may be drawn again.
  let isTerminal = isatty(STDERR_FILENO) == 1
  private var isOpen = false
  private var drawnAt = 0.0

  init() {}

  /// Draws the line again, at most ten times a second; nothing happens where there is no terminal.
  mutating func show(_ text: @autoclosure () -> String, now: Bool = false) {
    guard isTerminal else { return }
    let time = Self.seconds
    guard now || time - drawnAt >= 0.1 else { return }
    drawnAt = time
    isOpen = true
    writeError("\r\u{1B}[K" + String(text().prefix(Self.columns - 1)))
  }

  /// Ends the line with words that stay, on a terminal and elsewhere.
  mutating func settle(_ text: String) {
    writeError((isOpen ? "\r\u{1B}[K" : "") + text + "\n")
    isOpen = false
  }

  /// Takes the line away.
  mutating func clear() {
    if isOpen { writeError("\r\u{1B}[K") }
    isOpen = false
  }

  /// A bar of 20 places, filled by a share.
  static func bar(_ share: Double) -> String {
    let filled = Int(clamping: (min(1, max(0, share)) * 20).rounded())
    return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled) + "]"
  }

  /// Seconds of a clock that never jumps.
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// The terminal's columns; its last one stays free, where some terminals would begin a new line.
  static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 8 ? Int(size.ws_col) : 80
  }
}
