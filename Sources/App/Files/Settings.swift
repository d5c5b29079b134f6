// What is remembered from one start to the next: lines of a name and a value in the XDG config folder.

import Basics
import Formats

/// The settings that a window leaves for the next one.
package struct Settings: Sendable, Equatable {
  /// The colours, where a person has chosen them.
  package var theme: Theme?
  /// The pen's width in page units.
  package var penWidth: Double?
  /// Whether the reading follows the pen.
  package var isLive: Bool?
  /// The chosen model's name.
  package var model: String?
  /// The window's size in pixels.
  package var size: (width: Int, height: Int)? {
    get { width.flatMap { width in height.map { (width, $0) } } }
    set { (width, height) = (newValue?.width, newValue?.height) }
  }
  /// The folder that was opened from last.
  package var folder: String?
  private var width: Int?
  private var height: Int?

  /// Makes settings that remember nothing.
  package init() {}

  /// What a session has now.
  package init(of session: WindowState) {
    theme = session.theme
    penWidth = session.penWidth
    isLive = session.isLive
    // A model that cannot be used is not to be chosen at the next start.
    model = session.model.flatMap { $0.isUsable ? $0.name : nil }
    size = session.size
    folder = session.lastFolder
  }

  /// Reads settings; what cannot be understood is left out.
  package init(text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "theme": theme = Theme(rawValue: words[1])
      case "pen": penWidth = Double(words[1]).flatMap { PenWidth.range.contains($0) ? $0 : nil }
      case "live": isLive = ["yes": true, "no": false][words[1]]
      case "model": model = words[1]
      case "width": width = Int(words[1]).flatMap { (100...16384).contains($0) ? $0 : nil }
      case "height": height = Int(words[1]).flatMap { (100...16384).contains($0) ? $0 : nil }
      case "folder": folder = words[1]
      default: break
      }
    }
  }

  /// The settings as text.
  package var text: String {
    let lines: [(String, String?)] = [
      ("theme", theme?.rawValue), ("pen", penWidth.map { String($0) }),
      ("live", isLive.map { $0 ? "yes" : "no" }),
      ("model", model), ("width", width.map { String($0) }), ("height", height.map { String($0) }),
      ("folder", folder),
    ]
    return lines.compactMap { name, value in value.map { "\(name) \($0)\n" } }.joined()
  }

  /// Reads the settings of a folder.
  package init(folder: String) {
    let bytes = (try? File.read(folder + "/settings", limit: 1 << 20, onlyRegular: true)) ?? []
    self.init(text: String(decoding: bytes, as: UTF8.self))
  }

  /// Writes the settings into a folder; that they cannot be kept harms nobody.
  package func keep(in folder: String) {
    guard (try? Path.makeFolder(folder)) != nil else { return }
    try? File.write(Array(text.utf8), to: folder + "/settings", replacing: true)
  }

  /// Takes over what is other now than before; options given for one start, which nobody changes, are not remembered.
  package mutating func remember(_ now: Settings, since before: Settings) {
    if now.theme != before.theme { theme = now.theme }
    if now.penWidth != before.penWidth { penWidth = now.penWidth }
    if now.isLive != before.isLive { isLive = now.isLive }
    if now.model != before.model { model = now.model ?? model }
    if now.width != before.width || now.height != before.height { size = now.size }
    if now.folder != before.folder { folder = now.folder }
  }
}
