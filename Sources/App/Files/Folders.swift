// The folders of settings, journals, models and pictures, by the XDG base directory specification.

import Basics
import Formats

/// The folders that the window uses.
package struct Folders: Sendable {
  /// The folder of the settings.
  package let config: String
  /// The folder of the journals.
  package let state: String
  /// The folder of the user's models.
  package let userModels: String
  /// The folder in which pages are saved.
  package let pictures: String

  /// Finds the folders from the environment.
  package init() {
    let home = Environment["HOME"] ?? "/"
    let config = Self.absolute("XDG_CONFIG_HOME") ?? home + "/.config"
    self.config = config + "/inkling"
    state = (Self.absolute("XDG_STATE_HOME") ?? home + "/.local/state") + "/inkling"
    userModels = (Self.absolute("XDG_DATA_HOME") ?? home + "/.local/share") + "/inkling/models"
    pictures =
      Self.absolute("XDG_PICTURES_DIR") ?? Self.userFolder("XDG_PICTURES_DIR", config, home) ?? home
      + "/Pictures"
  }

  /// A folder from user-dirs.dirs, where lines look like XDG_PICTURES_DIR="$HOME/Pictures".
  private static func userFolder(_ name: String, _ config: String, _ home: String) -> String? {
    guard let bytes = try? File.read(config + "/user-dirs.dirs", limit: 1 << 20) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      guard line.hasPrefix(name + "=\"") else { continue }
      let value = line.dropFirst(name.count + 2).prefix { $0 != "\"" }
      if value.hasPrefix("$HOME") { return home + value.dropFirst(5) }
      if value.hasPrefix("/") { return String(value) }
    }
    return nil
  }

  /// The specification requires that relative paths are ignored.
  private static func absolute(_ name: String) -> String? {
    Environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
  }
}
