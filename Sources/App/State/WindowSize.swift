// The size of the window.

import Basics

/// A size in pixels.
package struct WindowSize: Sendable, Hashable {
  /// The width.
  package let width: Int
  /// The height.
  package let height: Int

  /// Makes a size.
  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The smallest window, in pixels at 96 dpi.
  package static let smallest = WindowSize(width: 480, height: 360)
  /// The window that a first start opens, in pixels at 96 dpi.
  package static let usual = WindowSize(width: 960, height: 680)

  /// The size on a screen of some dots per inch over 96.
  package func scaled(by scale: Double) -> WindowSize {
    WindowSize(
      width: Int(clamping: Double(width) * scale), height: Int(clamping: Double(height) * scale))
  }
}
