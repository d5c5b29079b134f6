// The arguments that several commands with a window share.

import App
import Basics
import CommandSupport
import X11

extension Arguments {
  /// The value of `--size`, two whole numbers with an x between them.
  func windowSize() throws(Failure) -> WindowSize? {
    guard let text = text("size") else { return nil }
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
      (1...16384).contains(width), (1...16384).contains(height),
      Window.drawnSize(width: width, height: height) == (width, height)
    else {
      throw .usage(
        "--size takes a width and a height in pixels, such as 1280x800 and at most 7680x4320, not '\(text)'")
    }
    return WindowSize(width: width, height: height)
  }

  /// The value of `--scale`.
  func windowScale() throws(Failure) -> Double? { try number("scale", in: 0.5...4) }

  /// The launch options that `window` and `demo` have in common.
  func launchOptions() throws(Failure) -> LaunchOptions {
    var options = LaunchOptions()
    options.theme = try choice("theme", of: Theme.self)
    options.scale = try windowScale()
    options.size = try windowSize()
    options.model = text("model")
    options.modelFolders = ShippedFiles.folders
    return options
  }
}
