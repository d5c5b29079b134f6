/// What a person asks for when starting the window.
package struct LaunchOptions: Sendable {
  /// The colours, or as remembered, or as the desktop has it.
  package var theme: Theme?
  /// Dots per inch over 96, or as the desktop has it.
  package var scale: Double?
  /// The window's size in pixels, or as remembered.
  package var size: (width: Int, height: Int)?
  /// The folder that pictures are saved in, or the desktop's.
  package var saveFolder: String?
  /// The longer side of saved pictures, or that of the page on the screen.
  package var saveSize: Int?
  /// Whether the reading follows the pen, or as remembered.
  package var isLive: Bool?
  /// A model's name or file, or as remembered.
  package var model: String?
  /// Folders that may hold the models that ship, the most particular first.
  package var modelFolders: [String] = []
  /// Whether nothing is taken over from the last window, and nothing left for the next.
  package var isPrivate = false
  /// A file to open.
  package var file: String?

  /// Makes wishes for nothing in particular.
  package init() {}
}
