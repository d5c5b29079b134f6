// The options of one start of the window.

package import Recognition

/// The options that the user gives when starting the window.
package struct LaunchOptions: Sendable {
  /// The colours; nil uses the settings, or else the desktop's preference.
  package var theme: Theme?
  /// Dots per inch over 96; nil uses the desktop's value.
  package var scale: Double?
  /// The window's size in pixels; nil uses the settings.
  package var size: WindowSize?
  /// The folder that pages are saved in; nil uses the desktop's folder of pictures.
  package var saveFolder: String?
  /// The longer side of saved pictures; nil uses that of the page on the screen.
  package var saveSize: Int?
  /// Whether the page is read while it is drawn; nil uses the settings.
  package var isLive: Bool?
  /// The language of the texts.
  package var language = Language.english
  /// What is read; nil uses the settings.
  package var mode: ReadingMode?
  /// A model's name or file; nil uses the settings.
  package var model: String?
  /// Folders that may contain the shipped models; the first with models is used.
  package var modelFolders: [String] = []
  /// Whether the page and the settings of the last window are neither used nor changed.
  package var isPrivate = false
  /// A file to open.
  package var file: String?

  /// Makes options that change nothing.
  package init() {}
}
