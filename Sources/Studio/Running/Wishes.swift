/// What a person asks for when starting the window.
public struct Wishes: Sendable {
  /// The colours, or as remembered, or as the desktop has it.
  public var theme: Theme?
  /// Dots per inch over 96, or as the desktop has it.
  public var scale: Double?
  /// The window's size in pixels, or as remembered.
  public var size: (width: Int, height: Int)?
  /// The folder that pictures are saved in, or the desktop's.
  public var saveFolder: String?
  /// The longer side of saved pictures, or that of the page on the screen.
  public var saveSize: Int?
  /// Whether the reading follows the pen, or as remembered.
  public var isLive: Bool?
  /// A model's name or file, or as remembered.
  public var model: String?
  /// Folders that may hold the models that ship, the most particular first.
  public var modelFolders: [String] = []
  /// Whether nothing is taken over from the last window, and nothing left for the next.
  public var isPrivate = false
  /// A file to open.
  public var file: String?

  /// Makes wishes for nothing in particular.
  public init() {}
}
