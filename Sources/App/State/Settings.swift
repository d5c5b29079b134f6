// The settings that a window leaves for the next one: lines of a name and a value.

import Basics
package import Recognition

/// The settings of a window, to be used by the next one.
package struct Settings: Sendable, Equatable {
  /// The colours, where the user has chosen them.
  package var theme: Theme?
  /// The pen's width in page units.
  package var penWidth: Double?
  /// Whether the pressure of a pen changes the width.
  package var usesPressure: Bool?
  /// Whether the page is read while it is drawn.
  package var isLive: Bool?
  /// What is read.
  package var mode: ReadingMode?
  /// Whether the panel is to the left of the page.
  package var isMirrored: Bool?
  /// The chosen model's name.
  package var model: String?
  /// The window's size in pixels.
  package var size: WindowSize? {
    get { width.flatMap { width in height.map { WindowSize(width: width, height: $0) } } }
    set { (width, height) = (newValue?.width, newValue?.height) }
  }
  /// The folder of the file that was opened last.
  package var folder: String?
  /// The files that were opened last.
  package var recentFiles = RecentFiles()
  private var width: Int?
  private var height: Int?

  /// Makes empty settings.
  package init() {}

  /// The settings that a state has.
  package init(of state: WindowState) {
    theme = state.theme
    penWidth = state.pen.width
    usesPressure = state.pen.usesPressure
    isLive = state.isLive
    mode = state.mode
    isMirrored = state.isMirrored
    // The next start does not choose a model that cannot be used.
    model = state.model.flatMap { $0.isUsable ? $0.name : nil }
    size = state.size
    folder = state.lastFolder
    recentFiles = state.recentFiles
  }

  /// Reads settings from text; lines that are not valid are left out.
  package init(text: String) {
    var recent: [String] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "theme": theme = Theme(rawValue: words[1])
      case "pen": penWidth = Double(words[1]).flatMap { PenScale.range.contains($0) ? $0 : nil }
      case "pressure": usesPressure = ["yes": true, "no": false][words[1]]
      case "live": isLive = ["yes": true, "no": false][words[1]]
      case "mirror": isMirrored = ["yes": true, "no": false][words[1]]
      case "mode": mode = ReadingMode(rawValue: words[1])
      case "model": model = words[1]
      case "width": width = Int(words[1]).flatMap { (100...16384).contains($0) ? $0 : nil }
      case "height": height = Int(words[1]).flatMap { (100...16384).contains($0) ? $0 : nil }
      case "folder": folder = words[1]
      case "recent": recent.append(words[1])
      default: break
      }
    }
    recentFiles = RecentFiles(recent)
  }

  /// The settings as text.
  package var text: String {
    let lines: [(String, String?)] =
      [
        ("theme", theme?.rawValue), ("pen", penWidth.map { String($0) }),
        ("pressure", usesPressure.map { $0 ? "yes" : "no" }),
        ("live", isLive.map { $0 ? "yes" : "no" }), ("mode", mode?.rawValue),
        ("mirror", isMirrored.map { $0 ? "yes" : "no" }),
        ("model", model), ("width", width.map { String($0) }), ("height", height.map { String($0) }),
        ("folder", folder),
      ] + recentFiles.paths.map { ("recent", $0) }
    return lines.compactMap { name, value in value.map { "\(name) \($0)\n" } }.joined()
  }

  /// Stores what has changed between two settings; an option for one start is not stored unless it was changed.
  package mutating func remember(_ now: Settings, since before: Settings) {
    if now.theme != before.theme { theme = now.theme }
    if now.penWidth != before.penWidth { penWidth = now.penWidth }
    if now.usesPressure != before.usesPressure { usesPressure = now.usesPressure }
    if now.isLive != before.isLive { isLive = now.isLive }
    if now.isMirrored != before.isMirrored { isMirrored = now.isMirrored }
    if now.mode != before.mode { mode = now.mode }
    if now.model != before.model { model = now.model ?? model }
    if now.width != before.width || now.height != before.height { size = now.size }
    if now.folder != before.folder { folder = now.folder }
    if now.recentFiles != before.recentFiles { recentFiles = now.recentFiles }
  }
}
