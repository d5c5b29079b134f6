// The file of the settings in the XDG config folder.

import Formats

extension Settings {
  /// Reads the settings of a folder; a missing file gives empty settings.
  package init(folder: String) {
    let bytes = (try? File.read(folder + "/settings", limit: 1 << 20, onlyRegular: true)) ?? []
    self.init(text: String(decoding: bytes, as: UTF8.self))
  }

  /// Writes the settings into a folder; an error has no effect on the running window and is ignored.
  package func write(to folder: String) {
    guard (try? Path.makeFolder(folder)) != nil else { return }
    try? File.write(Array(text.utf8), to: folder + "/settings", replacing: true)
  }
}
